/**
 * A message's source as a tree of parts, in one pass over the bytes and without copying them. Done here because
 * postal-mime rewrites the line breaks of files that are not base64, adds one at their end, and has no limit on parts.
 */
import { firstHeader, type Header, lineEnd, readHeaders, withoutBreak } from './headers.ts';
import { limits } from './limits.ts';
import { readStructured, type Structured } from './parameters.ts';

export interface Part {
  readonly headers: readonly Header[];
  /** Lower case, always `type/subtype`. */
  readonly mediaType: string;
  readonly type: Structured;
  readonly disposition: Structured;
  /** Still encoded for transfer; a view on the source. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly children: readonly Part[];
  /** A multipart inside too many others: not split, handed on as it is. */
  readonly isTooDeep: boolean;
}

export interface Source {
  readonly root: Part;
  /** Parts that a limit left out. */
  readonly leftOut: number;
}

interface OpenPart {
  headers: readonly Header[];
  mediaType: string;
  type: Structured;
  disposition: Structured;
  from: number;
  to: number;
  children: OpenPart[];
  isTooDeep: boolean;
}

interface Level {
  readonly part: OpenPart;
  readonly boundary: Uint8Array;
}

/** Splits a source. Broken structure gives fewer parts, never an exception. */
export function readParts(bytes: Uint8Array<ArrayBuffer>): Source {
  const levels: Level[] = [];
  let headerBytes = 0;
  let count = 0;
  let leftOut = 0;
  /** The part whose body the scan is in; none in a preamble or epilogue. */
  let leaf: OpenPart | undefined;

  const open = (from: number, defaultType: string): { part: OpenPart; bodyStart: number } => {
    count += 1;
    const stops = levels.length > 0 ? (start: number, stop: number) => match(bytes, start, stop, levels) !== undefined : undefined;
    const block = readHeaders(bytes, from, bytes.length, limits.headerBytes - headerBytes, stops);
    headerBytes += block.bodyStart - from;
    const type = readStructured(firstHeader(block.headers, 'content-type') ?? defaultType);
    const disposition = readStructured(firstHeader(block.headers, 'content-disposition') ?? '');
    const mediaType = mediaTypeOf(type, disposition, defaultType);
    const part: OpenPart = {
      headers: block.headers,
      mediaType,
      type,
      disposition,
      from: block.bodyStart,
      to: bytes.length,
      children: [],
      isTooDeep: false,
    };
    const boundary = mediaType.startsWith('multipart/') ? type.params.get('boundary') : undefined;
    leaf = undefined;
    part.isTooDeep = boundary !== undefined && levels.length >= limits.depth;
    if (boundary && !part.isTooDeep) levels.push({ part, boundary: new TextEncoder().encode(boundary) });
    else leaf = part;
    return { part, bodyStart: block.bodyStart };
  };

  const first = open(0, 'text/plain');
  let pos = first.bodyStart;
  while (levels.length > 0 && pos < bytes.length) {
    const next = lineEnd(bytes, pos, bytes.length);
    const found = match(bytes, pos, withoutBreak(bytes, pos, next), levels);
    if (!found) {
      pos = next;
      continue;
    }
    // The line break before a boundary belongs to the boundary (RFC 2046 section 5.1.1).
    const stop = Math.max(lineBreakBefore(bytes, pos), 0);
    if (leaf) leaf.to = Math.max(stop, leaf.from);
    for (const level of levels.slice(found.level + 1)) level.part.to = stop;
    leaf = undefined;
    const parent = levels[found.level]?.part;
    levels.length = found.level + (found.isLast ? 0 : 1);
    if (found.isLast || !parent) {
      if (parent) parent.to = stop;
      pos = next;
    } else if (count >= limits.parts) {
      leftOut += 1;
      pos = next;
    } else {
      const child = open(next, parent.mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain');
      parent.children.push(child.part);
      pos = child.bodyStart;
    }
  }
  return { root: finish(first.part, bytes), leftOut };
}

function mediaTypeOf(type: Structured, disposition: Structured, defaultType: string): string {
  if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type.value)) return type.value;
  // RFC 2045 section 5.2: what can't be understood is text; but a file is no text to read.
  const isFile = disposition.value === 'attachment' || disposition.params.has('filename') || type.params.has('name');
  return isFile ? 'application/octet-stream' : defaultType;
}

/** Which open multipart the line is a boundary of; an outer one closes those inside it. */
function match(bytes: Uint8Array, from: number, to: number, levels: readonly Level[]): { level: number; isLast: boolean } | undefined {
  if (to - from < 3 || bytes[from] !== 0x2d || bytes[from + 1] !== 0x2d) return undefined;
  for (let level = levels.length - 1; level >= 0; level -= 1) {
    const boundary = levels[level]?.boundary;
    if (!boundary || !startsWith(bytes, from + 2, to, boundary)) continue;
    let at = from + 2 + boundary.length;
    const isLast = to - at >= 2 && bytes[at] === 0x2d && bytes[at + 1] === 0x2d;
    if (isLast) at += 2;
    while (at < to && (bytes[at] === 0x20 || bytes[at] === 0x09)) at += 1;
    if (at === to) return { level, isLast };
  }
  return undefined;
}

function startsWith(bytes: Uint8Array, from: number, to: number, prefix: Uint8Array): boolean {
  if (to - from < prefix.length) return false;
  for (let index = 0; index < prefix.length; index += 1) if (bytes[from + index] !== prefix[index]) return false;
  return true;
}

function lineBreakBefore(bytes: Uint8Array, at: number): number {
  if (bytes[at - 1] !== 0x0a) return at;
  return bytes[at - 2] === 0x0d ? at - 2 : at - 1;
}

function finish(part: OpenPart, bytes: Uint8Array<ArrayBuffer>): Part {
  const { headers, mediaType, type, disposition, isTooDeep } = part;
  return {
    headers,
    mediaType,
    type,
    disposition,
    body: bytes.subarray(part.from, part.to),
    children: part.children.map((child) => finish(child, bytes)),
    isTooDeep,
  };
}
