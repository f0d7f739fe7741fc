/**
 * What a webmail's file exports. One file per webmail, two named exports, no code that runs on import:
 *
 * - `page`: how to recognise the webmail and where the button goes. Goes into the button script: keep it tiny.
 * - `reader`: how to get the messages of the open thread. Only in the capture script.
 *
 * Both take the document and the address as arguments, so that they run on a saved page. Neither writes to the
 * page, matches words on screen, listens or waits for the page.
 */
import type { Gap, Source } from '../core/thread.ts';

/** A place for the button. */
export interface Slot {
  /** CSS selector of the anchor; first one that matches a visible element wins. Newest first, dated. */
  readonly selector: string;
  readonly since: string;
  /** Where the button stands relative to the anchor. `append` and `prepend` put it inside. */
  readonly where: 'append' | 'prepend' | 'before' | 'after';
  /** Element to wrap the button in, where the toolbar is a list: `li`. */
  readonly wrap?: 'li' | 'td' | 'span';
  /** How the button fits into this toolbar: custom properties that `page/button-style.ts` knows. */
  readonly fit?: Readonly<Record<`--relais-${string}`, string>>;
}

export interface WebmailPage {
  readonly id: string;
  readonly name: string;
  /** Match patterns of the hosted service; empty for software that anybody may host. */
  readonly hosts: readonly string[];
  /** Whether this document belongs to this webmail. Cheap: called once per page load. */
  recognise(document: Document, url: URL): boolean;
  readonly slots: readonly Slot[];
  /**
   * Where the open thread's message is shown, when it is not the document itself (Roundcube's preview frame).
   * The button script listens to its `load`, nothing else.
   */
  frame?(document: Document): HTMLIFrameElement | undefined;
  /** Key of the thread or message that is open: stable, unique within the webmail; `undefined` where none is open. */
  openThread(document: Document, url: URL): string | undefined;
}

/** A message that the reader knows of. `id` is the webmail's own, unique within the account. */
export interface MessageRef {
  readonly id: string;
  /** Reader's own data: a folder, a part number, a link. */
  readonly at: Readonly<Record<string, string>>;
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
  /** GET or POST to the webmail's own origin with the page's login. Rejects for any other origin. */
  fetch(url: string | URL, init?: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string }): Promise<Response>;
  readonly signal: AbortSignal;
}

/** The messages of the open thread. */
export interface OpenThread {
  /** Same key as `WebmailPage.openThread`. */
  readonly key: string;
  /** Mail address of the signed-in person, where the page tells. */
  readonly account?: string;
  readonly subject?: string;
  readonly messages: readonly MessageRef[];
  readonly gaps: readonly Gap[];
}

export interface WebmailReader {
  /** Lists the open thread's messages, every one that the webmail knows; `undefined` where no thread is open. */
  open(page: PageContext): Promise<OpenThread | undefined>;
  /**
   * The untouched source of one message, `undefined` where the webmail refuses it.
   * A signed-out session is a `RelaisError('webmail-signed-out')`: HTTP 200 proves nothing in webmails.
   */
  source?(page: PageContext, message: MessageRef): Promise<ArrayBuffer | undefined>;
  /** From the page (or the webmail's JSON, then `source: 'api'`), where there is no source. */
  read?(page: PageContext, message: MessageRef): Promise<(PageMessage & { readonly source: Exclude<Source, 'raw'> }) | undefined>;
}
