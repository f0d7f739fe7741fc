/** Proton Mail. Encrypted end to end: no server has a source to give, so messages are read from the page, decrypted as it is. */
import { squeeze } from '../page/dom.ts';
import { openShown, participant, readShown } from '../page/shown.ts';
import type { WebmailPage, WebmailReader } from './adapter.ts';

export const page: WebmailPage = {
  id: 'proton',
  name: 'Proton Mail',
  origins: ['https://mail.proton.me'],
  slots: [
    { selector: '[data-testid="conversation-header:subject"]', since: '2025-10', where: 'after' },
    { selector: '[data-testid="message-view:reply"]', since: '2025-10', where: 'before' },
  ],
  thread: [{ pattern: '^https://[^/]+/u/\\d+/[^/?#]+/([^/?#]+)', shown: 'article.message-container' }],
  messages: { selector: 'article.message-container[data-message-id]', attributes: ['data-message-id'] },
  selectors: {
    message: { css: ['article.message-container[data-message-id]', 'article[data-message-id]'], since: '2025-10', required: true },
    subject: { css: ['[data-testid="conversation-header:subject"]'], since: '2025-10', required: true },
    from: {
      css: ['[data-testid="recipients:sender"] [data-testid^="recipient:details-dropdown-"]', '[data-testid="recipients:sender"]'],
      since: '2025-10',
      required: true,
    },
    to: {
      css: ['[data-testid="recipients:to-list"] [data-testid^="recipients:item-"]', '[data-testid="recipients:to-list"]'],
      since: '2025-10',
    },
    body: { css: ['iframe[data-testid="content-iframe"]'], since: '2025-10', required: true },
    attachment: { css: ['[data-testid="attachment-item"] [title]', '[data-testid="attachment-item"]'], since: '2025-10' },
  },
};

const idOf = (element: Element) => element.getAttribute('data-message-id');

/** The address is the end of a test id. */
function personOf(element: Element): string | undefined {
  const id = element.getAttribute('data-testid') ?? '';
  const address = /^(?:recipient:details-dropdown-|recipients:item-)(.+@.+)$/.exec(id)?.[1];
  return participant(
    squeeze(element.textContent ?? '')
      .replace(address ?? '', '')
      .trim(),
    address,
  );
}

export const reader: WebmailReader = {
  async open(context) {
    return openShown(context, idOf);
  },
  async read(context, message) {
    return readShown(context, message, idOf, personOf);
  },
};
