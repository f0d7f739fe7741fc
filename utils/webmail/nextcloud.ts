/** Nextcloud Mail: its API lists threads and hands out sources. What is known of it: `docs/webmails.md`. */
import { formatMailbox } from '../core/mailbox.ts';
import { fetchJson, listedReader } from '../page/listed.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findThread } from './find.ts';

export const page: WebmailPage = {
  id: 'nextcloud',
  name: 'Nextcloud Mail',
  origins: [],
  marks: [{ selectors: ['head[data-requesttoken]'], address: '/apps/mail(?:/|$)' }],
  slots: [
    { selector: '#mail-thread-header-fields h2', since: '2026-11', where: 'after' },
    { selector: '#mail-thread-header-fields', since: '2026-11', where: 'append' },
    { selector: '.envelope--expanded .envelope__header', since: '2026-11', where: 'append' },
  ],
  // The page is rebuilt almost monthly, the address and the API are not.
  thread: [{ pattern: '/apps/mail/box/[^#?]*?thread/(\\d+)' }],
};

/** `…/apps/mail/api/messages/<id>/<what>`, below a path where the site lies below one. */
function addressOf({ url }: PageContext, id: string, what: string): URL {
  const app = /^.*?\/apps\/mail\//.exec(url.pathname)?.[0] ?? '/apps/mail/';
  return new URL(`${app}api/messages/${encodeURIComponent(id)}/${what}`, url.origin);
}

interface Person {
  readonly label?: unknown;
  readonly email?: unknown;
}
interface Envelope {
  readonly databaseId?: unknown;
  readonly subject?: unknown;
  readonly messageId?: unknown;
  readonly dateInt?: unknown;
  readonly from?: readonly Person[];
  readonly to?: readonly Person[];
  readonly cc?: readonly Person[];
  readonly flags?: { readonly draft?: unknown };
}

const threads = new WeakMap<PageContext, ReturnType<typeof fetchThread>>();

/** The open thread, asked for once within one capture. */
function threadOf(context: PageContext, key: string): ReturnType<typeof fetchThread> {
  const thread = threads.get(context) ?? fetchThread(context, key);
  threads.set(context, thread);
  return thread;
}

/** The thread of a message as the server has it, drafts left out; `undefined` where it is not told. */
async function fetchThread(context: PageContext, id: string): Promise<readonly Envelope[] | undefined> {
  const answer = await fetchJson(context, addressOf(context, id, 'thread'));
  const list = Array.isArray(answer) ? answer : (answer as { data?: unknown } | undefined)?.data;
  return Array.isArray(list)
    ? (list as Envelope[]).filter(({ databaseId, flags }) => databaseId && (!flags?.draft || String(databaseId) === id))
    : undefined;
}

const refOf = (id: string): MessageRef => ({ id, at: { id } });

export const reader: WebmailReader = listedReader({
  async list(context) {
    const key = findThread(context.page, context.document, context.url);
    if (key === undefined) return undefined;
    const envelopes = await threadOf(context, key);
    const subject = envelopes?.find(({ databaseId }) => String(databaseId) === key)?.subject;
    const messages = envelopes?.map(({ databaseId }) => refOf(String(databaseId)));
    return {
      key,
      ...(typeof subject === 'string' ? { subject } : {}),
      open: refOf(key),
      messages: messages ?? [refOf(key)],
      complete: messages !== undefined,
    };
  },
  sources: (context, { at }) => [addressOf(context, at.id ?? '', 'export')],
  async read(context, { id }) {
    const envelope = (await threadOf(context, id))?.find(({ databaseId }) => String(databaseId) === id);
    if (!envelope) return undefined;
    const { subject, messageId, dateInt } = envelope;
    const [from] = people(envelope.from);
    const body = await context.fetch(addressOf(context, id, 'html'));
    const isHtml = body.ok && /^text\/html/i.test(body.headers.get('content-type') ?? '');
    return {
      source: 'api',
      ...(typeof subject === 'string' ? { subject } : {}),
      ...(from ? { from } : {}),
      to: people(envelope.to),
      cc: people(envelope.cc),
      ...(typeof messageId === 'string' ? { messageId: messageId.replace(/^<|>$/g, '') } : {}),
      ...(typeof dateInt === 'number' && dateInt > 0 ? { sentAt: new Date(dateInt * 1000).toISOString() } : {}),
      html: isHtml ? await body.text() : '',
    };
  },
});

function people(list: readonly Person[] = []): string[] {
  return list.flatMap(({ label, email }) =>
    typeof email === 'string' && email.includes('@')
      ? [formatMailbox({ name: typeof label === 'string' ? label : '', address: email })]
      : [],
  );
}
