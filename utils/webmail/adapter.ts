/**
 * What a webmail's file exports. One file per webmail, two named exports, no code that runs on import:
 *
 * - `page`: how to recognise the webmail, where the button goes, which thread is open, and every selector. Plain data
 *   (`core/webmail-page.ts`), packaged as a file, from which the worker gives it to a page that asks: the button script itself
 *   knows no webmail, and stays within its few kilobytes with any number of them.
 * - `reader`: how to get the messages of the open thread. Code, only in the capture script (`readers.ts`).
 *
 * A reader takes the document and the address as arguments, so that it runs on a saved page. It doesn't write to the
 * page, match words on screen, listen or wait for the page.
 */
import type { ListedThread } from '../core/captured.ts';
import type { Gap, Source } from '../core/thread.ts';
import type { WebmailPage } from '../core/webmail-page.ts';

export type { Alternatives, Slot, WebmailPage } from '../core/webmail-page.ts';

/** A message that the reader knows of. `id` is the webmail's own, unique within the account. */
export interface MessageRef {
  readonly id: string;
  /** Reader's own data: a folder, a part number, a link. */
  readonly at: Readonly<Record<string, string>>;
  /** Ids of its copies: in another folder, the page may name it by one of them. */
  readonly copies?: readonly string[];
}

/** What the page shows of a message whose source can't be had. Hostile, unsanitised; absent rather than guessed. */
export interface PageMessage {
  readonly subject?: string;
  /** `Name <address>` or a bare address. */
  readonly from?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  /** ISO 8601 with an offset. */
  readonly sentAt?: string;
  readonly messageId?: string;
  readonly html?: string;
  readonly text?: string;
  readonly attachments?: readonly { readonly filename: string; readonly mediaType?: string; readonly url?: string }[];
}

export interface PageContext {
  readonly document: Document;
  readonly url: URL;
  /** The adapter's own data, with the person's newer selectors laid over it: `page/select.ts` reads by it. */
  readonly page: WebmailPage;
  /** GET or POST to the webmail's own origin with the page's login. Rejects for any other origin. */
  fetch(url: string | URL, init?: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string }): Promise<Response>;
  readonly signal: AbortSignal;
}

/** The messages of the open thread. */
export interface OpenThread {
  /** The key that `WebmailPage.thread` gives for this page. */
  readonly key: string;
  /** Mail address of the signed-in person, where the page tells. */
  readonly account?: string;
  readonly subject?: string;
  readonly messages: readonly MessageRef[];
  readonly gaps: readonly Gap[];
}

export interface WebmailReader {
  /**
   * Lists the open thread's messages, every one that the webmail knows; `undefined` where no thread is open.
   * `listed`: the thread of this message from `list` instead, which stays closed.
   */
  open(page: PageContext, listed?: MessageRef): Promise<OpenThread | undefined>;
  /**
   * The rows of the webmail's list, as far as the page has them or the webmail tells them at once; `undefined` where no list is
   * shown. Absent where a thread can't be read without being opened.
   */
  list?(page: PageContext): Promise<readonly ListedThread[] | undefined>;
  /**
   * The untouched source of one message, `undefined` where the webmail refuses it.
   * A signed-out session is a `RelaisError('webmail-signed-out')`: HTTP 200 proves nothing in webmails.
   */
  source?(page: PageContext, message: MessageRef): Promise<ArrayBuffer | undefined>;
  /** From the page (or the webmail's JSON, then `source: 'api'`), where there is no source. */
  read?(page: PageContext, message: MessageRef): Promise<(PageMessage & { readonly source: Exclude<Source, 'raw'> }) | undefined>;
}
