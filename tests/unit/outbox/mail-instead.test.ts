import 'fake-indexeddb/auto';
import PostalMime from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TicketDraft } from '../../../utils/core/ticket.ts';
import { openBlobs } from '../../../utils/outbox/blobs.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { addDelivery } from '../../../utils/outbox/deliveries.ts';
import { mailFileOf } from '../../../utils/outbox/mail-file.ts';
import { mailtoOf } from '../../../utils/outbox/mail-instead.ts';
import { deliveryOf } from '../../support/records.ts';
import { article, draft, file } from '../recipes/support.ts';

const words = { requester: 'Requester', queue: 'Queue' };
const to = 'support@desk.example.org';
const store = (more: Partial<TicketDraft>) => addDelivery(deliveryOf('c1'), draft({ note: 'Interne', ...more }));
const fieldsOf = (address: string | undefined) => new URLSearchParams(address?.slice(address.indexOf('?')));

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
});

describe('the draft that an address opens', () => {
  it('goes to the mailbox, says for whom, in which queue and what is missing, and keeps the note here', async () => {
    await store({ incomplete: '1 of 2 messages' });
    const address = await mailtoOf('c1', to, words);
    expect(address).toMatch(/^mailto:support@desk\.example\.org\?subject=Devis&body=/);
    const body = fieldsOf(address).get('body') ?? '';
    expect(body).toBe(
      [
        'Requester: Inès Duval <ines@client.test>',
        'Queue: Support',
        '',
        'Inès Duval <ines@client.test> 2026-03-02T01:00:00+01:00',
        'Message 1',
        '',
        '1 of 2 messages',
        '',
        'Ref: relais-abcdefghij0123456789',
      ].join('\r\n'),
    );
    expect(address).not.toContain('Interne');
  });

  it('says at the top what must be attached, where nobody is named to whom it goes', async () => {
    await store({});
    const address = await mailtoOf('c1', undefined, { ...words, hint: 'Please attach the file.' });
    expect(address).toMatch(/^mailto:\?subject=/);
    expect(fieldsOf(address).get('body')).toMatch(/^Please attach the file\.\r\n\r\nRequester/);
  });

  it.each(['Very long. ', 'Très été. ', 'Очень длинно. ', '非常に長い。', '🧊'])(
    'fits an address, however long the thread is in %j, and ends with its mark',
    async (word) => {
      const articles = Array.from({ length: 40 }, (_, index) => ({ ...article(index), text: word.repeat(300) }));
      await store({ title: word.repeat(30), articles });
      const address = (await mailtoOf('c1', to, words)) ?? '';
      expect(address.length).toBeLessThanOrEqual(2_000);
      const body = fieldsOf(address).get('body') ?? '';
      expect(body).toMatch(/ …\r\n\r\nRef: relais-abcdefghij0123456789$/);
      expect(body).not.toContain('\ufffd');
    },
  );

  it.each(['x&bcc=evil@example.net', 'x?cc=evil@example.net', 'a\r\nBcc: evil@example.net', '\ud800 half'])(
    'takes %j for words, wherever it stands',
    async (hostile) => {
      await store({ title: hostile, requester: { address: 'a@b.test', name: hostile }, articles: [{ ...article(1), text: hostile }] });
      const address = (await mailtoOf('c1', hostile, words)) ?? '';
      expect([...fieldsOf(address).keys()]).toEqual(['subject', 'body']);
      expect(address.match(/[?&]/g)).toEqual(['?', '&']);
    },
  );

  it('is none where the delivery is gone', async () => {
    expect(await mailtoOf('unknown', to, words)).toBeUndefined();
    expect(await mailFileOf('unknown', to, words)).toBeUndefined();
  });
});

describe('the mail file', () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256);
  const named = (filename: string) => file('f', bytes, { filename, mediaType: 'application/pdf', blob: 'c1/f' });

  async function read(to: string) {
    const blob = await mailFileOf('c1', to, words);
    const source = new TextDecoder().decode(await blob?.arrayBuffer());
    return { source, mail: await PostalMime.parse(source) };
  }

  it('is a draft to the mailbox with the whole thread, every file and each original byte for byte', async () => {
    const original = file('o', bytes, { kind: 'original', filename: 'm1.eml', mediaType: 'message/rfc822', blob: 'c1/o' });
    const long = 'Très long. '.repeat(3_000);
    await store({
      title: `Devis « été » ${'très '.repeat(30)}`.trim(),
      articles: [{ ...article(1, [named('Devis été.pdf'), original]), text: long }],
    });
    const blobs = await openBlobs();
    await blobs.write('c1/f', new Blob([bytes]));
    await blobs.write('c1/o', new Blob([bytes]));
    const { source, mail } = await read(to);
    expect(mail.headers.find(({ key }) => key === 'x-unsent')?.value).toBe('1');
    expect(mail.to?.map(({ address }) => address)).toEqual([to]);
    expect(mail.subject).toBe(`Devis « été » ${'très '.repeat(30)}`.trim());
    expect(mail.text).toContain('Requester: Inès Duval <ines@client.test>');
    expect(mail.text).toContain(long.trim());
    expect(mail.text).not.toContain('Interne');
    expect(mail.attachments.map(({ filename }) => filename)).toEqual(['Devis été.pdf', 'm1.eml']);
    for (const { content } of mail.attachments) expect(new Uint8Array(content as ArrayBuffer)).toEqual(bytes);
    expect(Math.max(...source.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(200);
  });

  it.each(['a"\r\nBcc: evil@example.net', '\'); filename="x', '../../etc/passwd', '\udc00.pdf'])(
    'is not led astray by %j',
    async (hostile) => {
      await store({ title: hostile, articles: [article(1, [{ ...named(hostile), mediaType: 'text/html\r\nX-Evil: 1' }])] });
      await (await openBlobs()).write('c1/f', new Blob([bytes]));
      const { source, mail } = await read(`${to}\r\nBcc: evil@example.net`);
      expect(source).not.toMatch(/^(?:Bcc|X-Evil):/im);
      expect(mail.attachments).toHaveLength(1);
      expect(mail.attachments[0]?.mimeType).toBe('application/octet-stream');
    },
  );

  it('leaves out a file whose bytes are gone, and keeps the others', async () => {
    await store({ articles: [article(1, [named('a.pdf'), { ...named('b.pdf'), blob: 'c1/gone' }])] });
    await (await openBlobs()).write('c1/f', new Blob([bytes]));
    expect((await read(to)).mail.attachments.map(({ filename }) => filename)).toEqual(['a.pdf']);
  });
});
