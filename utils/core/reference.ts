/**
 * The mark that ties a thread to its ticket: `relais-` and 20 characters of `[a-z0-9]`, derived from the first
 * Message-ID of the thread's References, so that every mailbox of a team computes the same.
 */
const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const digits = 20;

/** All references look like this; `-m` and ten characters mark one message of the thread. */
export const referencePattern = /^relais-[a-z0-9]{20}$/;

/** The thread's reference. The same id gives the same reference on every machine. */
export async function referenceOf(rootMessageId: string): Promise<string> {
  return `relais-${await digest(`thread:${normalise(rootMessageId)}`, digits)}`;
}

/** A reference of its own for a thread that has no Message-ID at all. */
export function randomReference(random: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => crypto.getRandomValues(bytes)): string {
  const bytes = new Uint8Array(64);
  random(bytes);
  return `relais-${encode(bytes, digits)}`;
}

/** The mark of one appended message; derived from its Message-ID, or from its id in the webmail where it has none. */
export async function articleReference(reference: string, messageId: string): Promise<string> {
  return `${reference}-m${await digest(`message:${normalise(messageId)}`, 10)}`;
}

function normalise(messageId: string): string {
  return messageId.trim().replace(/^<|>$/g, '');
}

async function digest(text: string, length: number): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return encode(hash, length);
}

/** Bytes of 252 and more are left out, so that each character is equally likely. */
function encode(bytes: Uint8Array, length: number): string {
  const even = [...bytes].filter((byte) => byte < 252);
  return even
    .slice(0, length)
    .map((byte) => alphabet.charAt(byte % 36))
    .join('');
}
