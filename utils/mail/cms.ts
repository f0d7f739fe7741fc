/** Just enough of CMS (RFC 5652) to show what an opaquely signed S/MIME mail says. Nothing is verified. */

export type Envelope =
  | { readonly kind: 'signed' /** The MIME entity that was signed. */; readonly content: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'encrypted' };

interface Value {
  readonly tag: number;
  readonly from: number;
  /** End of the contents. */
  readonly to: number;
  /** Where the next value begins: behind the end mark where the length was left open. */
  readonly next: number;
}

const sequence = 0x30;
const oid = 0x06;
const octets = 0x04;
const constructedOctets = 0x24;
const content = 0xa0;

const data = '1.2.840.113549.1.7.1';
const signed = '1.2.840.113549.1.7.2';
const encrypted = new Set(['1.2.840.113549.1.7.3', '1.2.840.113549.1.7.6', '1.2.840.113549.1.9.16.1.23']);

/** Elements inside elements; a real mail has about eight. */
const deepest = 16;

/** What the envelope is; `undefined` where it can't be read, or holds only a signature or certificates. */
export function openEnvelope(bytes: Uint8Array<ArrayBuffer>): Envelope | undefined {
  const outer = inside(bytes, readValue(bytes, 0, bytes.length, 0), sequence);
  const kind = outer[0] && readOid(bytes, outer[0]);
  if (kind !== undefined && encrypted.has(kind)) return { kind: 'encrypted' };
  if (kind !== signed) return undefined;
  const [body] = inside(bytes, outer[1], content);
  // version, digest algorithms, then what was signed.
  const what = inside(bytes, inside(bytes, body, sequence)[2], sequence);
  if (!what[0] || readOid(bytes, what[0]) !== data) return undefined;
  const [signedContent] = inside(bytes, what[1], content);
  const pieces = signedContent ? readOctets(bytes, signedContent, 0) : [];
  if (pieces.length === 0) return undefined;
  const joined = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return { kind: 'signed', content: joined };
}

/** The elements inside one that must have the tag; none where it has not. */
function inside(bytes: Uint8Array, value: Value | undefined, tag: number): Value[] {
  const found: Value[] = [];
  if (value?.tag !== tag) return found;
  for (let at = value.from; at < value.to; ) {
    const next = readValue(bytes, at, value.to, 0);
    if (!next) break;
    found.push(next);
    // Only the first ones are asked for; certificates follow.
    if (found.length === 4) break;
    at = next.next;
  }
  return found;
}

function readValue(bytes: Uint8Array, at: number, end: number, depth: number): Value | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || depth > deepest) return undefined;
  if (first === 0x80) return readOpen(bytes, tag, at + 2, end, depth);
  let length = first;
  let from = at + 2;
  if (first > 0x80) {
    const count = first & 0x7f;
    if (count > 4) return undefined;
    length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + (bytes[from + index] ?? 0);
    from += count;
  }
  // A cut mail still shows what arrived.
  const to = Math.min(from + length, end);
  return from > end ? undefined : { tag, from, to, next: to };
}

/** Length left open: the contents end with two zeros, behind whole elements. */
function readOpen(bytes: Uint8Array, tag: number, from: number, end: number, depth: number): Value {
  let at = from;
  while (at < end && !(bytes[at] === 0 && bytes[at + 1] === 0)) {
    const child = readValue(bytes, at, end, depth + 1);
    if (!child) return { tag, from, to: at, next: end };
    at = child.next;
  }
  return { tag, from, to: Math.min(at, end), next: Math.min(at + 2, end) };
}

function readOctets(bytes: Uint8Array<ArrayBuffer>, value: Value, depth: number): Uint8Array<ArrayBuffer>[] {
  if (value.tag === octets) return [bytes.subarray(value.from, value.to)];
  if (value.tag !== constructedOctets || depth > 2) return [];
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let at = value.from; at < value.to; ) {
    const next = readValue(bytes, at, value.to, 0);
    if (!next) break;
    pieces.push(...readOctets(bytes, next, depth + 1));
    at = next.next;
  }
  return pieces;
}

function readOid(bytes: Uint8Array, value: Value): string | undefined {
  if (value.tag !== oid || value.to - value.from > 20) return undefined;
  const numbers: number[] = [];
  let number = 0;
  for (const byte of bytes.subarray(value.from, value.to)) {
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  const first = numbers[0] ?? 0;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...numbers.slice(1)].join('.');
}
