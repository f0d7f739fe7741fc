/** A thread as large as people's worst: many messages, each with a file. */
import { randomBytes } from 'node:crypto';

/** Raw mails of one thread, together about as large as asked. */
export function bigThread({ messages, megabytes }: { readonly messages: number; readonly megabytes: number }): Buffer[] {
  // Base64 in lines makes 4 bytes and a bit out of 3.
  const bytes = Math.floor(((megabytes * 1_000_000) / messages) * 0.72);
  return Array.from({ length: messages }, (_, index) => {
    const lines =
      randomBytes(bytes)
        .toString('base64')
        .match(/.{1,76}/g) ?? [];
    const root = '<big.0@example.com>';
    return Buffer.from(
      [
        `Date: ${new Date(Date.UTC(2026, 2, 1, 8, index)).toUTCString().replace('GMT', '+0000')}`,
        'From: Client <client@example.com>',
        'To: camille@example.org',
        'Subject: Big thread',
        `Message-ID: <big.${index}@example.com>`,
        ...(index ? [`References: ${root}`] : []),
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="=_big"',
        '',
        '--=_big',
        'Content-Type: text/plain; charset=utf-8',
        '',
        `Message number ${index + 1}.`,
        '--=_big',
        `Content-Type: application/octet-stream; name="file-${index + 1}.bin"`,
        `Content-Disposition: attachment; filename="file-${index + 1}.bin"`,
        'Content-Transfer-Encoding: base64',
        '',
        ...lines,
        '--=_big--',
        '',
      ].join('\r\n'),
    );
  });
}
