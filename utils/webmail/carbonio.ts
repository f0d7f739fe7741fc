/** Carbonio: the mail module's conversation and message views. What is known of its pages: `docs/webmails.md`. */
import { within } from '../page/dom.ts';
import { isShown, listedReader } from '../page/listed.ts';
import { all, first } from '../page/select.ts';
import { zimbraHasEnded, zimbraSources } from '../page/zimbra-sources.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findThread } from './find.ts';

export const page: WebmailPage = {
  id: 'carbonio',
  name: 'Carbonio',
  origins: [],
  marks: [{ selectors: ['[data-testid^="MailPreview-"]'], address: '/carbonio/' }],
  slots: [{ selector: '[data-testid^="MailPreview-"]', since: '2026-11', where: 'before' }],
  thread: [{ selector: '[data-testid^="MailPreview-"]', attribute: 'data-testid', pattern: '^MailPreview-(.+)$' }],
  selectors: {
    message: { css: ['[data-testid^="MailPreview-"]'], since: '2026-11', required: true },
    sender: { css: ['[data-testid="SenderText"]'], since: '2026-11' },
    body: { css: ['[data-testid="MessageBody"]'], since: '2026-11' },
  },
};

const idIn = (preview: Element) => preview.getAttribute('data-testid')?.replace('MailPreview-', '') ?? '';
const refOf = (id: string): MessageRef => ({ id, at: { id } });

/** What is on screen, folded or not; a view that was open before may still be there, hidden. */
const shownIn = (context: PageContext) => all(context, 'message').filter(isShown);

export const reader: WebmailReader = listedReader({
  async list(context) {
    const key = findThread(context.page, context.document, context.url);
    if (key === undefined) return undefined;
    const messages = shownIn(context).map((preview) => refOf(idIn(preview)));
    const isConversation = !/\/message\//.test(context.url.pathname);
    return {
      key,
      open: refOf(key),
      messages: messages.length > 0 ? messages : [refOf(key)],
      complete: isConversation && messages.length > 0,
    };
  },
  sources: (context, { at }) => zimbraSources(context, at.id ?? ''),
  hasEnded: zimbraHasEnded,
  async read(context, message) {
    const preview = shownIn(context).find((candidate) => idIn(candidate) === message.id);
    const body = preview && first(context, 'body', preview);
    if (!body) return undefined;
    const sender = within(preview, page.selectors?.sender?.css[0] ?? '');
    const frame = body.querySelector('iframe')?.contentDocument?.body;
    return { source: 'page', ...(sender.includes('@') ? { from: sender } : {}), html: (frame ?? body).innerHTML };
  },
});
