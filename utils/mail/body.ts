/** What of a message is to be read and what is a file. */
import { describeCalendar, isCalendar } from './calendar.ts';
import { decodeText, encodingOf } from './charset.ts';
import { openEnvelope } from './cms.ts';
import { describeReport, isReport } from './delivery-report.ts';
import { firstHeader } from './headers.ts';
import { limits } from './limits.ts';
import { type Part, readParts } from './parts.ts';
import { unflow } from './plain.ts';
import { readRtf } from './rtf.ts';
import { isEncryptedText, withoutSignatureFrame } from './secured.ts';
import { readTnef } from './tnef.ts';
import { type Decoded, decodeTransfer } from './transfer.ts';

/** A file of a message, wherever in it it was. */
export interface FoundFile {
  /** Position among what the message holds, from 1: names a file that has no name. */
  readonly number: number;
  readonly mediaType: string;
  /** As it calls itself: not safe. */
  readonly name?: string;
  /** Without angle brackets. */
  readonly contentId?: string;
  read(): Decoded;
}

/** Untouched: `html` is hostile, `text` has the sender's line ends. A piece has one or the other or both. */
export interface BodyPiece {
  readonly text?: string;
  readonly html?: string;
}

/** A part that is there and can't be read: cut, nested too deep (`unreadable-part`), or closed to us (`encrypted`). */
export interface Trouble {
  readonly code: 'unreadable-part' | 'encrypted';
  readonly file: FoundFile;
}

export interface Body {
  readonly pieces: readonly BodyPiece[];
  readonly files: readonly FoundFile[];
  readonly troubles: readonly Trouble[];
}

interface Reading {
  readonly pieces: BodyPiece[];
  /** What invitations and reports say, in words: below what people wrote. */
  readonly summaries: Set<string>;
  readonly files: FoundFile[];
  readonly troubles: Trouble[];
  /** Signed contents inside signed contents. */
  readonly depth: number;
  readonly count: { leaves: number };
}

const signatures = new Set(['application/pgp-signature', 'application/pkcs7-signature', 'application/x-pkcs7-signature']);
const envelopes = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime']);
const packed = new Set(['application/ms-tnef', 'application/vnd.ms-tnef']);
/** Forms of the same words that no ticket system shows; beside another form only the original keeps them. */
const lesserForms = new Set(['text/x-amp-html', 'text/watch-html', 'text/enriched', 'text/richtext', 'text/rtf']);

/** Sorts every part of the tree. Each leaf goes to exactly one place, but for signatures, which only the original keeps valid. */
export function readBody(root: Part): Body {
  const reading = newReading({ leaves: 0 }, 0);
  collect(root, reading, undefined);
  return finish(reading);
}

function newReading(count: { leaves: number }, depth: number): Reading {
  return { pieces: [], summaries: new Set(), files: [], troubles: [], depth, count };
}

function finish({ pieces, summaries, files, troubles }: Reading): Body {
  return { pieces: [...pieces, ...[...summaries].map((text) => ({ text }))], files, troubles };
}

/** `container` is the media type of the closest multipart. */
function collect(part: Part, reading: Reading, container: string | undefined): void {
  if (part.children.length === 0) collectLeaf(part, reading, container);
  else if (part.mediaType === 'multipart/alternative') collectAlternatives(part, reading);
  else for (const child of part.children) collect(child, reading, part.mediaType);
}

function collectLeaf(part: Part, reading: Reading, container: string | undefined): void {
  reading.count.leaves += 1;
  const file = fileOf(part, reading.count.leaves);
  const { mediaType } = part;
  if (container === 'multipart/signed' && signatures.has(mediaType)) return;
  if (mediaType === 'application/pgp-encrypted') reading.troubles.push({ code: 'encrypted', file });
  else if (mediaType.startsWith('multipart/')) collectUnsplit(part, file, reading);
  else if (envelopes.has(mediaType)) collectEnvelope(file, reading);
  else if (packed.has(mediaType) || file.name?.toLowerCase() === 'winmail.dat') collectPacked(file, reading);
  else if (isText(part, reading, container)) reading.pieces.push(pieceOf(part, file, reading));
  else {
    reading.files.push(file);
    if (isReport(mediaType)) summarise(reading, describeReport(file.read().bytes));
    else if (isCalendar(mediaType)) {
      const summary = describeCalendar(decodeText(file.read().bytes, part.type.params.get('charset')));
      if (summary === undefined) reading.troubles.push({ code: 'unreadable-part', file });
      else summarise(reading, summary);
    }
  }
}

function summarise(reading: Reading, summary: string): void {
  if (summary.trim()) reading.summaries.add(summary.trim());
}

/** A multipart without parts: its boundary never came, or it is too deep. Its words are better shown raw than lost. */
function collectUnsplit(part: Part, file: FoundFile, reading: Reading): void {
  if (part.body.length > 0) reading.troubles.push({ code: 'unreadable-part', file });
  if (part.isTooDeep) reading.files.push(file);
  else reading.pieces.push({ text: decodeText(file.read().bytes) });
}

