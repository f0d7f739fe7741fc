/** Header blocks as they really come: folded, doubled, raw 8-bit, broken. */
import { decodeText, encodingOf, tryUtf8 } from './charset.ts';

/** One header; `name` in lower case, `value` unfolded, encoded words still encoded. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface HeaderBlock {
  readonly headers: readonly Header[];
  /** Offset of the first byte after the empty line. */
  readonly bodyStart: number;
}

const lf = 0x0a;
const cr = 0x0d;

/** End of the line that starts at `from`: the offset behind its LF, or `end`. */
export function lineEnd(bytes: Uint8Array, from: number, end: number): number {
  const at = bytes.indexOf(lf, from);
  return at < 0 || at >= end ? end : at + 1;
}

/** The same line without its line break. */
export function withoutBreak(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  if (end > from && bytes[end - 1] === lf) end -= 1;
  while (end > from && bytes[end - 1] === cr) end -= 1;
  return end;
}

/**
 * Reads headers from `from` up to the empty line, or up to a line for which `stops` says so (a boundary where a part
 * has no body), or until `budget` bytes are spent. Lines that are no headers are passed over: a mailbox's `From ` line,
 * or what a gateway broke.
 */
export function readHeaders(
  bytes: Uint8Array,
  from: number,
  end: number,
  budget: number,
  stops?: (from: number, to: number) => boolean,
): HeaderBlock {
  const headers: Header[] = [];
  let pos = from;
  let field: { from: number; to: number } | undefined;
  const close = () => {
    if (field) headers.push(...headerOf(bytes, field.from, field.to));
    field = undefined;
  };
  while (pos < end) {
    const next = lineEnd(bytes, pos, end);
    const stop = withoutBreak(bytes, pos, next);
    if (stop === pos) {
      close();
      return { headers, bodyStart: next };
    }
    if (stops?.(pos, stop)) break;
    const folded = bytes[pos] === 0x20 || bytes[pos] === 0x09;
    if (folded && field) field.to = stop;
    else {
      close();
      field = pos - from < budget ? { from: pos, to: stop } : undefined;
    }
    pos = next;
  }
  close();
  return { headers, bodyStart: pos };
}

/** RFC 6532 allows UTF-8 as it is; older senders put there what the body is in, or Latin-1. Each header is judged by itself. */
function headerOf(source: Uint8Array, from: number, to: number): Header[] {
  const bytes = source.subarray(from, to);
  const field = (bytes.includes(0x1b) ? undefined : tryUtf8(bytes)) ?? decodeText(bytes, charsetOf(source));
  const colon = field.indexOf(':');
  if (colon < 1) return [];
  const name = field.slice(0, colon).trimEnd().toLowerCase();
  // A name is printable ASCII without blanks (RFC 5322 section 2.2); prose with a colon is none.
  if (!/^[!-9;-~]+$/.test(name)) return [];
  return [
    {
      name,
      value: field
        .slice(colon + 1)
        .replace(/[\r\n]+/g, '')
        .trim(),
    },
  ];
}

const charsets = new WeakMap<Uint8Array, string>();
const charsetSearched = 64 * 1024;

/** The first charset that the source names and that raw 8-bit headers could be in; `utf-8` where it names none. */
function charsetOf(source: Uint8Array): string {
  const known = charsets.get(source);
  if (known !== undefined) return known;
  const start = new TextDecoder('windows-1252').decode(source.subarray(0, charsetSearched));
  const labels = [...start.matchAll(/charset="?([\w.:-]{1,40})/gi)].map((found) => found[1]);
  const label = labels.find((name) => !['utf-8', 'utf-7', 'windows-1252', undefined].includes(encodingOf(name))) ?? 'utf-8';
  charsets.set(source, label);
  return label;
}

/** The first header of that name that holds anything; doubled headers count once. */
export function firstHeader(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name === name && header.value !== '')?.value;
}

/** Values of every header of that name. */
export function allHeaders(headers: readonly Header[], name: string): string[] {
  return headers.filter((header) => header.name === name && header.value !== '').map((header) => header.value);
}
