import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForm } from '../support/captures.ts';
import { mail } from '../support/mail.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

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

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ mails: [...Object.values(odd), noise], settings: { undoSeconds: 0 } });
});
afterAll(() => rig.close());

describe.each(Object.keys(odd))('a mail with %s', (name) => {
  it('arrives with its original, byte for byte, or asks for what is missing', async () => {
    const raw = odd[name];
    const thread = rig.webmail.threads.find(({ messages }) => messages.some((message) => raw && message.raw.equals(raw)));
    if (!raw || !thread) throw new Error('The webmail does not show this mail');
    const before = rig.desk.store.tickets.length;
    await rig.page.goto(rig.webmail.addressOf(thread));
    await rig.button().click();
    await until('it is sent or the popup asks', async () => rig.desk.store.tickets.length > before || (await popupIsOpen()), 20_000);
    if (rig.desk.store.tickets.length === before) await complete(before);
    const ticket = rig.desk.store.tickets.at(-1);
    expect(rig.desk.store.tickets).toHaveLength(before + 1);
    expect(ticket?.title.trim()).not.toBe('');
    expect(ticket?.articles).toHaveLength(1);
    expect(ticket?.articles[0]?.files.filter((file) => file.name.endsWith('.eml')).map(({ bytes }) => bytes.equals(raw))).toEqual([true]);
    if (raw.includes('Kept words')) expect(ticket?.articles[0]?.text).toContain('Kept words');
  });
});

describe('a link that leads to no mail', () => {
  it('is said in the page and in the outbox, and nothing is sent', async () => {
    const before = rig.desk.store.tickets.length;
    const thread = rig.webmail.threads.find(({ messages }) => messages.some(({ raw }) => raw.equals(noise)));
    if (!thread) throw new Error('The webmail does not show it');
    await rig.page.goto(rig.webmail.addressOf(thread));
    await rig.button().click();
    await rig.button('Not sent yet: see why').waitFor();
    const { rows } = (await ask(rig.session, 'outbox.opened', {})) as { rows: readonly { readonly error?: { readonly code: string } }[] };
    expect(rows.map(({ error }) => error?.code)).toEqual(['no-thread']);
    expect(rig.desk.store.tickets).toHaveLength(before);
  });
});

async function popupIsOpen(): Promise<boolean> {
  const { targetInfos } = await rig.session.cdp.send('Target.getTargets');
  return targetInfos.some(({ url, attached }) => url.includes('/popup.html') && !attached);
}

/** What a person does where Relais can't know: a title and a requester. */
async function complete(before: number): Promise<void> {
  const { rows } = (await ask(rig.session, 'outbox.opened', {})) as { rows: readonly { readonly id: string; readonly status: string }[] };
  const id = rows.find(({ status }) => status === 'draft')?.id;
  if (!id) throw new Error(`Neither sent nor a draft: ${JSON.stringify(rows)}`);
  const form = await openForm(rig, id);
  if (!(await form.getByLabel('Title').inputValue())) await form.getByLabel('Title').fill('Typed title');
  const requester = form.getByRole('combobox', { name: 'Requester' });
  if (!(await requester.inputValue())) await requester.fill('client@example.com');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await until('the ticket is there', () => rig.desk.store.tickets.length === before + 1);
  await form.close();
}
