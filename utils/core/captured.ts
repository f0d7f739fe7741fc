/**
 * What the capture script hands over, piece by piece over a port named `capture`, and what the worker stores until
 * it is prepared. Everything from the page is hostile: parsed with these schemas, counted, capped.
 *
 *   worker → page   wanted: the open thread, one of the list, or the list · go | stop (after opened) · stored (after each message and after closed)
 *   page → worker   opened · message · chunk … · chunk · message · … · closed | listed | failed
 */
import * as v from 'valibot';

/** Bytes of one chunk before base64. */
export const chunkBytes = 192 * 1024;
/** One capture at most: bytes, messages, and copies of one message. */
export const captureLimits = { bytes: 256 * 1024 * 1024, messages: 2000, copies: 50 } as const;

const short = v.pipe(v.string(), v.maxLength(2_000));
const source = v.picklist(['raw', 'api', 'page', 'selection']);
const gap = v.object({
  code: v.picklist([
    'thread-not-searched',
    'message-missing',
    'not-the-original',
    'attachment-missing',
    'unreadable-part',
    'encrypted',
    'no-message-id',
  ]),
  message: v.optional(short),
  detail: v.optional(short),
});

const pageMessage = v.object({
  subject: v.optional(v.pipe(v.string(), v.maxLength(10_000))),
  from: v.optional(short),
  to: v.optional(v.pipe(v.array(short), v.maxLength(20_000))),
  cc: v.optional(v.pipe(v.array(short), v.maxLength(20_000))),
  sentAt: v.optional(short),
  messageId: v.optional(short),
  html: v.optional(v.pipe(v.string(), v.maxLength(20_000_000))),
  text: v.optional(v.pipe(v.string(), v.maxLength(20_000_000))),
  attachments: v.optional(
    v.pipe(v.array(v.object({ filename: short, mediaType: v.optional(short), url: v.optional(short) })), v.maxLength(1_000)),
  ),
});

/** A message as its webmail names it, to be asked for again. `href` shows it to a person. */
export const listedMessageSchema = v.object({
  id: short,
  at: v.pipe(
    v.record(v.pipe(v.string(), v.maxLength(60)), short),
    v.check((at) => Object.keys(at).length <= 20, 'Too many names'),
  ),
  href: v.exactOptional(short),
});
export type ListedMessage = v.InferOutput<typeof listedMessageSchema>;

/** A row of the webmail's list, as it is read there. */
export const listedThreadSchema = v.object({
  message: listedMessageSchema,
  subject: short,
  /** `Name <address>`, or an address. */
  from: v.exactOptional(short),
  /** In the webmail's own words. */
  when: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
  /** The person has picked it there. */
  isTicked: v.boolean(),
});
export type ListedThread = v.InferOutput<typeof listedThreadSchema>;

/** A list at most. */
export const longestList = 500;

/** The thread that is open in the page. */
export const openedSchema = v.object({
  kind: v.literal('opened'),
  webmail: short,
  threadKey: short,
  account: v.optional(short),
  subject: v.optional(short),
  expected: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(captureLimits.messages)),
});

export const fromPageSchema = v.variant('kind', [
  openedSchema,
  /** Announces a message; `bytes` of raw source follow in chunks (0: none, `page` holds what was read). */
  v.object({
    kind: v.literal('message'),
    id: short,
    source,
    bytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(captureLimits.bytes)),
    page: v.optional(pageMessage),
    /** Ids of its copies in other folders. */
    copies: v.optional(v.pipe(v.array(short), v.maxLength(captureLimits.copies))),
  }),
  v.object({ kind: v.literal('chunk'), base64: v.pipe(v.string(), v.maxLength(Math.ceil(chunkBytes / 3) * 4)) }),
  v.object({ kind: v.literal('listed'), webmail: short, threads: v.pipe(v.array(listedThreadSchema), v.maxLength(longestList)) }),
  v.object({ kind: v.literal('closed'), gaps: v.pipe(v.array(gap), v.maxLength(captureLimits.messages)) }),
  v.object({
    kind: v.literal('failed'),
    code: v.picklist([
      'no-thread',
      'no-list',
      'unknown-webmail',
      'webmail-signed-out',
      'capture-interrupted',
      'capture-too-large',
      'unexpected',
    ]),
    message: short,
  }),
]);

export type FromPage = v.InferOutput<typeof fromPageSchema>;
export type Wanted =
  | { readonly kind: 'wanted'; readonly what: 'open' }
  | { readonly kind: 'wanted'; readonly what: 'list' }
  | { readonly kind: 'wanted'; readonly what: 'thread'; readonly message: ListedMessage };
export type ToPage = Wanted | { readonly kind: 'go' } | { readonly kind: 'stop' } | { readonly kind: 'stored' };
export type CapturedPage = v.InferOutput<typeof pageMessage>;

/** One message as it was handed over; the raw source lies in the blob store under `blob`. */
export interface CapturedMessage {
  readonly id: string;
  readonly source: 'raw' | 'api' | 'page' | 'selection';
  readonly blob?: string;
  readonly page?: CapturedPage;
  readonly copies?: readonly string[];
}

/** A whole thread as it was handed over. */
export interface CapturedThread {
  readonly captureId: string;
  readonly account?: string;
  readonly subject?: string;
  readonly messages: readonly CapturedMessage[];
  readonly gaps: v.InferOutput<typeof gap>[];
}
