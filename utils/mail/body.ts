/** What of a message is to be read and what is a file. */
import { decodeText, encodingOf } from './charset.ts';
import { firstHeader } from './headers.ts';
import type { Part } from './parts.ts';
import { unflow } from './plain.ts';
import { decodeTransfer } from './transfer.ts';

export interface FilePart {
  readonly part: Part;
  /** Position among the message's leaves, from 1: names a part that has no name. */
  readonly number: number;
}

/** Untouched: `html` is hostile, `text` has the sender's line ends. A piece has one or the other or both. */
export interface BodyPiece {
  readonly text?: string;
  readonly html?: string;
}

export interface Body {
  readonly pieces: readonly BodyPiece[];
  readonly files: readonly FilePart[];
  /** Parts that are there and can't be read: encrypted, cut, nested too deep. */
  readonly unreadable: readonly FilePart[];
}

interface Reading {
  readonly pieces: BodyPiece[];
  readonly files: FilePart[];
  readonly unreadable: FilePart[];
  leaves: number;
}

const signatures = new Set(['application/pgp-signature', 'application/pkcs7-signature', 'application/x-pkcs7-signature']);
const encrypted = new Set(['application/pgp-encrypted', 'application/pkcs7-mime', 'application/x-pkcs7-mime']);

/** Sorts every part of the tree. Each leaf goes to exactly one place, but a signature, which only the original keeps valid. */
export function readBody(root: Part): Body {
  const reading: Reading = { pieces: [], files: [], unreadable: [], leaves: 0 };
  collect(root, reading, undefined);
  return reading;
}

/** `container` is the media type of the closest multipart. */
function collect(part: Part, reading: Reading, container: string | undefined): void {
  if (part.children.length > 0) {
    if (part.mediaType === 'multipart/alternative') collectAlternatives(part, reading);
    else for (const child of part.children) collect(child, reading, part.mediaType);
    return;
  }
  reading.leaves += 1;
  const file: FilePart = { part, number: reading.leaves };
  if (container === 'multipart/signed' && signatures.has(part.mediaType)) return;
  if (part.mediaType.startsWith('multipart/')) {
    if (part.body.length > 0) reading.unreadable.push(file);
    if (part.isTooDeep) reading.files.push(file);
    // Its boundary never came: its words are better shown raw than lost.
    else reading.pieces.push({ text: decodeText(decodeTransfer(part.body, encodingOfTransfer(part)).bytes) });
  } else if (isText(part, reading, container)) reading.pieces.push(pieceOf(part));
  else {
    if (encrypted.has(part.mediaType)) reading.unreadable.push(file);
    reading.files.push(file);
  }
}

/** One piece of all the texts: the same words in several forms. Files among the alternatives (an invitation) stay files. */
function collectAlternatives(part: Part, reading: Reading): void {
  const inside: Reading = { pieces: [], files: [], unreadable: [], leaves: reading.leaves };
  for (const child of part.children) collect(child, inside, part.mediaType);
  const texts = inside.pieces.map((piece) => piece.text ?? '').filter((text) => text.trim() !== '');
  const markups = inside.pieces.map((piece) => piece.html ?? '').filter((markup) => markup.trim() !== '');
  reading.pieces.push({
    ...(texts.length > 0 ? { text: texts.join('\n\n') } : {}),
    ...(markups.length > 0 ? { html: markups.join('\n') } : {}),
  });
  reading.files.push(...inside.files);
  reading.unreadable.push(...inside.unreadable);
  reading.leaves = inside.leaves;
}

function isText(part: Part, reading: Reading, container: string | undefined): boolean {
  if (part.mediaType !== 'text/plain' && part.mediaType !== 'text/html') return false;
  if (part.disposition.value === 'attachment') return false;
  const isNamed = part.disposition.params.has('filename') || part.type.params.has('name');
  // A named text after the first one is a file that its sender's program shows inline.
  return !isNamed || container === 'multipart/alternative' || reading.pieces.length === 0;
}

function pieceOf(part: Part): BodyPiece {
  const bytes = decodeTransfer(part.body, encodingOfTransfer(part)).bytes;
  const label = part.type.params.get('charset');
  if (part.mediaType === 'text/html') return { html: decodeText(bytes, encodingOf(label) ? label : charsetInside(bytes)) };
  const text = decodeText(bytes, label);
  const isFlowed = part.type.params.get('format')?.toLowerCase() === 'flowed';
  return { text: isFlowed ? unflow(text, part.type.params.get('delsp')?.toLowerCase() === 'yes') : text };
}

/** Name of the part's transfer encoding, lower case. */
export function encodingOfTransfer(part: Part): string {
  return (firstHeader(part.headers, 'content-transfer-encoding') ?? '').toLowerCase();
}

/** `<meta charset>`, where the header says nothing. */
function charsetInside(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 2_048));
  return /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1];
}
