/** La Suite Messages, of the French public service: every message of the thread is in the page. What is known: `docs/webmails.md`. */
import { formatMailbox } from '../core/mailbox.ts';
import { fetchJson, listedReader } from '../page/listed.ts';
import { all, first } from '../page/select.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findThread } from './find.ts';

export const page: WebmailPage = {
  id: 'la-suite',
  name: 'La Suite Messages',
  origins: [],
  marks: [{ selectors: ['section.thread-message[id^="thread-message-"]', '.thread-message__header'] }],
  slots: [
    { selector: '.thread-message:not(.thread-message--folded) .thread-message__header-actions', since: '2026-11', where: 'append' },
    { selector: '.thread-message__header-actions', since: '2026-11', where: 'append' },
  ],
  thread: [{ selector: 'section.thread-message[id^="thread-message-"]', attribute: 'id', pattern: '^thread-message-(.+)$' }],
  selectors: {
    // An answer that is being written is a section, too.
    message: { css: ['section.thread-message[id^="thread-message-"]:not(.thread-message--compose)'], since: '2026-11', required: true },
    unfolded: { css: ['section.thread-message[id]:not(.thread-message--compose, .thread-message--folded)'], since: '2026-11' },
    subject: { css: ['.thread-view h1', '.thread-view h2', '.thread-message__subject'], since: '2026-11' },
    body: { css: ['iframe.thread-message__body'], since: '2026-11' },
  },
};

const idIn = (section: Element) => section.id.replace('thread-message-', '');
const refOf = (id: string): MessageRef => ({ id, at: { id } });
const addressOf = ({ url }: PageContext, id: string, what: string) =>
  new URL(`/api/v1.0/messages/${encodeURIComponent(id)}/${what}`, url.origin);

interface Person {
  readonly name?: unknown;
  readonly email?: unknown;
  readonly contact?: Person;
}

export const reader: WebmailReader = listedReader({
  async list(context) {
    const key = findThread(context.page, context.document, context.url);
    if (key === undefined) return undefined;
    const messages = all(context, 'message').map((section) => refOf(idIn(section)));
    const unfolded = all(context, 'unfolded').at(-1);
    const open = unfolded ? refOf(idIn(unfolded)) : (messages.at(-1) ?? refOf(key));
    const subject = first(context, 'subject')?.textContent?.trim();
    return { key, ...(subject ? { subject } : {}), open, messages: messages.length > 0 ? messages : [open], complete: messages.length > 0 };
  },

  sources: (context, { id }) => [addressOf(context, id, 'eml/')],

  async read(context, { id }) {
    return (await readJson(context, id)) ?? readPage(context, id);
  },
});

async function readJson(context: PageContext, id: string) {
  const told = (await fetchJson(context, addressOf(context, id, ''))) as Record<string, unknown> | undefined;
  if (!told || told.id !== id) return undefined;
  const [from] = people([told.sender]);
  const texts = (parts: unknown) =>
    (Array.isArray(parts) ? (parts as { content?: unknown }[]) : []).flatMap(({ content }) =>
      typeof content === 'string' ? [content] : [],
    );
  return {
    source: 'api' as const,
    ...(typeof told.subject === 'string' ? { subject: told.subject } : {}),
    ...(from ? { from } : {}),
    to: people(told.to),
    cc: people(told.cc),
    ...(typeof told.sent_at === 'string' ? { sentAt: told.sent_at } : {}),
    html: texts(told.htmlBody).join('<hr>'),
    text: texts(told.textBody).join('\n\n'),
  };
}

function readPage(context: PageContext, id: string) {
  const section = all(context, 'message').find((candidate) => idIn(candidate) === id);
  const body = section && first(context, 'body', section);
  const html = (body as HTMLIFrameElement | undefined)?.contentDocument?.body?.innerHTML || body?.getAttribute('srcdoc');
  return html ? { source: 'page' as const, html } : undefined;
}

function people(list: unknown): string[] {
  return (Array.isArray(list) ? (list as (Person | undefined)[]) : []).flatMap((entry) => {
    const { name, email } = entry?.contact ?? entry ?? {};
    return typeof email === 'string' && email.includes('@')
      ? [formatMailbox({ name: typeof name === 'string' ? name : '', address: email })]
      : [];
  });
}
