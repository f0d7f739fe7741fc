/** Headers with parameters: `Content-Type` and `Content-Disposition`, with RFC 2231 and what is sent instead of it. */
import { decodeText } from './charset.ts';
import { decodeEncodedWords } from './encoded-words.ts';

export interface Structured {
  /** Lower case; empty where the header has none. */
  readonly value: string;
  /** Lower-case names, decoded values; the first of doubled parameters. */
  readonly params: ReadonlyMap<string, string>;
}

/** Reads `value; name=value; name*0*=…`. Never throws. */
export function readStructured(header: string): Structured {
  // Blanks are collapsed and the length is capped so that no pattern below can be made to run long.
  const [first = '', ...rest] = segments(header.slice(0, 65_536).replace(/\s+/g, ' '));
  // `text/plain charset=utf-8`: a forgotten semicolon.
  const [value = '', ...stray] = first.trim().split(/\s+(?=[\w*-]+=)/);
  const raw = new Map<string, string>();
  for (const segment of [...stray, ...rest]) {
    const equals = segment.indexOf('=');
    if (equals < 1) continue;
    const name = segment.slice(0, equals).trim().toLowerCase();
    if (!raw.has(name)) raw.set(name, unquote(segment.slice(equals + 1)));
  }
  return { value: withoutComment(value).trim().toLowerCase(), params: joinContinuations(raw) };
}

/** Splits at semicolons outside quotes. */
function segments(header: string): string[] {
  const found: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < header.length; at += 1) {
    const char = header[at];
    if (quoted && char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === ';' && !quoted) {
      found.push(header.slice(start, at));
      start = at + 1;
    }
  }
  const last = header.slice(start);
  // A quote that never closes must not swallow the boundary that stands behind it.
  return quoted ? [...found, ...last.split(';')] : [...found, last];
}

function unquote(text: string): string {
  const value = text.trim();
  if (!value.startsWith('"')) return withoutComment(value).trim();
  const inner = /^"((?:[^"\\]|\\.)*)"?/s.exec(value)?.[1] ?? '';
  // Only `\"` and `\\` are taken for escapes: `"C:\mail\a.txt"` is sent unescaped.
  return inner.replace(/\\(["\\])/g, '$1');
}

/** `us-ascii (plain)`; but `Invoice(1).pdf` keeps its brackets. */
function withoutComment(text: string): string {
  const at = text.search(/\s\(/);
  return at < 0 || !text.trimEnd().endsWith(')') ? text : text.slice(0, at);
}

interface Section {
  readonly order: number;
  readonly encoded: boolean;
  readonly value: string;
}

/** RFC 2231: `name*0*=utf-8''…; name*1=…` becomes `name`. A starred name wins over a plain one. */
function joinContinuations(raw: ReadonlyMap<string, string>): Map<string, string> {
  const sections = new Map<string, Section[]>();
  const params = new Map<string, string>();
  for (const [name, value] of raw) {
    const star = /^([^*]+)\*(\d{1,4})?(\*)?$/.exec(name);
    const base = star?.[1];
    if (!star || !base) params.set(name, decodeEncodedWords(value));
    else {
      const encoded = star[3] === '*' || star[2] === undefined;
      const list = sections.get(base) ?? [];
      list.push({ order: Number(star[2] ?? 0), encoded, value });
      sections.set(base, list);
    }
  }
  for (const [name, list] of sections) params.set(name, joinSections(list.sort((a, b) => a.order - b.order)));
  return params;
}

/** A letter may be cut between two sections, so bytes are joined before they are read. */
function joinSections(list: readonly Section[]): string {
  let charset: string | undefined;
  const bytes: number[] = [];
  list.forEach((section, index) => {
    const mark = index === 0 && section.encoded ? /^([^']*)'[^']*'(.*)$/s.exec(section.value) : null;
    if (mark?.[1]) charset = mark[1];
    const value = mark?.[2] ?? section.value;
    for (const byte of section.encoded ? percentBytes(value) : new TextEncoder().encode(value)) bytes.push(byte);
  });
  return decodeText(new Uint8Array(bytes), charset);
}

function percentBytes(text: string): number[] {
  const bytes: number[] = [];
  for (const piece of text.split(/(%[0-9a-f]{2})/i)) {
    if (/^%[0-9a-f]{2}$/i.test(piece)) bytes.push(Number.parseInt(piece.slice(1), 16));
    else for (const byte of new TextEncoder().encode(piece)) bytes.push(byte);
  }
  return bytes;
}
