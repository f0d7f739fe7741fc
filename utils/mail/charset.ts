/** Bytes to text, whatever the label says. */

/** Labels that mail uses and the Encoding Standard doesn't know, reduced to letters and digits. */
const aliases: Readonly<Record<string, string>> = {
  shiftjis: 'shift_jis',
  cp932: 'shift_jis',
  mskanji: 'shift_jis',
  eucjp: 'euc-jp',
  cp51932: 'euc-jp',
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
  utf8mb4: 'utf-8',
  ansix341968: 'windows-1252',
  iso646us: 'windows-1252',
  unknown8bit: 'utf-8',
  default: 'utf-8',
};

/** Labels under which UTF-8 is sent by mistake: a client's default that nobody looked at. */
const careless = new Set(['utf-8', 'windows-1252']);

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Text of the bytes. UTF-8 that calls itself Latin-1 or ASCII is read as UTF-8; bytes that call themselves UTF-8 and
 * are not are read as windows-1252. Never throws: what can't be read becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, label?: string): string {
  const encoding = encodingOf(label) ?? encodingOfMark(bytes) ?? 'utf-8';
  if (!careless.has(encoding)) return new TextDecoder(encoding).decode(bytes);
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return mostlyUtf8(bytes, encoding) ?? new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The platform's name of a charset label, `undefined` for none or an unknown one. */
export function encodingOf(label: string | undefined): string | undefined {
  if (!label) return undefined;
  // RFC 2231 section 5 lets a language follow: `utf-8*en`.
  const name = label.trim().toLowerCase().replace(/\*.*$/, '');
  const bare = name.replace(/^(?:x-|cs)/, '').replace(/[^a-z0-9]/g, '');
  const candidates = [name, aliases[bare], aliases[bare.replace(/^(?:windows|ms|ibm)/, 'cp')], name.replace(/^x-/, ''), bare];
  for (const candidate of candidates) {
    if (!candidate) continue;
    try {
      return new TextDecoder(candidate).encoding;
    } catch {
      // Not a label of the platform: the next spelling.
    }
  }
  return undefined;
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
