/** A draft with all that can go wrong in it: three messages, accents, emoji, a PDF, an inline image, an empty file, 8-bit originals. */
import { randomBytes } from 'node:crypto';
import type { SafeHtml } from '../../utils/core/thread.ts';
import type { Article, ArticleFile, TicketDraft } from '../../utils/core/ticket.ts';

export const client = { address: 'zoe@client.test', name: 'Zoé Durand, Atelier' };
const colleague = { address: 'camille@example.org', name: 'Camille Vernier' };
export const note = 'Interne : rappeler avant midi.';

/** Original mails with bytes above 127 in two encodings, which some servers damage. */
function original(n: number, mark: string): Buffer {
  const head = `Message-ID: <${mark}.${n}@client.test>\r\nSubject: Vitrine f\u00eal\u00e9e\r\nContent-Type: text/plain; charset=${n === 2 ? 'iso-8859-1' : 'utf-8'}\r\nContent-Transfer-Encoding: 8bit\r\n\r\nDéjà vu n° ${n}\r\n`;
  return Buffer.from(head, n === 2 ? 'latin1' : 'utf8');
}

export interface Case {
  readonly mark: string;
  readonly draft: TicketDraft;
  readonly blobs: ReadonlyMap<string, Buffer>;
}

/** A draft that is unlike any other, and the bytes of its files. */
export function newCase(): Case {
  const mark = `q${randomBytes(6).toString('hex')}`;
  const tail = () =>
    BigInt(`0x${randomBytes(12).toString('hex')}`)
      .toString(36)
      .padStart(20, '0')
      .slice(0, 20);
  const reference = `relais-${tail()}`;
  const blobs = new Map<string, Buffer>();
  const file = (id: string, filename: string, mediaType: string, bytes: Buffer, more: Partial<ArticleFile>): ArticleFile => {
    blobs.set(`${mark}/${id}`, bytes);
    return { id, filename, mediaType, size: bytes.length, sha256: '', blob: `${mark}/${id}`, kind: 'attachment', ...more };
  };
  const article = (n: number): Article => ({
    id: `m${n}`,
    reference: `${reference}-m${tail().slice(0, 10)}`,
    messageId: `${mark}.${n}@client.test`,
    from: n === 2 ? colleague : client,
    to: [n === 2 ? client : colleague],
    cc: [],
    subject: 'Re: Vitrine fêlée',
    sentAt: `2026-03-02T1${n}:40:00+01:00`,
    text: `Message ${n} : déjà vu, 12 € 🎉`,
    markdown: `Message ${n} : déjà vu, 12 € 🎉 \\[photo\\]`,
    html: `<p>Message ${n} : déjà vu, 12 € 🎉 <img alt="photo" src="cid:photo@client.test"></p>` as SafeHtml,
    files: [
      ...(n === 1
        ? [
            file('pdf', 'Devis été.pdf', 'application/pdf', randomBytes(40_000), {}),
            file('img', 'photo.png', 'image/png', randomBytes(5_000), { kind: 'inline', contentId: 'photo@client.test' }),
            file('none', 'vide.txt', 'text/plain', Buffer.alloc(0), {}),
          ]
        : []),
      file(`eml${n}`, `message-${n}.eml`, 'message/rfc822', original(n, mark), { kind: 'original' }),
    ],
  });
  const draft: TicketDraft = {
    reference,
    title: `Vitrine fêlée ${mark}`,
    requester: client,
    queue: { id: 'Support', label: 'Support' },
    note,
    articles: [article(1), article(2), article(3)],
    incomplete: '3 of 4 messages',
    sourceUrl: 'https://mail.example.org/',
  };
  return { mark, draft, blobs };
}
