/** Yahoo Mail and AOL Mail: one product. */
import { RelaisError } from '../core/errors.ts';
import { openShown, readShown } from '../page/shown.ts';
import { readRaw } from '../page/source.ts';
import type { PageContext, WebmailPage, WebmailReader } from './adapter.ts';

const countries = ['', 'ar.', 'au.', 'br.', 'ca.', 'de.', 'es.', 'fr.', 'in.', 'it.', 'mx.', 'uk.'];

export const page: WebmailPage = {
  id: 'yahoo',
  name: 'Yahoo Mail, AOL Mail',
  origins: [...countries.map((country) => `https://${country}mail.yahoo.com`), 'https://mail.aol.com'],
  slots: [
    { selector: '[data-test-id="toolbar-spam"]', since: '2025-07', where: 'after' },
    { selector: '[data-test-id="message-group-subject-text"]', since: '2025-07', where: 'after' },
    { selector: '#mail-reader-container', since: '2025-07', where: 'prepend' },
  ],
  thread: [
    {
      pattern: '/messages/([^/?#]+)',
      shown: '[data-test-id="message-group-view"], [data-test-id="message-view"], #mail-reader-container',
    },
  ],
  messages: { selector: '[data-mid]:not(.offscreen *)', attributes: ['data-mid'] },
  selectors: {
    message: { css: ['[data-test-id="message-view"]:not(.offscreen *)', '[data-mid]:not(.offscreen *)'], since: '2025-07', required: true },
    subject: { css: ['[data-test-id="message-group-subject-text"]'], since: '2025-07', required: true },
    from: { css: ['[data-test-id="message-from"] [data-test-id="email-pill"]', '[data-test-id="message-from"]'], since: '2025-07' },
    to: {
      css: ['[data-test-id="message-recipients"] [data-test-id="email-pill"]', '[data-test-id="message-recipients"]'],
      since: '2025-07',
    },
    body: { css: ['[data-test-id="message-view-body-content"]', '[data-test-id="message-view-body"]'], since: '2025-07', required: true },
  },
};

const idOf = (element: Element) =>
  element.getAttribute('data-mid') ?? element.querySelector('[data-mid]')?.getAttribute('data-mid') ?? undefined;

export const reader: WebmailReader = {
  async open(context) {
    return openShown(context, idOf);
  },
  async source(context, { id }) {
    // A place in the page instead of an id: nothing to ask for.
    if (id.includes('#')) return undefined;
    const raw = await readRaw(await context.fetch(sourceAddress(context, id)));
    if (raw === 'page') throw new RelaisError('webmail-signed-out', 'The webmail answered with a page instead of a mail');
    return raw;
  },
  async read(context, message) {
    return readShown(context, message, idOf);
  },
};

/** The mailbox is named in the data that the page was loaded with; without it, the server takes the first one. */
function sourceAddress({ document }: PageContext, id: string): string {
  const loaded = [...document.scripts].map(({ text }) => /"selectedMailbox":\{"id":"([^"\\]+)"/.exec(text)?.[1]).find(Boolean);
  const mailbox = loaded ? `@.id==${encodeURIComponent(loaded)}` : '@';
  return `/ws/v3/mailboxes/${mailbox}/messages/@.id==${encodeURIComponent(id)}/content/rawplaintext?appid=YMailNovation`;
}
