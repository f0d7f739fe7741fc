/** A file of 40 MB in a mail: it arrives by one click, and the mail itself, byte for byte. */
import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { found } from '../support/until.ts';
import type { Ground } from './view.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const big = randomBytes(40 * 1024 * 1024);

function mailWith(file: Buffer): Buffer {
  const lines = file.toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.concat([
    Buffer.from(
      'Date: Mon, 02 Mar 2026 09:00:00 +0000\r\nFrom: Client <client@example.com>\r\nTo: Camille Vernier <camille@example.org>\r\n' +
        'Subject: Plans of the new hall\r\nMessage-ID: <plans@example.com>\r\nMIME-Version: 1.0\r\n' +
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHere they are.\r\n' +
        '--b\r\nContent-Type: application/pdf; name="plans.pdf"\r\nContent-Disposition: attachment; filename="plans.pdf"\r\n' +
        'Content-Transfer-Encoding: base64\r\n\r\n',
    ),
    Buffer.from(lines),
    Buffer.from('\r\n--b--\r\n'),
  ]);
}

export const largeMails = [mailWith(big)];

export function largeFileStory(ground: () => Ground): void {
  it('brings a file of 40 MB and its original, byte for byte', { timeout: 120_000 }, async () => {
    const { desk, page, say } = ground();
    await ground().openThread('Plans');
    await page.click('button', say('button_send'));
    const ticket = await found('the ticket is there', () => desk.store.tickets.find(({ title }) => title.startsWith('Plans')), 90_000);
    const files = ticket.articles.flatMap((article) => article.files);
    expect(files.map(({ name, bytes }) => [name, sha256(bytes)])).toContainEqual(['plans.pdf', sha256(big)]);
    expect(files.filter(({ type }) => type === 'message/rfc822').map(({ bytes }) => sha256(bytes))).toEqual([sha256(mailWith(big))]);
  });
}
