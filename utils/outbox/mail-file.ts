/**
 * The same mail as a file that a mail program opens as a draft (`X-Unsent`), with every file and original in it. Originals go
 * as plain bytes in base64, not as `message/rfc822`: on its way, a mail server may change what it takes for a mail.
 */
import type { ArticleFile } from '../core/ticket.ts';
import { base64Bytes } from '../recipes/base64.ts';
import { database } from './database.ts';
import { type MailWords, mailOf } from './mail-instead.ts';

const bytesALine = 57;
const sliceLines = 16_384;

/** `undefined` where the delivery is gone. A file whose bytes are gone is left out. */
export async function mailFileOf(id: string, to: string, words: MailWords): Promise<Blob | undefined> {
  const db = await database();
  const draft = await db.get('drafts', id);
  if (!draft) return undefined;
  const { title, text } = mailOf(draft, words);
  // No text of base64 can hold it: it has a character that base64 has not.
  const boundary = `=_${crypto.randomUUID()}`;
  const parts: BlobPart[] = [
    head([
      'X-Unsent: 1',
      `To: ${line(to)}`,
      `Subject: ${words64(title)}`,
      'MIME-Version: 1.0',
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
    ]),
    `--${boundary}\r\n`,
    head(['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64']),
    ...(await base64Lines(new Blob([text.replace(/\r?\n/g, '\r\n')]))),
  ];
  for (const file of draft.articles.flatMap(({ files }) => files)) {
    const blob = await db.get('blobs', file.blob);
    if (!blob) continue;
    parts.push(`--${boundary}\r\n`, head(headersOf(file)), ...(await base64Lines(blob)));
  }
  return new Blob([...parts, `--${boundary}--\r\n`], { type: 'message/rfc822' });
}

function headersOf({ filename, mediaType, kind }: ArticleFile): readonly string[] {
  const isPlain = kind !== 'original' && /^(?!message\/|multipart\/)[\w.+-]+\/[\w.+-]+$/i.test(mediaType);
  // Names come from mail: percent-encoded, none can end its header.
  const name = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return [
    `Content-Type: ${isPlain ? mediaType : 'application/octet-stream'}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename*=UTF-8''${name}`,
  ];
}

function head(headers: readonly string[]): string {
  return `${headers.join('\r\n')}\r\n\r\n`;
}

/** A header's value can't become another header. */
function line(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, ' ').trim();
}

/** Words of any language in a header (RFC 2047), in pieces that fit a line. */
function words64(text: string): string {
  const pieces: string[] = [''];
  for (const sign of text.toWellFormed()) {
    const last = pieces.at(-1) ?? '';
    if (new TextEncoder().encode(last + sign).length <= 42) pieces[pieces.length - 1] = last + sign;
    else pieces.push(sign);
  }
  return pieces.map((piece) => `=?UTF-8?B?${new TextDecoder().decode(base64Bytes(new TextEncoder().encode(piece)))}?=`).join('\r\n ');
}

/** In slices of whole lines, so that no file has to be in memory at once. */
async function base64Lines(blob: Blob): Promise<readonly BlobPart[]> {
  const lines: BlobPart[] = [];
  const size = bytesALine * sliceLines;
  for (let from = 0; from < blob.size; from += size) {
    const text = new TextDecoder().decode(base64Bytes(new Uint8Array(await blob.slice(from, from + size).arrayBuffer())));
    lines.push(new Blob([text.replace(/.{1,76}/g, '$&\r\n')]));
  }
  return lines;
}
