/** As much of a mail's header as it takes to find the rest of its thread. Everything else is understood later, elsewhere. */
export interface MailHeader {
  /** Without angle brackets. */
  readonly messageId?: string;
  /** Oldest first, In-Reply-To last where References lacks it, without angle brackets. */
  readonly references: readonly string[];
  /** Milliseconds since 1970, from Date or else the newest Received. */
  readonly date?: number;
  /** Some server took it in: it is not merely somebody's draft. */
  readonly received: boolean;
}

const headerLimit = 256 * 1024;
const firstLine = /^(?:From |[A-Za-z0-9][!-9;-~]*[ \t]*:)/;

/** Whether these bytes begin as a mail does. A log-in page and an empty answer do not. */
export function looksLikeMail(bytes: ArrayBuffer): boolean {
  return firstLine.test(latin1(bytes, 200));
}

/** Reads the header of a raw mail. Never throws: what can't be read is absent. */
export function readMailHeader(bytes: ArrayBuffer): MailHeader {
  const text = latin1(bytes, headerLimit);
  const end = /\r?\n\r?\n/.exec(text);
  const head = (end ? text.slice(0, end.index) : text).replace(/\r?\n[ \t]+/g, ' ');
  const all = (name: string) => [...head.matchAll(new RegExp(`^${name}[ \\t]*:(.*)$`, 'gim'))].map((match) => match[1] ?? '');
  const first = (name: string) => all(name)[0] ?? '';
  const references = idsIn(first('References'));
  const parent = idsIn(first('In-Reply-To'))[0];
  if (parent !== undefined && !references.includes(parent)) references.push(parent);
  const messageId = idsIn(first('Message-ID'))[0];
  const received = all('Received');
  const date = time(first('Date')) ?? time(received[0]?.split(';').at(-1) ?? '');
  return {
    ...(messageId === undefined ? {} : { messageId }),
    references,
    ...(date === undefined ? {} : { date }),
    received: received.length > 0,
  };
}

/** The first message of the thread as this one tells it; `undefined` for a mail without any id. */
export function rootOf(header: MailHeader): string | undefined {
  return header.references[0] ?? header.messageId;
}

function idsIn(value: string): string[] {
  return [...value.matchAll(/<([^<>\s]+)>/g)].map((match) => match[1] ?? '');
}

function time(value: string): number | undefined {
  const parsed = Date.parse(value.replace(/\([^()]*\)/g, ' ').trim());
  return Number.isNaN(parsed) ? undefined : parsed;
}

function latin1(bytes: ArrayBuffer, limit: number): string {
  return new TextDecoder('latin1').decode(new Uint8Array(bytes, 0, Math.min(bytes.byteLength, limit)));
}
