// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { readRtf, unpackRtf } from '../../../utils/mail/rtf.ts';
import { readTnef } from '../../../utils/mail/tnef.ts';
import { bytesOf, memory, prepareOne, source } from './support.ts';

const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf16 = (text: string) => Uint8Array.from([...`${text}\0`].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]));
const u16 = (value: number) => [value & 255, (value >> 8) & 255];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const join = (...pieces: readonly Iterable<number>[]) => Uint8Array.from(pieces.flatMap((piece) => [...piece]));

const attribute = (level: 1 | 2, id: number, data: Uint8Array) =>
  join([level], u32(id), u32(data.length), data, u16(data.reduce((sum, byte) => (sum + byte) & 0xffff, 0)));
const tnef = (...attributes: readonly Uint8Array[]) => join(u32(0x223e9f78), [1, 0], ...attributes);

const string8 = 0x1e;
const unicode = 0x1f;
const binary = 0x102;
const object = 0x0d;
const property = (id: number, type: number, data: Uint8Array) =>
  join(
    u16(type),
    u16(id),
    u32(1),
    u32(data.length),
    data,
    Array.from({ length: (4 - (data.length % 4)) % 4 }, () => 0),
  );
const number = (id: number, value: number) => join(u16(3), u16(id), u32(value));
const named = (type: number, name: string, data: Uint8Array) => {
  const bytes = utf16(name);
  const filling = Array.from({ length: (4 - (bytes.length % 4)) % 4 }, () => 0);
  const value = property(0x8001, type, data);
  return join(value.subarray(0, 4), new Uint8Array(16), u32(1), u32(bytes.length), bytes, filling, value.subarray(4));
};
const properties = (...list: readonly Uint8Array[]) => join(u32(list.length), ...list);
const rtf = (text: string) => join(u32(text.length + 12), u32(text.length), u32(0x414c454d), u32(0), ascii(text));

const message = (...list: readonly Uint8Array[]) => attribute(1, 0x00069003, properties(...list));
const file = (name: string, data: Uint8Array, ...list: readonly Uint8Array[]) => [
  attribute(2, 0x00069002, new Uint8Array(14)),
  attribute(2, 0x00018010, ascii(`${name}\0`)),
  ...(data.length > 0 ? [attribute(2, 0x0006800f, data)] : []),
  attribute(2, 0x00069005, properties(...list)),
];

const mail = (packed: Uint8Array, text = 'The words as text') =>
  source([
    'From: ines@example.com',
    'Message-ID: <a@example.com>',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    ...(text ? ['--b', '', text] : []),
    '--b',
    'Content-Type: application/ms-tnef; name=winmail.dat',
    'Content-Transfer-Encoding: base64',
    '',
    btoa(String.fromCharCode(...packed)),
    '--b--',
  ]);

