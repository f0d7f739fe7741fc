/** What is asked of SOGo, in the page's own session. */
import { RelaisError } from '../core/errors.ts';
import { formatMailbox } from '../core/mailbox.ts';
import type { Participant } from '../core/thread.ts';
import type { PageContext } from '../webmail/adapter.ts';
import { squeeze } from './dom.ts';
import { withStoredLineEnds } from './line-ends.ts';
import { looksLikeMail } from './mail-header.ts';
import { mapPolitely } from './politely.ts';
import { readRaw } from './source.ts';
import { unzipOnly } from './unzip.ts';

/** Where a message lies: the account's number and the folder as the server names it, `Clients/R&AOk-clamations`. */
export interface Place {
  readonly account: string;
  readonly folder: string;
}

export interface Folder {
  readonly path: string;
  /** `inbox`, `sent`, `draft`, `trash`, `folder`, … */
  readonly type: string;
}

const names: Readonly<Record<string, string>> = {
  _: '_U_',
  '.': '_D_',
  '#': '_H_',
  '@': '_A_',
  '*': '_S_',
  ':': '_C_',
  ',': '_CO_',
  ' ': '_SP_',
  "'": '_SQ_',
  '&': '_AM_',
  '+': '_P_',
};

/** A folder in an address, as SOGo's own pages write it: `folderClients/folderR_AM_AOk-clamations`. */
export function folderPath(folder: string): string {
  const level = (name: string) => {
    const plain = name.replace(/[_.#@*:, '&+]/g, (sign) => names[sign] ?? sign).replace(/[^\x20-\x7e]/g, '');
    return `folder${encodeURIComponent(/^\d/.test(plain) ? `_${plain}` : plain)}`;
  };
  return folder.split('/').map(level).join('/');
}

/** `…/SOGo/so/<user>/Mail/` of the page, and below it. */
function addressOf({ url }: PageContext, path: string): URL {
  return new URL((/^.*?\/Mail\//.exec(url.pathname)?.[0] ?? '/') + path, url.origin);
}

/** SOGo wants the value of one of its cookies as a header, which only its own pages can read. */
function headersOf({ document }: PageContext): Record<string, string> {
  const token = /(?:^|;\s*)XSRF-TOKEN=([^;]*)/.exec(document.cookie)?.[1] ?? '';
  return { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': token };
}

function post(context: PageContext, path: string, body: object): Promise<Response> {
  return context.fetch(addressOf(context, path), { method: 'POST', headers: headersOf(context), body: JSON.stringify(body) });
}

/** A session that has ended is answered by the log-in page, with status 200. */
function orSignedOut(response: Response): Response {
  if (/^text\/html/i.test(response.headers.get('content-type') ?? ''))
    throw new RelaisError('webmail-signed-out', 'SOGo answered with its log-in page');
  return response;
}

/**
 * A message's source, byte for byte. It comes as a zip of one: `export` encodes each 8-bit byte once more, which can't be
 * told from a mail that is so; it will do for a mail that has none.
 */
export async function fetchSource(context: PageContext, { account, folder }: Place, uid: string): Promise<ArrayBuffer | undefined> {
  const base = `${account}/${folderPath(folder)}/`;
  const saved = orSignedOut(await post(context, `${base}saveMessages`, { uids: [uid] }));
  const mail = saved.ok ? await unzipOnly(await saved.arrayBuffer()) : undefined;
  if (mail && looksLikeMail(mail)) return withStoredLineEnds(mail);
  const raw = await readRaw(await context.fetch(addressOf(context, `${base}${uid}/export`), { headers: headersOf(context) }));
  if (raw === 'page') throw new RelaisError('webmail-signed-out', 'SOGo answered with its log-in page');
  return raw && new Uint8Array(raw).every((byte) => byte < 0x80) ? withStoredLineEnds(raw) : undefined;
}

/** Every folder of the account that holds mail. */
export async function listFolders(context: PageContext, account: string): Promise<readonly Folder[]> {
  const answer: unknown = await orSignedOut(
    await context.fetch(addressOf(context, `${account}/view`), { headers: headersOf(context) }),
  ).json();
  return foldersIn((answer as { mailboxes?: unknown }).mailboxes);
}

function foldersIn(mailboxes: unknown): Folder[] {
  if (!Array.isArray(mailboxes)) return [];
  return (mailboxes as { path?: unknown; type?: unknown; flags?: unknown; children?: unknown }[]).flatMap((mailbox) => {
    const isFolder = typeof mailbox.path === 'string' && !(Array.isArray(mailbox.flags) && mailbox.flags.includes('noselect'));
    return [...(isFolder ? [{ path: String(mailbox.path), type: String(mailbox.type) }] : []), ...foldersIn(mailbox.children)];
  });
}

/** Folders that are searched for one thread, at most. */
const mostFolders = 200;

/**
 * Messages with these words in their subject that hold this Message-ID, in these folders. SOGo can't search by any other
 * header; the words of the subject spare the server reading every mail for the id.
 */
export async function searchFolders(
  context: PageContext,
  account: string,
  folders: readonly Folder[],
  { words, id }: { readonly words: string; readonly id: string },
): Promise<{ found: readonly { folder: Folder; uid: string }[]; complete: boolean }> {
  const filters = [
    { searchBy: 'subject', searchInput: words },
    { searchBy: 'text', searchInput: id },
  ];
  const answers = await mapPolitely(folders.slice(0, mostFolders), async (folder) => {
    // No order of ours: SOGo would keep it as the person's own.
    const body = { sortingAttributes: { match: 'AND' }, filters };
    const response = orSignedOut(await post(context, `${account}/${folderPath(folder.path)}/view`, body));
    return response.ok ? uidsIn(await response.json()).map((uid) => ({ folder, uid })) : undefined;
  });
  return {
    found: answers.flatMap((answer) => answer ?? []),
    complete: folders.length <= mostFolders && answers.every((answer) => answer !== undefined),
  };
}

/** A message of a folder, as a row of SOGo's list shows it. */
export interface ListedMail {
  readonly uid: string;
  readonly subject: string;
  /** `Name <address>`, or an address. */
  readonly from?: string;
  /** What a row may call it by: the sender or, in Sent, the recipient. */
  readonly names: readonly string[];
  readonly when: string;
  readonly size: string;
}

/** The messages of a folder in the person's own order, as far as SOGo tells them at once; `undefined` where it tells none. */
export async function listFolder(context: PageContext, { account, folder }: Place): Promise<readonly ListedMail[] | undefined> {
  const response = orSignedOut(await post(context, `${account}/${folderPath(folder)}/view`, {}));
  if (!response.ok) return undefined;
  const answer: unknown = await response.json();
  const { headers } = answer as { headers?: unknown };
  const [names = [], ...rows] = (Array.isArray(headers) ? headers : []).filter((row): row is unknown[] => Array.isArray(row));
  const mails = new Map(
    rows.map((row) => mailIn(Object.fromEntries(names.map((name, at) => [String(name), row[at]])))).map((mail) => [mail.uid, mail]),
  );
  return uidsIn(answer).flatMap((uid) => mails.get(uid) ?? []);
}

function mailIn({ uid, Subject, From, To, RelativeDate, Size }: Readonly<Record<string, unknown>>): ListedMail {
  const [from, to] = [personIn(From), personIn(To)];
  const text = (value: unknown) => squeeze(String(value ?? ''));
  return {
    uid: String(uid),
    subject: text(Subject),
    ...(from && { from: formatMailbox(from) }),
    names: [from, to].flatMap((one) => (one ? [one.name || one.address] : [])),
    when: text(RelativeDate),
    size: text(Size),
  };
}

/** The first of several people. */
function personIn(people: unknown): Participant | undefined {
  const [{ name, email } = {}] = (Array.isArray(people) ? people : []) as { name?: unknown; email?: unknown }[];
  return typeof email === 'string' ? { name: typeof name === 'string' ? squeeze(name) : '', address: email } : undefined;
}

/** Grouped by conversation, each is a row that begins with the uid, below a row of names. */
function uidsIn(answer: unknown): string[] {
  const { uids } = answer as { uids?: unknown };
  const rows: unknown[] = Array.isArray(uids) ? uids : [];
  return rows.map((row) => String(Array.isArray(row) ? row[0] : row)).filter((uid) => /^\d+$/.test(uid));
}
