// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { openEnvelope } from '../../../utils/mail/cms.ts';
import { prepareOne, source } from './support.ts';

const head = ['From: ines@example.com', 'Message-ID: <a@example.com>'];
const entity = source([
  'Content-Type: multipart/mixed; boundary=i',
  '',
  '--i',
  '',
  'Signed words',
  '--i',
  'Content-Type: application/pdf; name=plan.pdf',
  '',
  '%PDF',
  '--i--',
]);

/** An element of CMS: its tag, its length, its contents. */
function der(tag: number, ...contents: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const inside = contents.flatMap((piece) => [...piece]);
  const length = inside.length < 128 ? [inside.length] : [0x82, inside.length >> 8, inside.length & 255];
  return Uint8Array.from([tag, ...length, ...inside]);
}
/** The same with its length left open. */
const open = (tag: number, ...contents: readonly (Uint8Array | readonly number[])[]) =>
  Uint8Array.from([tag, 0x80, ...contents.flatMap((piece) => [...piece]), 0, 0]);
const oid = (last: number) => der(6, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, last]);
const envelope = (make: typeof der, content: Uint8Array) =>
  make(0x30, oid(2), make(0xa0, make(0x30, der(2, [1]), der(0x31), make(0x30, oid(1), make(0xa0, content)), der(0x31))));

const mail = (bytes: Uint8Array) =>
  source([
    ...head,
    'Content-Type: application/pkcs7-mime; name=smime.p7m',
    'Content-Transfer-Encoding: base64',
    '',
    btoa(String.fromCharCode(...bytes)),
  ]);

describe('S/MIME', () => {
  it.each([
    ['with lengths', envelope(der, der(4, entity))],
    ['with open lengths, in pieces', envelope(open, open(0x24, der(4, entity.subarray(0, 50)), der(4, entity.subarray(50))))],
  ])('signed in one block (%s) is read like a mail of its own', async (_, bytes) => {
    const { message, thread } = await prepareOne(mail(bytes));
    expect(message.text).toBe('Signed words');
    expect(message.attachments.map(({ filename }) => filename)).toEqual(['plan.pdf']);
    expect(thread.gaps).toEqual([]);
  });

  it('encrypted is said, and its file kept', async () => {
    const { message, thread } = await prepareOne(mail(der(0x30, oid(3), der(0xa0, der(0x30, der(2, [0]))))));
    expect(message.attachments.map(({ filename }) => filename)).toEqual(['smime.p7m']);
    expect(thread.gaps).toEqual([{ code: 'encrypted', message: 'm1' }]);
  });

  it('that is nothing of the kind is unreadable, and kept', async () => {
    for (const bytes of [entity, new Uint8Array(), der(0x30, oid(2)), open(0x30).subarray(0, 3)]) {
      const { message, thread } = await prepareOne(mail(bytes));
      expect(message.attachments).toHaveLength(1);
      expect(thread.gaps).toEqual([{ code: 'unreadable-part', message: 'm1', detail: 'smime.p7m' }]);
    }
  });

  it('in itself without end stops', async () => {
    let bytes = entity;
    for (let depth = 0; depth < 10; depth += 1) bytes = mail(envelope(der, der(4, bytes)));
    const { message, thread } = await prepareOne(bytes);
    expect(message.attachments).toHaveLength(1);
    expect(thread.gaps).toEqual([{ code: 'unreadable-part', message: 'm1', detail: 'smime.p7m' }]);
  });

  it('cut short shows what arrived', () => {
    const whole = envelope(der, der(4, entity));
    expect(openEnvelope(whole.subarray(0, whole.length - 60))).toMatchObject({ kind: 'signed' });
    for (let length = 0; length < 40; length += 1) openEnvelope(whole.subarray(0, length));
  });

  it('of open lengths in each other takes no time', () => {
    expect(openEnvelope(Uint8Array.from({ length: 1_000_000 }, (_, index) => (index % 2 ? 0x80 : 0x30)))).toBeUndefined();
  });
});

describe('OpenPGP in the text', () => {
  const clear = [
    'Before',
    '-----BEGIN PGP SIGNED MESSAGE-----',
    'Hash: SHA256',
    '',
    'Words',
    '- -- ',
    'Inès',
    '-----BEGIN PGP SIGNATURE-----',
    '',
    'aGVsbG8=',
    '-----END PGP SIGNATURE-----',
    'After',
  ];

  it('signed is shown without its frame', async () => {
    const { message, thread } = await prepareOne(source([...head, '', ...clear]));
    expect(message.text).toBe('Before\nWords\n-- \nInès\nAfter');
    expect(thread.gaps).toEqual([]);
  });

  it('signed and cut stays as it stands', async () => {
    const { message } = await prepareOne(source([...head, '', ...clear.slice(0, 6)]));
    expect(message.text).toBe(clear.slice(0, 6).join('\n').trimEnd());
  });

  it('encrypted is said', async () => {
    const { message, thread } = await prepareOne(
      source([...head, '', '-----BEGIN PGP MESSAGE-----', '', 'hQEM', '-----END PGP MESSAGE-----']),
    );
    expect(message.text).toContain('hQEM');
    expect(thread.gaps).toEqual([{ code: 'encrypted', message: 'm1' }]);
  });
});
