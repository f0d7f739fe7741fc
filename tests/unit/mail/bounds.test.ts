// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { readBody } from '../../../utils/mail/body.ts';
import { sha256 } from '../../../utils/mail/files.ts';
import { limits } from '../../../utils/mail/limits.ts';
import { readParts } from '../../../utils/mail/parts.ts';
import { titleOf } from '../../../utils/mail/title.ts';
import { bytesOf, memory, prepareOne, source } from './support.ts';

const head = ['From: Client <client@example.com>', 'Date: Mon, 02 Mar 2026 08:00:00 +0100', 'Message-ID: <a@example.com>'];

/** Milliseconds on the processor in the best of three runs: what else the machine does must not decide. */
async function time(work: () => Promise<unknown> | unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const before = process.threadCpuUsage();
    await work();
    const { user, system } = process.threadCpuUsage(before);
    best = Math.min(best, (user + system) / 1_000);
  }
  return best;
}

/** Four times the input may take eight times as long, and a little; quadratic work takes sixteen. */
async function expectLinear(make: (size: number) => Uint8Array<ArrayBuffer> | string, size: number, work: (input: never) => unknown) {
  const small = make(size);
  const large = make(size * 4);
  await work(small as never);
  const [before, after] = [await time(() => work(small as never)), await time(() => work(large as never))];
  expect(after).toBeLessThan(before * 9 + 40);
}

const parts = (count: number) =>
  source([
    ...head,
    'Content-Type: multipart/mixed; boundary=b',
    '',
    ...Array.from({ length: count }, (_, index) => ['--b', `Content-Type: text/x-part; name=${index}.txt`, '', `part ${index}`]).flat(),
    '--b--',
  ]);

describe('a message of 1,000 parts', () => {
  it('is whole', async () => {
    const { message, thread } = await prepareOne(parts(1_000));
    expect(message.attachments).toHaveLength(1_000);
    expect(new Set(message.attachments.map(({ filename }) => filename)).size).toBe(1_000);
    expect(thread.gaps).toEqual([]);
  });

  it('and more says how many were left out', async () => {
    const { message, thread } = await prepareOne(parts(3_000));
    expect(message.attachments).toHaveLength(limits.attachments);
    // One of the parts that are read is the message itself.
    expect(thread.gaps).toEqual([
      { code: 'unreadable-part', message: 'm1', detail: '1001' },
      { code: 'attachment-missing', message: 'm1', detail: '999' },
    ]);
  });

  it('is split in time that grows with it', () => expectLinear((size) => parts(size), 400, readParts));
});

describe('10,000 recipients', () => {
  const crowd = (count: number) =>
    source([
      ...head,
      `To: ${Array.from({ length: count }, (_, index) => `"Person, ${index}" <p${index}@example.org>`).join(',\r\n ')}`,
      '',
      'x',
    ]);

  it('are all there', async () => {
    const { message } = await prepareOne(crowd(10_000));
    expect(message.to).toHaveLength(10_000);
    expect(message.to.at(-1)).toEqual({ address: 'p9999@example.org', name: 'Person, 9999' });
  });

  it('are read in time that grows with them', () => expectLinear(crowd, 2_500, (input) => prepareOne(input)));
});

describe('50 MB of attachments', () => {
  it('are stored byte for byte', async () => {
    // One line of base64 is 57 bytes; a block of a thousand lines is repeated.
    const block = new Uint8Array(57_000).map((_, index) => (index * 31) & 255);
    const repeats = 920;
    const size = block.length * repeats;
    const encoded = `${btoa(String.fromCharCode(...block)).replace(/(.{76})/g, '$1\r\n')}`.repeat(repeats);
    const bytes = new Uint8Array(size);
    for (let index = 0; index < repeats; index += 1) bytes.set(block, index * block.length);
    const mail = source([...head, 'Content-Type: application/zip; name=big.zip', 'Content-Transfer-Encoding: base64', '', encoded]);
    const context = memory();
    const { message, thread } = await prepareOne(mail, context);
    expect(message.attachments[0]).toMatchObject({ size, sha256: await sha256(bytes) });
    expect((await bytesOf(context, message.attachments[0]?.blob ?? '')).length).toBe(size);
    expect(thread.gaps).toEqual([]);
  }, 60_000);

  it('are decoded in time that grows with them', () => {
    const mail = (size: number) =>
      source([...head, 'Content-Type: application/zip', 'Content-Transfer-Encoding: base64', '', `${'QUJD'.repeat(19)}\r\n`.repeat(size)]);
    return expectLinear(mail, 10_000, (input) => prepareOne(input));
  });
});