describe('winmail.dat', () => {
  it('gives its files, with their long names, types and Content-IDs, and itself no more', async () => {
    const context = memory();
    const packed = tnef(
      attribute(1, 0x00069007, join(u32(1251), u32(0))),
      ...file(
        'PLAN~1.PDF',
        ascii('%PDF-1.4'),
        property(0x3707, unicode, utf16('Plan été.pdf')),
        property(0x370e, string8, ascii('application/pdf\0')),
      ),
      ...file(
        '\u00cf\u00eb\u00e0\u00ed.txt',
        ascii('x'),
        named(unicode, 'Odd name', utf16('y')),
        number(0x3705, 1),
        property(0x3712, string8, ascii('c@id\0')),
      ),
    );
    const { message: found, thread } = await prepareOne(mail(packed), context);
    expect(found.attachments.map(({ filename, mediaType, contentId }) => [filename, mediaType, contentId])).toEqual([
      ['Plan été.pdf', 'application/pdf', undefined],
      ['План.txt', 'application/octet-stream', 'c@id'],
    ]);
    expect(await bytesOf(context, found.attachments[0]?.blob ?? '')).toEqual(ascii('%PDF-1.4'));
    expect(found.text).toBe('The words as text');
    expect(thread.gaps).toEqual([]);
  });

  it('gives its HTML beside the text that came with it', async () => {
    const html = property(0x1013, binary, new TextEncoder().encode('<p>The <b>wörds</b></p>'));
    const { message: found } = await prepareOne(mail(tnef(message(number(0x3fde, 65001), html))));
    expect(found).toMatchObject({ text: 'The words as text', html: '<p>The <b>wörds</b></p>' });
  });

  it.each([
    ['its text', tnef(attribute(1, 0x0002800c, ascii('Words of\r\nits own\0'))), 'Words of\nits own'],
    ['its text as a property', tnef(message(property(0x1000, unicode, utf16('Wörds')))), 'Wörds'],
    ['its rich text', tnef(message(property(0x1009, binary, rtf('{\\rtf1\\ansi One\\par Two}')))), 'One\nTwo'],
  ])('alone gives %s', async (_, packed, expected) => {
    expect((await prepareOne(mail(packed, ''))).message.text).toBe(expected);
  });

  it('with a mail in it gives its words and its files', () => {
    const inner = tnef(attribute(1, 0x0002800c, ascii('Inner words')), ...file('inner.pdf', ascii('%PDF')));
    const packed = tnef(
      ...file(
        '',
        new Uint8Array(),
        property(0x3001, unicode, utf16('Forwarded')),
        property(0x3701, object, join(new Uint8Array(16), inner)),
      ),
    );
    expect(readTnef(packed)?.files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])).toEqual([
      ['Forwarded.txt', 'Inner words'],
      ['inner.pdf', '%PDF'],
    ]);
  });

  it('cut short gives what arrived, says so, and stays', async () => {
    const packed = tnef(...file('a.txt', ascii('whole')), ...file('b.txt', ascii('x'.repeat(100))));
    const { message: found, thread } = await prepareOne(mail(packed.subarray(0, packed.length - 60)));
    expect(found.attachments.map(({ filename }) => filename)).toEqual(['winmail.dat', 'a.txt']);
    expect(thread.gaps).toEqual([{ code: 'unreadable-part', message: 'm1', detail: 'winmail.dat' }]);
    for (let length = 0; length < packed.length; length += 1) readTnef(packed.slice(0, length));
  });

  it('that is none stays as it is', async () => {
    const { message: found, thread } = await prepareOne(mail(ascii('nothing of the kind')));
    expect(found.attachments.map(({ filename }) => filename)).toEqual(['winmail.dat']);
    expect(thread.gaps).toHaveLength(1);
  });

  it('made to take long ends', () => {
    const endless = join(u32(0xffffffff), ...Array.from({ length: 100 }, () => number(0x3705, 1)));
    const list = join(u32(1), u16(0x1003), u16(1), u32(0xfffffff0), new Uint8Array(64));
    expect(readTnef(tnef(attribute(1, 0x00069003, endless), attribute(1, 0x00069003, list)))).toMatchObject({
      files: [],
      isDamaged: false,
    });
  });
});

describe('compressed rich text', () => {
  it('is unpacked, references included', () => {
    const packed = [
      0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0, 0x0a, 0, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32,
      0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
    ];
    expect(new TextDecoder().decode(unpackRtf(Uint8Array.from(packed)))).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
  });

  it('ends where a reference points to what is not there yet', () => {
    const start = 207;
    const packed = join(
      u32(100),
      u32(100),
      ascii('LZFu'),
      u32(0),
      [4],
      ascii('ab'),
      [(start + 2) >> 4, ((start + 2) & 15) << 4],
      ascii('more'),
    );
    expect(unpackRtf(packed)).toEqual(ascii('ab'));
  });

  it('is not taken at its word about its size', () => {
    const packed = join(u32(0xffffffff), u32(0xffffffff), ascii('LZFu'), u32(0), [0], ascii('abcdefgh'));
    expect(unpackRtf(packed)).toEqual(ascii('abcdefgh'));
    expect(unpackRtf(ascii('x'))).toBeUndefined();
    expect(unpackRtf(ascii('no rich text here, but long'))).toBeUndefined();
  });
});

describe('rich text', () => {
  it.each([
    [
      "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 Caf\\'e9 \\u8364? {\\b bold}\\line two\\tab x\\par\\par\\{y\\}\\~z}",
      'Café € bold\ntwo\tx\n\n{y}\u00a0z',
    ],
    ["{\\rtf1\\ansi\\ansicpg932 \\'83\\'4a\\'83\\'4a}", 'カカ'],
    ["{\\rtf1\\uc2 \\u228\\'e4\\'20b{\\*\\generator x}{\\pict 0102}}", 'äb'],
    ['{\\rtf1 a\r\nb}', 'ab'],
    ['no rich text \\', 'no rich text '],
  ])('%s is read as text', (text, expected) => {
    expect(readRtf(ascii(text))).toEqual({ text: expected });
  });

  it('made from HTML is read as that HTML', () => {
    const text =
      '{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {\\fonttbl{\\f0 Arial;}}{\\*\\htmltag64 <p class="x">}\\htmlrtf {\\f0 \\htmlrtf0 Caf\\\'e9 {\\*\\htmltag84 &lt;}\\htmlrtf <\\htmlrtf0 5' +
      '{\\*\\htmltag72 </p>}\\htmlrtf }\\htmlrtf0 {\\*\\mhtmltag84 <hidden>}}';
    expect(readRtf(ascii(text))).toEqual({ html: '<p class="x">Café &lt;5</p>' });
  });

  it('of nothing but brackets ends', () => {
    expect(readRtf(ascii('{'.repeat(500_000)))).toEqual({ text: '' });
  });
});
