/** What is asked of Roundcube, in the page's own session. */
import { RelaisError } from '../core/errors.ts';
import type { PageContext } from '../webmail/adapter.ts';
import { withStoredLineEnds } from './line-ends.ts';
import { envOf, type Row, type Rows, rowsIn } from './roundcube-answers.ts';
import { readRaw } from './source.ts';

/** Always relative to the page: below a path, or with a token in the path, the origin alone shows the log-in form. */
function addressOf({ url }: PageContext, query: Readonly<Record<string, string>>): URL {
  return new URL(`?${new URLSearchParams({ _task: 'mail', ...query })}`, url.origin + url.pathname);
}

/** A message attached to another one: `49.2`. It lies in no folder, so it has no download of its own and no thread. */
export function isPart(at: Readonly<Record<string, string>>): boolean {
  return at.uid?.includes('.') ?? false;
}

/** A message's source as the mailbox holds it; `undefined` for an unknown one. Throws `webmail-signed-out`. */
export async function fetchSource(context: PageContext, at: Readonly<Record<string, string>>): Promise<ArrayBuffer | undefined> {
  const query = { _action: 'viewsource', _uid: at.uid ?? '', _mbox: at.mailbox ?? '' };
  const token = envOf(context.document).request_token;
  // As a download the bytes are exact; as a view, white space before line ends and at the end is cut off.
  if (token && !isPart(at)) {
    const exact = await context
      .fetch(addressOf(context, { ...query, _save: '1', _token: token }))
      .then(readRaw)
      .catch(unlessAborted);
    // Not `instanceof`: in Firefox the bytes are of the page's own world.
    if (exact !== undefined && exact !== 'page') return withStoredLineEnds(exact);
  }
  const viewed = await readRaw(await context.fetch(addressOf(context, query)));
  if (viewed === 'page') throw new RelaisError('webmail-signed-out', 'Roundcube answered with its log-in page');
  return viewed;
}

async function askList(context: PageContext, query: Readonly<Record<string, string>>): Promise<Rows> {
  const response = await context.fetch(addressOf(context, { ...query, _remote: '1' }));
  return rowsIn(await response.text());
}

/** Rounds of a search that a large mailbox may take; Roundcube itself ends each after a while. */
const rounds = 20;

/** Messages of all folders that name this Message-ID in their header. Replaces the search that the session holds. */
export async function searchThread(context: PageContext, rootId: string): Promise<{ rows: readonly Row[]; complete: boolean }> {
  const id = `"${rootId.replace(/[\\"]/g, '\\$&')}"`;
  const filter = `OR OR HEADER REFERENCES ${id} HEADER IN-REPLY-TO ${id} HEADER MESSAGE-ID ${id}`;
  const query = { _action: 'search', _q: '', _filter: filter, _scope: 'all', _mbox: 'INBOX' };
  let found = await askList(context, query);
  for (let round = 1; found.isUnfinished && round < rounds; round += 1) {
    found = await askList(context, { ...query, _continue: found.request });
  }
  const rows = [...found.rows];
  for (let number = 2; number <= found.pages; number += 1) {
    rows.push(...(await askList(context, { _action: 'list', _search: found.request, _mbox: 'INBOX', _page: String(number) })).rows);
  }
  return { rows, complete: !found.isUnfinished && rows.length >= found.count };
}

/**
 * Runs `work`, which searches and reads in many folders, then puts the session back: each request moves the folder and
 * the page that the webmail shows next, and a search would stay in force.
 */
export async function keepPlace<Result>(context: PageContext, mailbox: string, work: () => Promise<Result>): Promise<Result> {
  const list = { _action: 'list', _mbox: mailbox };
  const shown = Number(context.document.querySelector<HTMLInputElement>('input.rcpagejumper')?.value);
  const page = shown || (await askList(context, list).catch(unlessAborted))?.page || 1;
  try {
    return await work();
  } finally {
    await askList(context, { ...list, _page: String(page) }).catch(unlessAborted);
  }
}

function unlessAborted(error: unknown): undefined {
  if (error instanceof Error && error.name === 'AbortError') throw error;
}