describe('nesting', () => {
  it('of multiparts ends at the limit and loses no words', async () => {
    const depth = 1_000;
    const open = Array.from({ length: depth }, (_, index) => [
      `Content-Type: multipart/mixed; boundary=b${index}`,
      '',
      `--b${index}`,
    ]).flat();
    const close = Array.from({ length: depth }, (_, index) => `--b${depth - index - 1}--`);
    const { message, thread } = await prepareOne(source([...head, ...open, '', 'Innermost', ...close]));
    expect(thread.gaps).toEqual([{ code: 'unreadable-part', message: 'm1', detail: 'part-1.bin' }]);
    expect(message.attachments).toHaveLength(1);
  });

  it('of messages is not followed: each is a file', async () => {
    const depth = 500;
    const { message } = await prepareOne(
      source([...head, ...Array.from({ length: depth }, () => ['Content-Type: message/rfc822', '']).flat(), 'Words']),
    );
    expect(message.attachments).toHaveLength(1);
  });

  it('of HTML, made to keep a parser busy, leaves the markup to the original and keeps the words', async () => {
    // Unclosed elements beyond the limit, in more than is worth checking.
    const html = `${'<div>'.repeat(limits.htmlDepth + 50)}${'Words &amp; more '.repeat(5_000)}`;
    const { message, thread } = await prepareOne(source([...head, 'Content-Type: text/html', '', html]));
    expect(message.html).toBe('');
    expect(message.text).toMatch(/^Words & more Words/);
    expect(thread.gaps).toEqual([{ code: 'unreadable-part', message: 'm1', detail: 'html' }]);
  });

  it('of as many attributes as fit does the same', async () => {
    const html = `<p ${Array.from({ length: 10_000 }, (_, index) => `a${index}=1`).join(' ')}>Words</p>`;
    const { message, thread } = await prepareOne(source([...head, 'Content-Type: text/html', '', html]));
    expect(message).toMatchObject({ html: '', text: 'Words' });
    expect(thread.gaps).toEqual([{ code: 'unreadable-part', message: 'm1', detail: 'html' }]);
  });

  it('of HTML as long threads have it is kept', async () => {
    const html = `${'<blockquote>Words of one reply, which go on for a while.'.repeat(150)}${'</blockquote>'.repeat(150)}${'<p>more</p>'.repeat(6_000)}`;
    const { message, thread } = await prepareOne(source([...head, 'Content-Type: text/html', '', html]));
    expect(thread.gaps).toEqual([]);
    expect(message.html.split('<blockquote>').length).toBe(151);
    expect(message.text.split('Words of one reply').length).toBe(151);
  }, 30_000);
});

describe('much HTML', () => {
  // The parser used here takes ten times as long as a browser's; 5 MB are for the browser tests.
  it('of half a megabyte is sanitised and read', async () => {
    const row =
      '<tr><td style="color: #333; position: fixed">Some words of a long report</td><td onclick="x">and <a href="https://example.org/a">more</a></td></tr>\n';
    const html = `<table>${row.repeat(Math.ceil((512 * 1024) / row.length))}</table>`;
    const { message, thread } = await prepareOne(source([...head, 'Content-Type: text/html', '', html]));
    expect(thread.gaps).toEqual([]);
    expect(message.html.length).toBeGreaterThan(400_000);
    expect(message.html).not.toMatch(/onclick|position/);
    expect(message.text.split('\n').length).toBe(Math.ceil((512 * 1024) / row.length));
  }, 120_000);

  it('above the limit is left to the original, and said', async () => {
    const { message, thread } = await prepareOne(source([...head, 'Content-Type: text/html', '', `<p>${'x'.repeat(limits.html)}</p>`]));
    expect(message.html).toBe('');
    expect(message.text.length).toBe(limits.text);
    expect(thread.gaps).toEqual([{ code: 'unreadable-part', message: 'm1', detail: 'html' }]);
  });
});

describe('inputs made to take long', () => {
  const body = (input: Uint8Array<ArrayBuffer>) => readBody(readParts(input).root);

  it.each<[string, (size: number) => Uint8Array<ArrayBuffer>]>([
    ['blanks in a header', (size) => source([`Content-Type: text/plain${' '.repeat(size * 100)}x`, '', 'x'])],
    ['quotes in a header', (size) => source([`Content-Type: a/b; ${'"\\"'.repeat(size * 30)}`, '', 'x'])],
    [
      'continued parameters',
      (size) => source([`Content-Type: a/b; ${Array.from({ length: size }, (_, index) => `n*${index}*=%41`).join('; ')}`, '', 'x']),
    ],
    [
      'lines that look like boundaries',
      (size) => source(['Content-Type: multipart/mixed; boundary=b', '', `${'--b-'.repeat(20)}\r\n`.repeat(size)]),
    ],
    ['empty lines', (size) => source(['Content-Type: multipart/mixed; boundary=b', '', '\r\n'.repeat(size * 20)])],
    [
      'soft breaks',
      (size) => source(['Content-Type: text/plain', 'Content-Transfer-Encoding: quoted-printable', '', `=${' '.repeat(50)}`.repeat(size)]),
    ],
    ['flowing lines', (size) => source(['Content-Type: text/plain; format=flowed', '', 'word \r\n'.repeat(size * 10)])],
  ])('%s', (_, make) => expectLinear(make, 2_000, body));

  it('a subject of nothing but marks', () => expectLinear((size) => 'Re: '.repeat(Math.min(size, 500)), 100, titleOf));
});