/** S/MIME in one block: signed contents are read like a mail of their own. */
function collectEnvelope(file: FoundFile, reading: Reading): void {
  const envelope = openEnvelope(file.read().bytes);
  if (envelope?.kind === 'signed' && reading.depth < limits.envelopes) {
    const inner = newReading(reading.count, reading.depth + 1);
    const { root, leftOut } = readParts(envelope.content);
    collect(root, inner, undefined);
    addTo(reading, inner);
    if (leftOut === 0) return;
  }
  reading.troubles.push({ code: envelope?.kind === 'encrypted' ? 'encrypted' : 'unreadable-part', file });
  reading.files.push(file);
}

/** `winmail.dat`: its files become the message's. Its words are the message's own, in a better form. */
function collectPacked(file: FoundFile, reading: Reading): void {
  const { bytes, damaged } = file.read();
  const unpacked = readTnef(bytes);
  if (!unpacked || unpacked.isDamaged || damaged) {
    reading.troubles.push({ code: 'unreadable-part', file });
    reading.files.push(file);
  }
  if (!unpacked) return;
  const { html, text } = unpacked;
  const plain = reading.pieces.findIndex((piece) => piece.text?.trim());
  if (!reading.pieces.some((piece) => piece.html?.trim())) {
    if (plain < 0) reading.pieces.push({ ...(text === undefined ? {} : { text }), ...(html === undefined ? {} : { html }) });
    else if (html !== undefined) reading.pieces[plain] = { ...reading.pieces[plain], html };
  }
  for (const { name, mediaType, contentId, bytes: content } of unpacked.files) {
    reading.count.leaves += 1;
    reading.files.push({
      number: reading.count.leaves,
      mediaType: mediaType && /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType.toLowerCase() : 'application/octet-stream',
      ...(name ? { name } : {}),
      ...(contentId ? { contentId } : {}),
      read: () => ({ bytes: content, damaged: false }),
    });
  }
}

/** One piece of all the texts: the same words in several forms. Files among the alternatives (an invitation) stay files. */
function collectAlternatives(part: Part, reading: Reading): void {
  const inside = newReading(reading.count, reading.depth);
  const isReadable = part.children.some((child) => !lesserForms.has(child.mediaType) && /^(?:text|multipart)\//.test(child.mediaType));
  for (const child of part.children) if (!isReadable || !lesserForms.has(child.mediaType)) collect(child, inside, part.mediaType);
  const texts = inside.pieces.map((piece) => piece.text ?? '').filter((text) => text.trim() !== '');
  const markups = inside.pieces.map((piece) => piece.html ?? '').filter((markup) => markup.trim() !== '');
  addTo(reading, {
    ...inside,
    pieces: [{ ...(texts.length > 0 ? { text: texts.join('\n\n') } : {}), ...(markups.length > 0 ? { html: markups.join('\n') } : {}) }],
  });
}

function addTo(reading: Reading, inner: Reading): void {
  reading.pieces.push(...inner.pieces);
  for (const summary of inner.summaries) reading.summaries.add(summary);
  reading.files.push(...inner.files);
  reading.troubles.push(...inner.troubles);
}

function isText(part: Part, reading: Reading, container: string | undefined): boolean {
  if (!part.mediaType.startsWith('text/') || isCalendar(part.mediaType) || part.disposition.value === 'attachment') return false;
  const isNamed = part.disposition.params.has('filename') || part.type.params.has('name');
  // A named text after the first one is a file that its sender's program shows inline.
  if (isNamed && container !== 'multipart/alternative' && reading.pieces.length > 0) return false;
  return part.mediaType === 'text/plain' || part.mediaType === 'text/html' || (lesserForms.has(part.mediaType) && !isNamed);
}

function pieceOf(part: Part, file: FoundFile, reading: Reading): BodyPiece {
  const { bytes, damaged } = file.read();
  if (damaged) reading.troubles.push({ code: 'unreadable-part', file });
  const label = part.type.params.get('charset');
  if (part.mediaType === 'text/rtf') return readRtf(bytes);
  if (part.mediaType === 'text/html' || part.mediaType === 'text/x-amp-html' || part.mediaType === 'text/watch-html')
    return { html: decodeText(bytes, encodingOf(label) ? label : charsetInside(bytes)) };
  const text = decodeText(bytes, label);
  // The commands of enriched text (RFC 1896) are read as if they were markup that means nothing.
  if (part.mediaType !== 'text/plain') return { text: text.replace(/<<|<[^<>]{0,100}>/g, (found) => (found === '<<' ? '<' : '')) };
  if (isEncryptedText(text)) reading.troubles.push({ code: 'encrypted', file });
  const isFlowed = part.type.params.get('format')?.toLowerCase() === 'flowed';
  return { text: withoutSignatureFrame(isFlowed ? unflow(text, part.type.params.get('delsp')?.toLowerCase() === 'yes') : text) };
}

function fileOf(part: Part, number: number): FoundFile {
  const name = part.disposition.params.get('filename') ?? part.type.params.get('name');
  const contentId = firstHeader(part.headers, 'content-id')?.trim().replace(/^<|>$/g, '').slice(0, 1_000);
  const encoding = (firstHeader(part.headers, 'content-transfer-encoding') ?? '').toLowerCase();
  return {
    number,
    mediaType: part.mediaType,
    ...(name ? { name } : {}),
    ...(contentId ? { contentId } : {}),
    // Decoded each time anew: the files of a message must not lie in memory all at once.
    read: () => decodeTransfer(part.body, encoding),
  };
}

/** `<meta charset>`, where the header says nothing. */
function charsetInside(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 2_048));
  return /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1];
}
