/** Zoho Mail. Little is known of its page: the words of the messages, hardly who wrote them. */
import { openShown, readShown } from '../page/shown.ts';
import type { WebmailPage, WebmailReader } from './adapter.ts';

export const page: WebmailPage = {
  id: 'zoho',
  name: 'Zoho Mail',
  origins: ['com', 'eu', 'in', 'com.au', 'jp'].map((domain) => `https://mail.zoho.${domain}`),
  slots: [
    { selector: '.zmPVContent', since: '2023-02', where: 'prepend' },
    { selector: '.jsConTent', since: '2023-02', where: 'before' },
  ],
  thread: [
    { pattern: '#.*?/p/(\\d+)', shown: '.jsConTent' },
    { pattern: '^.+#.+', shown: '.jsConTent' },
  ],
  selectors: {
    message: { css: ['.zmTMailList', '.zmPVContent'], since: '2023-02', required: true },
    from: { css: ['.zmMHdrSumContent [title*="@"]', 'a[href^="mailto:"]'], since: '2023-02' },
    body: { css: ['.jsConTent'], since: '2023-02', required: true },
  },
};

const idOf = () => undefined;

export const reader: WebmailReader = {
  async open(context) {
    return openShown(context, idOf);
  },
  async read(context, message) {
    return readShown(context, message, idOf);
  },
};
