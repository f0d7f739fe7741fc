/** Roundcube's texts for scripts, read as text: they are never run. */
import { RelaisError } from '../core/errors.ts';

/** What its pages tell about themselves. In a list page it is the state at load; later changes don't reach it. */
export interface Env {
  readonly username?: string;
  readonly request_token?: string;
  readonly drafts_mailbox?: string;
  readonly trash_mailbox?: string;
}

/** The environment that the page's own script is given; empty where it isn't found. */
export function envOf(document: Document): Env {
  for (const script of document.scripts) {
    const json = /rcmail\.set_env\((\{.*?\})\);\s*\n/.exec(script.text)?.[1];
    const env = json === undefined ? undefined : parse(json);
    if (env !== undefined) return Object.fromEntries(Object.entries(env).filter(([, value]) => typeof value === 'string' && value !== ''));
  }
  return {};
}

export interface Row {
  readonly uid: string;
  readonly mailbox: string;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Name of the search in the session, for its further pages. */
  readonly request: string;
  readonly pages: number;
  readonly count: number;
  /** The page of the list that is shown. */
  readonly page: number;
  /** The server ran out of time: to be asked again for the rest. */
  readonly isUnfinished: boolean;
}

/**
 * The rows of an answer to a list or a search over all folders: `add_message_row("7-INBOX",…` in a text of script calls. Words
 * of a mail can't pass for one: inside the text's strings a quote has a backslash before it.
 */
export function rowsIn(answer: string): Rows {
  const { exec, env } = (parse(answer) ?? {}) as { exec?: unknown; env?: unknown };
  const script = typeof exec === 'string' ? exec : '';
  if (script.includes('this.session_error(')) throw new RelaisError('webmail-signed-out', 'Roundcube says that the session has ended');
  if (exec === undefined) throw new TypeError('Roundcube answered with something else than a list');
  const told = (typeof env === 'object' && env !== null ? env : {}) as Record<string, unknown>;
  const rows = [...script.matchAll(/\badd_message_row\(("(?:[^"\\]|\\.)*")/g)].flatMap((match) => {
    const [, uid, mailbox] = /^(\d+)-(.+)$/s.exec(String(JSON.parse(match[1] ?? '""'))) ?? [];
    return uid && mailbox ? [{ uid, mailbox }] : [];
  });
  return {
    rows,
    request: String(told.search_request ?? ''),
    pages: numberOf(told.pagecount),
    count: numberOf(told.messagecount),
    page: numberOf(told.current_page),
    isUnfinished: script.includes('this.continue_search('),
  };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function parse(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
