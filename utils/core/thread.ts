/**
 * A thread as the rest of Relais sees it: plain data that survives JSON, structured clone and IndexedDB.
 * Made by `mail/prepare` from what a webmail page handed over; never changed afterwards.
 */

/** How a message was obtained, best first: untouched source, the webmail's own API, the page, the person's selection. */
export type Source = 'raw' | 'api' | 'page' | 'selection';

/** A person or mailbox named in a message. `name` is empty where the message gives none. */
export interface Participant {
  readonly address: string;
  readonly name: string;
}

/** Sanitised markup. Only `sanitise()` makes one, so forgetting to sanitise does not compile. */
export type SafeHtml = string & { readonly __brand: 'SafeHtml' };

/** Bytes that lie in the blob store under `blob`. `size` is in bytes, `sha256` in lower-case hex. */
export interface StoredFile {
  readonly filename: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly blob: string;
}

/**
 * Why a file says nothing to the reader of a ticket: a company's mark, a smiley or the icon of a network; a picture too
 * thin to be seen (tracking, spacing); the same bytes as a file before it in the thread.
 */
export type Decoration = 'logo' | 'pixel' | 'duplicate';

/** A file that travels with a message. `id` is unique within the thread. */
export interface Attachment extends StoredFile {
  readonly id: string;
  /** Shown inside the body (`cid:`) rather than listed below it. */
  readonly inline: boolean;
  /** Content-ID without angle brackets (RFC 2392). */
  readonly contentId?: string;
  /** Unticked for this reason, until a person ticks it. */
  readonly decoration?: Decoration;
  /** A program, a script, a document with macros: it may do something when it is opened. */
  readonly risky?: boolean;
}

export type GapCode =
  | 'thread-not-searched' // other messages of the thread may exist, the webmail could not be asked
  | 'message-missing' // known to exist, could not be had
  | 'not-the-original' // read from the page, not from the source
  | 'attachment-missing'
  | 'unreadable-part' // a part of the message could not be understood
  | 'encrypted' // only its reader's key opens it; the original and its files travel
  | 'no-message-id';

/** Something the person should know is not there. Told, never filled by a guess. */
export interface Gap {
  readonly code: GapCode;
  /** Which message (its `id`), where it concerns one. */
  readonly message?: string;
  /** A file name, an address, a count: what the sentence on screen names. Never a sentence itself. */
  readonly detail?: string;
}

/** What of a text is put aside: earlier mail, a signature, a forwarded mail, what a list or a company adds below. */
export type FoldKind = 'quote' | 'signature' | 'forward' | 'footer';

/** A stretch of `Message.text` that is folded, never deleted. Offsets in UTF-16 units, `end` exclusive. */
export interface Fold {
  readonly kind: FoldKind;
  readonly start: number;
  readonly end: number;
}

/** The mail inside a forwarded one, as far as its heading told. */
export interface Forwarded {
  readonly from: Participant;
  readonly to: readonly Participant[];
  readonly cc: readonly Participant[];
  readonly subject: string;
  /** As the forwarding program wrote it, in its language; empty where it wrote none. */
  readonly date: string;
  /** Only where the date names its offset. */
  readonly sentAt?: string;
  /** What its author wrote, without the mails that are quoted or forwarded in it. */
  readonly text: string;
}

/** One mail. Times are ISO 8601 with an offset; absent rather than guessed. */
export interface Message {
  /** The adapter's id, unique within the thread and stable over captures. */
  readonly id: string;
  readonly source: Source;
  /** Message-ID without angle brackets (RFC 5322 section 3.6.4). */
  readonly messageId?: string;
  /** Oldest first, In-Reply-To last where References lacks it, without angle brackets. */
  readonly references: readonly string[];
  readonly from: Participant;
  readonly to: readonly Participant[];
  readonly cc: readonly Participant[];
  readonly replyTo: readonly Participant[];
  readonly subject: string;
  readonly sentAt?: string;
  /** Readable plain text of the whole message, LF line ends. */
  readonly text: string;
  /** Ascending, not overlapping. */
  readonly folds: readonly Fold[];
  /** `text` with its shape: lists, tables, emphasis, links. */
  readonly markdown: string;
  /** Who really wrote it, where this message hands on another one. */
  readonly forwarded?: Forwarded;
  /** Folded parts carry `data-fold`. Sanitised body; inline images keep their `cid:` address. Empty where the message has no HTML. */
  readonly html: SafeHtml;
  readonly attachments: readonly Attachment[];
  /** The untouched source as `.eml`; absent where the webmail could not give it. */
  readonly original?: StoredFile;
}

/** Somebody the ticket may be for, with the reason that the person is shown. Best first. */
export interface RequesterCandidate extends Participant {
  readonly reason: 'forwarded-author' | 'first-external-author' | 'external-author' | 'internal-author' | 'recipient';
}

/** The text in stretches, the author's own (`own`) and the folded ones: joined they are `text`, to the last character. */
export function stretchesOf({
  text,
  folds,
}: Pick<Message, 'text' | 'folds'>): { readonly kind: FoldKind | 'own'; readonly text: string }[] {
  const stretches: { kind: FoldKind | 'own'; text: string }[] = [];
  let at = 0;
  for (const { kind, start, end } of folds) {
    if (start > at) stretches.push({ kind: 'own', text: text.slice(at, start) });
    stretches.push({ kind, text: text.slice(start, end) });
    at = end;
  }
  if (at < text.length) stretches.push({ kind: 'own', text: text.slice(at) });
  return stretches;
}

/** What the author wrote: the text without its folds, and without the gaps that they leave. */
export function ownText(message: Pick<Message, 'text' | 'folds'>): string {
  return stretchesOf(message)
    .filter(({ kind }) => kind === 'own')
    .map(({ text }) => text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd())
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Messages shown together under one subject, oldest first. */
export interface Thread {
  readonly subject: string;
  /** The subject without `Re:`, `AW:`, `Fwd:` …; may be empty. */
  readonly title: string;
  /** `relais-` + 20 of `[a-z0-9]`; see `core/reference.ts`. */
  readonly reference: string;
  readonly messages: readonly Message[];
  readonly requesters: readonly RequesterCandidate[];
  readonly gaps: readonly Gap[];
}
