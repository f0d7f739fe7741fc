/** Small mails for tests: one line each where only their thread matters. */

export interface MailOptions {
  readonly subject?: string;
  readonly from?: string;
  readonly id?: string;
  readonly references?: readonly string[];
  readonly text?: string;
  readonly html?: string;
  readonly date?: Date;
}

let count = 0;

/** A whole mail with CRLF line ends; everything that is not given is made up, and different each time. */
export function mail({
  subject,
  from = 'Client <client@example.com>',
  id,
  references = [],
  text = 'Hello',
  html,
  date,
}: MailOptions = {}): Buffer {
  count += 1;
  const lines = [
    `Date: ${(date ?? new Date(Date.UTC(2026, 2, 2, 8, count))).toUTCString().replace('GMT', '+0000')}`,
    `From: ${from}`,
    'To: Camille Vernier <camille@example.org>',
    ...(subject === undefined ? [] : [`Subject: ${subject}`]),
    `Message-ID: <${id ?? `test.${count}@example.com`}>`,
    ...(references.length ? [`References: ${references.map((one) => `<${one}>`).join(' ')}`] : []),
    'MIME-Version: 1.0',
    `Content-Type: ${html === undefined ? 'text/plain' : 'text/html'}; charset=utf-8`,
    'Content-Transfer-Encoding: 8bit',
    '',
    html ?? text,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
