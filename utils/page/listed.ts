/**
 * Readers of webmails that show the messages of a conversation together and hand out the source of each at an address:
 * what differs is how they are listed, where the sources are, and what the page shows without them.
 */
import { RelaisError } from '../core/errors.ts';
import type { MessageRef, PageContext, WebmailReader } from '../webmail/adapter.ts';
import { gatherThread } from './gather.ts';
import { withStoredLineEnds } from './line-ends.ts';
import { forget, remember } from './remember.ts';
import { readRaw } from './source.ts';

export interface Listing {
  readonly key: string;
  readonly subject?: string;
  readonly account?: string;
  /** The message that the person looks at: where the webmail put threads together by subject, its one is taken. */
  readonly open: MessageRef;
  /** Everything that the webmail counts to the conversation, the open message among it. */
  readonly messages: readonly MessageRef[];
  /** Whether these are all that the webmail has. */
  readonly complete: boolean;
}

export interface Listed {
  /** `undefined` where no thread is open. */
  list(context: PageContext): Promise<Listing | undefined>;
  /** Where a message's source may be had, best first. */
  sources(context: PageContext, message: MessageRef): readonly (string | URL)[];
  /**
   * For webmails with a way of their own to say that the session has ended: what an answer without a source says of it.
   * `undefined` where it says nothing; then a web page and a 401 tell.
   */
  readonly hasEnded?: HasEnded;
  readonly read?: WebmailReader['read'];
}

export type HasEnded = (context: PageContext, answer: Response) => Promise<boolean | undefined>;

export function listedReader({ list, sources, hasEnded, read }: Listed): WebmailReader {
  const sourceOf = (context: PageContext, message: MessageRef) =>
    remember(context, message, () => fetchFirst(context, sources(context, message), hasEnded));
  return {
    async open(context) {
      const listing = await list(context);
      if (!listing) return undefined;
      const { open, messages, complete, ...told } = listing;
      const source = (message: MessageRef) => sourceOf(context, message);
      return { ...told, ...(await gatherThread({ open, source, search: async () => ({ messages, complete }), isUnsent: () => false })) };
    },
    async source(context, message) {
      const source = await sourceOf(context, message);
      forget(context, message);
      return source;
    },
    ...(read ? { read } : {}),
  };
}

async function fetchFirst(
  context: PageContext,
  addresses: readonly (string | URL)[],
  hasEnded: HasEnded | undefined,
): Promise<ArrayBuffer | undefined> {
  for (const address of addresses) {
    const response = await context.fetch(address);
    const raw = await readRaw(response);
    if (raw && raw !== 'page') return withStoredLineEnds(raw);
    if ((await hasEnded?.(context, response)) ?? (raw === 'page' || response.status === 401))
      throw new RelaisError('webmail-signed-out', 'The webmail answered a request for a source with its log-in');
  }
  return undefined;
}

/** Webmails keep the views that were open before, hidden. */
export function isShown(element: Element): boolean {
  return element.checkVisibility?.() ?? true;
}

/** JSON from the webmail's own API; `undefined` where it gives none. */
export async function fetchJson(context: PageContext, address: string | URL): Promise<unknown> {
  const response = await context.fetch(address);
  if (!response.ok || !/\bjson\b/i.test(response.headers.get('content-type') ?? '')) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
