/** Names of files that any system takes and nobody is misled by. */

const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/gzip': 'gz',
  'application/json': 'json',
  'application/xml': 'xml',
  'application/rtf': 'rtf',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/ms-tnef': 'dat',
  'application/vnd.ms-tnef': 'dat',
  'application/pgp-encrypted': 'asc',
  'application/pgp-signature': 'asc',
  'application/pgp-keys': 'asc',
  'application/pkcs7-mime': 'p7m',
  'application/x-pkcs7-mime': 'p7m',
  'application/pkcs7-signature': 'p7s',
  'application/x-pkcs7-signature': 'p7s',
  'application/ics': 'ics',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/tiff': 'tiff',
  'image/webp': 'webp',
  'message/rfc822': 'eml',
  'message/global': 'eml',
  'message/delivery-status': 'txt',
  'message/disposition-notification': 'txt',
  'message/feedback-report': 'txt',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/rfc822-headers': 'txt',
  'text/vcard': 'vcf',
  'text/x-vcard': 'vcf',
  'text/xml': 'xml',
  'video/mp4': 'mp4',
};

/** Controls, separators, direction marks and zero-width characters; the joiners that Persian and emoji need stay. */
const invisible =
  /[\u{0}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{2069}\u{feff}\u{fff9}-\u{fffb}]/gu;

/** Names that Windows keeps for devices. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

const longest = 150;

/**
 * A name without path, control and direction characters, never empty and never only dots. `fallback` names the part
 * (`part-2`) and gets the extension of its media type.
 */
export function cleanFilename(name: string | undefined, mediaType: string, fallback: string): string {
  const base = basename((name ?? '').toWellFormed().normalize('NFC').replace(invisible, ''));
  const safe = base
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim()
    .replace(devices, '_$&');
  return safe === '' ? `${fallback}.${extensions[mediaType] ?? 'bin'}` : shorten(safe, longest);
}

/** `name` itself, or with `-2`, `-3` … before its extension where `taken` has it already; remembers what it gives. */
export function uniqueFilename(name: string, taken: Set<string>, max = longest): string {
  const { stem, extension } = split(name);
  let unique = name;
  for (let number = 2; taken.has(unique.toLowerCase()); number += 1) {
    const suffix = `-${number}${extension}`;
    unique = `${stem.slice(0, max - suffix.length)}${suffix}`;
  }
  taken.add(unique.toLowerCase());
  return unique;
}

/** `2026-03-02-Crack-in-the-shelf.eml`: ASCII, at most 80 characters, unique among `taken`. */
export function originalFilename(subject: string, sentAt: string | undefined, taken: Set<string>): string {
  const words =
    foldToAscii(subject)
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'message';
  const name = sentAt ? `${sentAt.slice(0, 10)}-${words}` : words;
  return uniqueFilename(`${name.slice(0, 76).replace(/-+$/, '')}.eml`, taken, 80);
}

/** Letters whose stroke is no accent, so that normalising keeps it. */
const strokes: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
};

function foldToAscii(text: string): string {
  return text
    .slice(0, 500)
    .replace(/[ßæÆœŒøØđĐðþłŁı]/g, (letter) => strokes[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '');
}

function basename(name: string): string {
  return (
    name
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .pop()
      ?.trim() ?? ''
  );
}

function split(name: string): { stem: string; extension: string } {
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** Cuts the stem, between characters, and keeps the extension. */
function shorten(name: string, max: number): string {
  if (name.length <= max) return name;
  const { stem, extension } = split(name);
  return `${stem
    .slice(0, max - extension.length)
    .toWellFormed()
    .replace(/\u{fffd}$/u, '')
    .trimEnd()}${extension}`;
}
