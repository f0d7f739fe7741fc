/** Mails that break readers: each arrives with its original, or asks for what is missing. */
import { describe, expect, it } from 'vitest';
import { mail } from '../support/mail.ts';
import { found, until } from '../support/until.ts';
import type { Ground } from './view.ts';

const crlf = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`);
const head = ['Date: Mon, 02 Mar 2026 08:00:00 +0000', 'From: Client <client@example.com>', 'To: camille@example.org'];

/** Mails that break readers; each must arrive, with its original, whatever can be understood of it. */
const odd: Readonly<Record<string, Buffer>> = {
  'no subject': mail({ text: 'A mail without a subject' }),
  'no text': crlf(...head, 'Subject: no text', 'Message-ID: <none.1@example.com>', ''),
  'no MIME end': crlf(
    ...head,
    'Subject: no MIME end',
    'Message-ID: <none.2@example.com>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="=_open"',
    '',
    '--=_open',
    'Content-Type: application/pdf; name="cut.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    'JVBERi0xLjQKJ@@@@not base64',
  ),
  'no charset known': crlf(
    ...head,
    'Subject: no charset known',
    'Message-ID: <none.3@example.com>',
    'Content-Type: text/plain; charset=x-nobody-knows',
    '',
    'Kept words',
  ),
  'no Message-ID': crlf(...head, 'Subject: no Message-ID', '', 'Kept words'),
};

/** Not a mail at all, whatever the link to it says. */
const noise = Buffer.from([0xff, 0xfe, 0x00, 0x01, 0x0d, 0x0a, 0x80, 0x81]);

export const oddMails = [...Object.values(odd), noise];

interface Row {
  readonly id: string;
  readonly status: string;
  readonly error?: { readonly code: string };
}

export function oddMailStory(ground: () => Ground): void {
  const say: Ground['say'] = (key, ...values) => ground().say(key, ...values);
  const rows = async () => ((await ground().ask('outbox.opened', {})) as { rows: readonly Row[] }).rows;

  async function show(raw: Buffer | undefined): Promise<void> {
    const thread = ground().webmail.threads.find(({ messages }) => messages.some((message) => raw && message.raw.equals(raw)));
    if (!thread) throw new Error('The webmail does not show this mail');
    await ground().show(thread);
  }

  /** What a person does where Relais can't know: a title and a requester. */
  async function complete(id: string): Promise<void> {
    const form = await ground().openOwn(`popup.html?capture=${id}`);
    await form.fill('textbox', say('fieldTitle'), 'Typed title');
    await form.fill('combobox', say('fieldRequester'), 'client@example.com');
    await form.click('button', say('send'));
  }

  describe.each(Object.keys(odd))('a mail with %s', (name) => {
    it('arrives with its original, byte for byte, or asks for what is missing', async () => {
      const { tickets } = ground().desk.store;
      const raw = odd[name];
      const before = tickets.length;
      await show(raw);
      await ground().page.click('button', say('button_send'));
      const draft = async () => (await rows()).find(({ status }) => status === 'draft')?.id;
      const asked = await found('it is sent, or asks', async () => (tickets.length > before ? 'sent' : draft()), 20_000);
      if (asked !== 'sent') await complete(asked);
      await until('the ticket is there', () => tickets.length === before + 1);
      const ticket = tickets.at(-1);
      expect(ticket?.title.trim()).not.toBe('');
      expect(ticket?.articles).toHaveLength(1);
      expect(ticket?.articles[0]?.files.filter((file) => file.name.endsWith('.eml')).map(({ bytes }) => raw?.equals(bytes))).toEqual([
        true,
      ]);
      if (raw?.includes('Kept words')) expect(ticket?.articles[0]?.text).toContain('Kept words');
    });
  });

  describe('a link that leads to no mail', () => {
    it('is said in the page and in the outbox, and nothing is sent', async () => {
      const before = ground().desk.store.tickets.length;
      await show(noise);
      await ground().page.click('button', say('button_send'));
      await ground().page.sees('button', say('button_attention'));
      expect((await rows()).map(({ error }) => error?.code)).toEqual(['no-thread']);
      expect(ground().desk.store.tickets).toHaveLength(before);
    });
  });
}
