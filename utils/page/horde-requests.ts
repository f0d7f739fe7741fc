/** What is asked of Horde's mail (IMP), in the page's own session. */
import { RelaisError } from '../core/errors.ts';
import { formatMailbox } from '../core/mailbox.ts';
import type { PageContext } from '../webmail/adapter.ts';
import { squeeze } from './dom.ts';
import { withStoredLineEnds } from './line-ends.ts';
import { readRaw } from './source.ts';

/** Only below IMP's own folder: elsewhere on the site, a request may start another session and end the person's. */
function addressOf({ url }: PageContext, path: string, query: Readonly<Record<string, string>>): URL {
  const folder = /^.*\/imp\//.exec(url.pathname)?.[0] ?? '/';
  return new URL(`${folder}${path}?${new URLSearchParams(query)}`, url.origin);
}

/** A message's source as the mailbox holds it; `undefined` for an unknown one. A site may switch off either way to it. */
export async function fetchSource(context: PageContext, mailbox: string, buid: string): Promise<ArrayBuffer | undefined> {
  const message = { mailbox, buid };
  const ways = [
    addressOf(context, 'view.php', { actionID: 'view_source', id: '0', ...message }),
    addressOf(context, '../services/download/', { app: 'imp', actionID: 'save_message', ...message, fn: '/mail' }),
  ];
  for (const way of ways) {
    const response = await context.fetch(way);
    if (new URL(response.url || way).pathname.endsWith('/login.php'))
      throw new RelaisError('webmail-signed-out', 'Horde answered with its log-in page');
    const raw = await readRaw(response);
    // Not `instanceof`: in Firefox the bytes are of the page's own world.
    if (raw !== undefined && raw !== 'page') return withStoredLineEnds(raw);
  }
  return undefined;
}

/** What the page's own script is told: where to ask, and the token of its forms. Absent in the basic view. */
function settingsIn(document: Document): { readonly ajax: string; readonly token: string } | undefined {
  const script = [...document.scripts].map(({ text }) => text).find((text) => text.includes('HordeCore.conf='));
  const ajax = /"URI_AJAX":("[^"]*")/.exec(script ?? '')?.[1];
  const token = /"TOKEN":("[^"]*")/.exec(script ?? '')?.[1];
  return ajax && token ? { ajax: String(JSON.parse(ajax)), token: String(JSON.parse(token)) } : undefined;
}

export interface Hits {
  /** The search as a mailbox of its own, and the numbers of its messages there. */
  readonly mailbox: string;
  readonly buids: readonly string[];
  readonly complete: boolean;
}

const mostHits = 500;
/** Horde's own name for all mailboxes. */
const everywhere = 'YWxsAA';

/**
 * Messages of all mailboxes that name this Message-ID in their header, drafts left out; `undefined` where Horde gives no
 * list. It is the search that Horde's own form makes; it stays among the session's recent searches.
 */
export async function searchThread(context: PageContext, id: string): Promise<Hits | undefined> {
  if (!settingsIn(context.document)) return undefined;
  const criteria = ['References', 'In-Reply-To', 'Message-ID'].flatMap((h, index) => [
    ...(index > 0 ? [{ t: 'or' }] : []),
    { t: 'customhdr', v: { h, s: id }, n: 0 },
  ]);
  const searched = await post(context, addressOf(context, 'basic.php', { page: 'search' }), {
    criteria_form: JSON.stringify(criteria),
    mboxes_form: JSON.stringify({ mbox: [everywhere], subfolder: [] }),
    search_type: '',
  });
  const mailbox = /\.go\("mbox", ?"([\w-]+)"\)/.exec(await searched.text())?.[1];
  if (mailbox === undefined) return undefined;

  const listed = await listMailbox(context, mailbox);
  if (!listed) return undefined;
  const { total, rows } = listed;
  return { mailbox, buids: rows.filter(({ isDraft }) => !isDraft).map(({ buid }) => buid), complete: total <= rows.length };
}

/** A message of a mailbox, as a row of Horde's list shows it. */
export interface ListedMail {
  readonly buid: string;
  /** Number of its row, from 1. */
  readonly row: number;
  readonly subject: string;
  /** The sender or, in Sent, the recipient, as the row says it. */
  readonly name: string;
  /** `Name <address>`, or an address. */
  readonly from?: string;
  readonly when: string;
  readonly isDraft: boolean;
}

/** The first messages of a mailbox in the person's own order, and how many there are; `undefined` where Horde gives no list. */
export async function listMailbox(
  context: PageContext,
  mailbox: string,
): Promise<{ readonly total: number; readonly rows: readonly ListedMail[] } | undefined> {
  const settings = settingsIn(context.document);
  if (!settings) return undefined;
  const viewport = { view: mailbox, initial: 1, force: 1, slice: `1:${mostHits}`, before: 0, after: mostHits - 1 };
  const address = new URL(`${settings.ajax}viewPort`, context.url);
  const answer = await post(context, address, { view: mailbox, viewport: JSON.stringify(viewport), token: settings.token });
  // Horde wraps its JSON into a comment, so that no other site can run it.
  const json = /^\/\*-secure-(.*)\*\/\s*$/s.exec(await answer.text())?.[1];
  if (json === undefined) return undefined;
  const { tasks } = JSON.parse(json) as { tasks?: { 'imp:viewport'?: { totalrows?: number; rowlist?: object; data?: object } } };
  const { totalrows, rowlist, data = {} } = tasks?.['imp:viewport'] ?? {};
  if (totalrows === undefined) return undefined;
  const told = data as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  const rows = Object.entries(rowlist ?? {}).map(([buid, row]) => mailIn(buid, Number(row), told[buid] ?? {}));
  return { total: totalrows, rows: rows.sort((one, other) => one.row - other.row) };
}

function mailIn(buid: string, row: number, { subject, from, fromaddr, date, flag }: Readonly<Record<string, unknown>>): ListedMail {
  const text = (value: unknown) => (typeof value === 'string' ? squeeze(value) : '');
  const address = text(fromaddr) || text(from);
  return {
    buid,
    row,
    subject: text(subject),
    name: text(from),
    ...(address && { from: formatMailbox({ name: text(from), address }) }),
    when: text(date),
    isDraft: Array.isArray(flag) && flag.includes('\\draft'),
  };
}

function post(context: PageContext, address: URL, form: Readonly<Record<string, string>>): Promise<Response> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return context.fetch(address, { method: 'POST', headers, body: String(new URLSearchParams(form)) });
}
