/** Fastmail. Sources are to be had only with what its own scripts know, so messages are read from the page. */
import { openShown, readShown } from '../page/shown.ts';
import type { WebmailPage, WebmailReader } from './adapter.ts';

export const page: WebmailPage = {
  id: 'fastmail',
  name: 'Fastmail',
  origins: ['https://app.fastmail.com', 'https://www.fastmail.com', 'https://beta.fastmail.com'],
  slots: [
    { selector: '.v-Thread-title', since: '2026-06', where: 'append' },
    { selector: '.v-MessageCard-actions', since: '2026-06', where: 'prepend' },
    { selector: '#conversation .v-Toolbar', since: '2026-06', where: 'append' },
  ],
  thread: [
    { pattern: '/mail/[^/?#]+/([^/?#.]+)', shown: '.v-Thread, #conversation' },
    // Since 2026 the address of an open thread may not name it.
    { pattern: '^[^#]+', shown: '.v-Thread' },
  ],
  selectors: {
    message: { css: ['.v-Thread div.v-MessageCard', 'div.v-MessageCard'], since: '2026-06', required: true },
    draft: { css: ['div.v-MessageCard--draft'], since: '2026-06' },
    subject: { css: ['.v-Thread-title h1', '.v-Thread-title'], since: '2026-06', required: true },
    from: { css: ['.v-MessageCard-from [title]', '.v-MessageCard-from'], since: '2026-06', required: true },
    to: { css: ['.v-MessageCard-to [title]', '.v-MessageCard-to'], since: '2026-06' },
    body: { css: ['.v-Message-body', '.u-article'], since: '2026-06', required: true },
  },
};

/** Cards carry no id. */
const idOf = () => undefined;

export const reader: WebmailReader = {
  async open(context) {
    return openShown(context, idOf);
  },
  async read(context, message) {
    return readShown(context, message, idOf);
  },
};
