/** Encoded words of headers (RFC 2047), in any charset that bodies may have. */
import { decodeText } from './charset.ts';
import { decodeTransfer } from './transfer.ts';

interface Word {
  /** As it stands in the header. */
  readonly source: string;
  /** As labelled, for comparing with the next word. */
  readonly charset: string;
  readonly bytes: Uint8Array;
}

const garbled = /[\u{1}-\u{8}\u{e}-\u{1f}]/u;
const blank = /^[ \t\r\n]*$/;
const utf8 = new TextEncoder();

/** The text with every encoded word read. What only looks like one stays as it stands. */
export function decodeEncodedWords(text: string): string {
  return mapRuns(text, (decoded) => decoded);
}

/**
 * The same text with its encoded words in UTF-8, still encoded: for a reader that must see the structure (commas,
 * brackets) before the words, and knows fewer charsets.
 */
export function unifyEncodedWords(text: string): string {
  return mapRuns(text, (decoded) => {
    let binary = '';
    for (const byte of utf8.encode(decoded)) binary += String.fromCharCode(byte);
    return `=?utf-8?B?${btoa(binary)}?=`;
  });
}

/** Replaces runs of words of one charset, which only blanks separate: a letter may be cut between two of them. */
function mapRuns(text: string, map: (decoded: string) => string): string {
  const out: string[] = [];
  let run: Word[] = [];
  let pos = 0;
  const close = () => {
    const first = run[0];
    const decoded = first ? decodeText(joinBytes(run), first.charset) : '';
    // What gives control characters was no text: its letters say more than what they decode to.
    if (first) out.push(garbled.test(decoded) ? run.map(({ source }) => source).join(' ') : map(decoded));
    run = [];
  };
  for (let at = text.indexOf('=?'); at >= 0; at = text.indexOf('=?', Math.max(at + 1, pos))) {
    const found = wordAt(text, at);
    if (found === 'none left') break;
    if (found === undefined) continue;
    const between = text.slice(pos, at);
    // Blanks between two words belong to neither, whatever their charsets.
    const follows = run.length > 0 && blank.test(between);
    if (!follows || run[0]?.charset !== found.word.charset) close();
    if (!follows) out.push(between);
    run.push(found.word);
    pos = found.end;
  }
  close();
  out.push(text.slice(pos));
  return out.join('');
}

const head = /=\?([^?\s]{1,80})\?([qb])\?/iy;

function wordAt(text: string, at: number): { word: Word; end: number } | 'none left' | undefined {
  head.lastIndex = at;
  const found = head.exec(text);
  const charset = found?.[1]?.replace(/\*.*$/, '').toLowerCase();
  if (!found || !charset) return undefined;
  const start = at + found[0].length;
  const end = text.indexOf('?=', start);
  // The last word of a header that was cut has no end.
  if (end < 0)
    return text.length - start > 200 || text.includes(' ', start)
      ? 'none left'
      : wordOf(text.slice(at), charset, found[2], text.slice(start), text.length);
  return wordOf(text.slice(at, end + 2), charset, found[2], text.slice(start, end), end + 2);
}

function wordOf(source: string, charset: string, encoding: string | undefined, content: string, end: number): { word: Word; end: number } {
  const isQ = encoding?.toLowerCase() === 'q';
  const encoded = utf8.encode(isQ ? content.replace(/[_\s]/g, ' ').replace(/= (?=[0-9a-f])/gi, '=') : content);
  return { word: { source, charset, bytes: decodeTransfer(encoded, isQ ? 'quoted-printable' : 'base64').bytes }, end };
}

function joinBytes(words: readonly Word[]): Uint8Array {
  const out = new Uint8Array(words.reduce((total, { bytes }) => total + bytes.length, 0));
  let at = 0;
  for (const { bytes } of words) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
}
