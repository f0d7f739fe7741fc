/** Bytes to text, whatever the label says. */
import { decodeOld, isOldCharset } from './old-charsets.ts';

/** Labels that mail uses and the Encoding Standard doesn't know, reduced to letters and digits. */
const aliases: Readonly<Record<string, string>> = {
  shiftjis: 'shift_jis',
  cp932: 'shift_jis',
  mskanji: 'shift_jis',
  eucjp: 'euc-jp',
  cp51932: 'euc-jp',
  iso2022kr: 'iso-2022-kr',
  iso2022jp1: 'iso-2022-jp',
  iso2022jp2: 'iso-2022-jp',
  iso2022jpms: 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp50222: 'iso-2022-jp',
  euckr: 'euc-kr',
  uhc: 'euc-kr',
  cp949: 'euc-kr',
  cp936: 'gbk',
  gb18030: 'gb18030',
  euccn: 'gbk',
  cp950: 'big5',
  big5hkscs: 'big5',
  tis620: 'windows-874',
  cp874: 'windows-874',
  iso88598i: 'iso-8859-8-i',
  iso88598e: 'iso-8859-8-e',
  hz: 'hz-gb-2312',
  hzgb2312: 'hz-gb-2312',
  cp437: 'cp437',
  cp850: 'cp850',
  cp858: 'cp850',
  cp852: 'cp852',
  utf7: 'utf-7',
  unicode11utf7: 'utf-7',
  unicode20utf7: 'utf-7',
  utf8mb4: 'utf-8',
  ansix341968: 'windows-1252',
  iso646us: 'windows-1252',
  unknown8bit: 'utf-8',
  default: 'utf-8',
};

/** Charsets whose text can by chance be UTF-8 too: two bytes a letter. One byte a letter can't, but for a letter or two. */
const wide = new Set(['gbk', 'gb18030', 'big5', 'euc-jp', 'euc-kr', 'shift_jis', 'iso-2022-jp', 'utf-16le', 'utf-16be']);
/** What clients put where nobody looked: here even a single letter of UTF-8 is believed. */
const careless = new Set(['utf-8', 'windows-1252']);

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const decoders = new Map<string, TextDecoder>();
/** Labels that were tried: asking the platform for one it doesn't know takes longer than decoding. */
const unknown = new Set<string>();

/**
 * Text of the bytes. UTF-8 under another label is read as UTF-8, Japanese in escapes under none as Japanese, and bytes
 * that call themselves UTF-8 and are not as windows-1252. Never throws: what can't be read becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, label?: string): string {
  const encoding = encodingOf(label) ?? encodingOfMark(bytes) ?? 'utf-8';
  if (careless.has(encoding)) {
    if (hasJapaneseEscape(bytes)) return decoderOf('iso-2022-jp').decode(bytes);
    return tryUtf8(bytes) ?? mostlyUtf8(bytes, encoding) ?? decoderOf('windows-1252').decode(bytes);
  }
  if (encoding.startsWith('utf-16')) return decoderOf(encodingOfMark(bytes) ?? encoding).decode(bytes);
  const old = decodeOld(bytes, encoding);
  if (old !== undefined) return old;
  if (!wide.has(encoding) && countLeads(bytes, 2) === 2) {
    const text = tryUtf8(bytes);
    if (text !== undefined) return text;
  }
  return decoderOf(encoding).decode(bytes);
}

/** The bytes as text where they are UTF-8 without a fault (ASCII is), else `undefined`. */
export function tryUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function decoderOf(encoding: string): TextDecoder {
  const known = decoders.get(encoding) ?? new TextDecoder(encoding);
  decoders.set(encoding, known);
  return known;
}

/** How many bytes begin a letter of several bytes in UTF-8, counted up to `enough`. */
function countLeads(bytes: Uint8Array, enough: number): number {
  let count = 0;
  for (let at = 0; at < bytes.length && count < enough; at += 1) if ((bytes[at] ?? 0) >= 0xc2) count += 1;
  return count;
}

/** `ESC $ B` and `ESC $ @` change to Japanese; nothing else in mail looks like them. */
function hasJapaneseEscape(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, at + 1)) {
    if (bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40)) return true;
  }
  return false;
}

/** Our name, which is the platform's where it has one, of a charset label; `undefined` for none or an unknown one. */
export function encodingOf(label: string | undefined): string | undefined {
  if (!label) return undefined;
  // RFC 2231 section 5 lets a language follow: `utf-8*en`.
  const name = label.trim().toLowerCase().replace(/\*.*$/, '');
  const bare = name.replace(/^(?:x-|cs)/, '').replace(/[^a-z0-9]/g, '');
  return (
    platformName(name) ??
    platformName(aliases[bare]) ??
    platformName(aliases[bare.replace(/^(?:windows|ms|ibm)/, 'cp')]) ??
    platformName(name.replace(/^x-/, '')) ??
    platformName(bare)
  );
}

function platformName(candidate: string | undefined): string | undefined {
  if (!candidate || unknown.has(candidate)) return undefined;
  if (isOldCharset(candidate)) return candidate;
  try {
    return decoderOf(candidate).encoding;
  } catch {
    if (unknown.size < 1_000) unknown.add(candidate);
    return undefined;
  }
}

function encodingOfMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-8 with a few broken bytes (cut in the middle of a letter) is still better read as UTF-8. */
function mostlyUtf8(bytes: Uint8Array, encoding: string): string | undefined {
  if (encoding !== 'utf-8') return undefined;
  const text = new TextDecoder('utf-8').decode(bytes);
  let broken = 0;
  let whole = 0;
  for (const char of text) {
    if (char === '\u{fffd}') broken += 1;
    else if (char > '\u{7f}') whole += 1;
  }
  return whole > broken * 4 ? text : undefined;
}
