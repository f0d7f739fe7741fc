// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOf, memory, prepareAll, prepareOne, source } from './support.ts';

const fixture = () => new Uint8Array(readFileSync(join(process.cwd(), 'tests/fixtures/mail/invitation-and-files.eml')));
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const head = ['From: Client <client@example.com>', 'Date: Mon, 02 Mar 2026 08:00:00 +0100', 'Message-ID: <a@example.com>'];

describe('a message of many parts', () => {
  it('has its people, subject, time and ids', async () => {
    const { message, thread } = await prepareOne(fixture());
    expect(message).toMatchObject({
      id: 'm1',
      source: 'raw',
      from: { address: 'client@example.com', name: 'Client, Workshop' },
      to: [{ address: 'desk@example.org' }, { address: 'second@example.org' }],
      cc: [{ address: 'accounts@example.com', name: 'Comptabilité' }],
      replyTo: [{ address: 'answers@example.com' }],
      subject: 'Réf. 12: rendez-vous',
      sentAt: '2026-03-03T09:15:00+01:00',
      messageId: 'fixture-1@mail.example.com',
      references: ['root@mail.example.org', 'parent@mail.example.org'],
    });
    expect(thread).toMatchObject({ subject: 'Réf. 12: rendez-vous', gaps: [] });
    expect(structuredClone(thread)).toEqual(JSON.parse(JSON.stringify(thread)));
  });

  it('reads its text in order and sanitises its markup', async () => {
    const { message } = await prepareOne(fixture());
    expect(message.text).toBe('See you on Tuesday, the drawing is below and the note attached.\n\n-- \nSent to the list');
    expect(message.html).toBe(
      '<p>See you on <b>Tuesday</b>.</p><img src="cid:drawing@mail.example.com" alt="drawing">\n<pre style="white-space: pre-wrap">-- \nSent to the list</pre>',
    );
  });

  it('lists each file once, named, with the bytes it was sent with', async () => {
    const context = memory();
    const { message } = await prepareOne(fixture(), context);
    const listed = await Promise.all(
      message.attachments.map(async ({ filename, mediaType, size, inline, contentId, blob }) => {
        const bytes = await bytesOf(context, blob);
        expect(size).toBe(bytes.length);
        return [filename, mediaType, inline, contentId, text(bytes).slice(0, 22)];
      }),
    );
    expect(listed).toEqual([
      ['part-3.ics', 'text/calendar', false, undefined, 'BEGIN:VCALENDAR\nEND:VC'],
      ['part-4.png', 'image/png', true, 'drawing@mail.example.com', expect.stringContaining('PNG')],
      ['unused.png', 'image/png', false, 'unused@mail.example.com', expect.stringContaining('PNG')],
      ['note.txt', 'text/plain', false, undefined, 'A text that is a file.'],
      ['Offer 1-2.eml', 'message/rfc822', false, undefined, 'From: first@example.ne'],
      ['part-8.pdf', 'application/pdf', false, undefined, '%PDF-1.4'],
    ]);
    expect(new Set(message.attachments.map(({ id }) => id)).size).toBe(6);
    // A line break before a boundary is the boundary's, one more is the file's.
    expect(message.attachments.map(({ size }) => size)).toEqual([29, 8, 8, 23, 92, 8]);
  });

  it('stores files below the capture, the same bytes once, and the original not at all', async () => {
    const context = memory();
    const { message } = await prepareOne(fixture(), context);
    expect(context.writes).toHaveLength(5);
    for (const key of context.writes) expect(key).toMatch(/^c1\/file-[0-9a-f]{64}$/);
    expect(message.original).toMatchObject({
      blob: 'c1/m1',
      filename: '2026-03-03-Ref-12-rendez-vous.eml',
      mediaType: 'message/rfc822',
      size: fixture().length,
    });
    expect(await bytesOf(context, 'c1/m1')).toEqual(fixture());
  });
});

describe('bytes of files', () => {
  it('that are not base64 keep their line ends and have none added', async () => {
    const context = memory();
    const lines = [
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: application/octet-stream',
      'Content-Transfer-Encoding: 8bit',
      '',
      'a\nb',
      'c\u0080\u0000',
      '--b',
      'Content-Type: text/csv; name=q.csv',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'x=',
      'y',
      'z',
      '--b--',
      '',
    ];
    const { message } = await prepareOne(source([...head, ...lines], true), context);
    const files = await Promise.all(message.attachments.map(({ blob }) => bytesOf(context, blob)));
    expect(files.map((bytes) => String.fromCharCode(...bytes))).toEqual(['a\nb\r\nc\u0080\u0000', 'xy\r\nz']);
  });

  it('have the SHA-256 that anybody computes', async () => {
    const { message } = await prepareOne(source([...head, 'Content-Type: application/octet-stream; name=abc', '', 'abc']));
    expect(message.attachments[0]?.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('bodies', () => {
  const body = async (lines: readonly string[]) => (await prepareOne(source([...head, ...lines]))).message;

  it('of HTML alone give text', async () => {
    expect(await body(['Content-Type: text/html', '', '<p>One</p><p>Two</p>'])).toMatchObject({
      text: 'One\n\nTwo',
      html: '<p>One</p><p>Two</p>',
    });
  });

  it('of text alone give no HTML', async () => {
    expect(await body(['', 'One', '', 'Two', ''])).toMatchObject({ text: 'One\n\nTwo', html: '' });
  });

  it('with an empty text part are read from the HTML', async () => {
    const lines = [
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      '',
      ' ',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Only here</p>',
      '--b--',
    ];
    expect((await body(lines)).text).toBe('Only here');
  });

  it('declare their charset inside, where the header does not', async () => {
    const message = await prepareOne(
      source([...head, 'Content-Type: text/html', '', '<meta charset="windows-1251"><p>\u00cf\u00f0\u00e8</p>'], true),
    );
    expect(message.message.text).toBe('При');
  });

  it('of a signed mail leave the signature to the original', async () => {
    const lines = [
      'Content-Type: multipart/signed; boundary=b; protocol="application/pgp-signature"',
      '',
      '--b',
      '',
      'Words',
      '--b',
      'Content-Type: application/pgp-signature; name=signature.asc',
      '',
      'x',
      '--b--',
    ];
    expect(await body(lines)).toMatchObject({ text: 'Words', attachments: [] });
  });

  it('that are encrypted are said to be unreadable', async () => {
    const lines = [
      'Content-Type: multipart/encrypted; boundary=b',
      '',
      '--b',
      'Content-Type: application/pgp-encrypted',
      '',
      'Version: 1',
      '--b',
      'Content-Type: application/octet-stream; name=encrypted.asc',
      '',
      'x',
      '--b--',
    ];
    const { thread, message } = await prepareOne(source([...head, ...lines]));
    expect(thread.gaps).toEqual([{ code: 'encrypted', message: 'm1' }]);
    expect(message.attachments.map(({ filename }) => filename)).toEqual(['encrypted.asc']);
  });
});

describe('broken mail', () => {
  it.each([
    ['nothing at all', []],
    ['no headers', ['', 'Words']],
    ['no empty line', ['Subject: S']],
    ['a boundary that never comes', [...head, 'Content-Type: multipart/mixed; boundary=x', '', 'Words']],
    ['a boundary that never ends', [...head, 'Content-Type: multipart/mixed; boundary=x', '', '--x', '', 'Words']],
    ['no boundary', [...head, 'Content-Type: multipart/mixed', '', 'Words']],
    ['an absurd type', [...head, 'Content-Type: ;;;="', 'Content-Transfer-Encoding: x-unknown', '', 'Words']],
    ['binary rubbish', ['\u0000\u0001\ufffd'.repeat(500)]],
  ])('is a message with its original: %s', async (_, lines) => {
    const { message, thread } = await prepareOne(source(lines));
    expect(message.original?.size).toBe(source(lines).length);
    if (lines.includes('Words')) expect(message.text).toContain('Words');
    expect(thread.title).toBe(lines[0] === 'Subject: S' ? 'S' : '');
  });

  it('that answers itself refers to nothing', async () => {
    const { message } = await prepareOne(source([...head, 'In-Reply-To: <a@example.com>', '', 'x']));
    expect(message.references).toEqual([]);
  });

  it('says what could not be read', async () => {
    const gaps = async (lines: readonly string[]) =>
      (await prepareOne(source(lines))).thread.gaps.map(({ code, detail }) => `${code} ${detail ?? ''}`.trim());
    expect(await gaps([])).toEqual(['unreadable-part', 'no-message-id']);
    expect(await gaps([...head, 'Content-Type: multipart/mixed; boundary=x', '', 'Words'])).toEqual(['unreadable-part part-1.bin']);
    expect(
      await gaps([...head, 'Content-Type: application/pdf; name=cut.pdf', 'Content-Transfer-Encoding: base64', '', 'JVBERi0xL']),
    ).toEqual(['unreadable-part cut.pdf']);
  });

  it('keeps the other messages of the thread', async () => {
    const thread = await prepareAll([source([]), source([...head, 'Subject: Whole', '', 'Words'])]);
    expect(thread.messages.map(({ id }) => id).sort()).toEqual(['m1', 'm2']);
  });

  it('does not hide that storage failed', async () => {
    const context = memory();
    await expect(prepareAll([{ source: 'raw', blob: 'c1/gone' }], {}, context)).rejects.toThrow('No blob');
  });
});

describe('what a page showed', () => {
  it('is a message that is told apart from an original', async () => {
    const { message, thread } = await prepareOne({
      source: 'page',
      page: {
        subject: 'Re: Devis\u202e',
        from: 'Client <client@example.com>',
        to: ['desk@example.org'],
        sentAt: '2026-03-02T08:00:00+01:00',
        html: '<p onclick=x>Words</p>',
        attachments: [{ filename: 'plan.pdf' }],
      },
    });
    expect(message).toMatchObject({
      source: 'page',
      subject: 'Re: Devis',
      from: { address: 'client@example.com', name: 'Client' },
      to: [{ address: 'desk@example.org' }],
      sentAt: '2026-03-02T08:00:00+01:00',
      text: 'Words',
      html: '<p>Words</p>',
    });
    expect(message.original).toBeUndefined();
    expect(thread.gaps).toEqual([
      { code: 'not-the-original', message: 'm1' },
      { code: 'attachment-missing', message: 'm1', detail: 'plan.pdf' },
      { code: 'no-message-id', message: 'm1' },
    ]);
  });

  it('gives way to the source of the same message', async () => {
    const thread = await prepareAll([
      { source: 'page', page: { messageId: '<a@example.com>', text: 'page' } },
      source([...head, '', 'source']),
    ]);
    expect(thread.messages.map((message) => message.text)).toEqual(['source']);
    expect(thread.gaps).toEqual([]);
  });

  it('is nothing where nothing was handed over', async () => {
    const thread = await prepareAll([{ source: 'page' }], { subject: '(no subject)', gaps: [{ code: 'thread-not-searched' }] });
    expect(thread).toMatchObject({
      subject: '(no subject)',
      messages: [],
      requesters: [],
      gaps: [{ code: 'thread-not-searched' }, { code: 'message-missing', message: 'm1' }],
    });
    expect(thread.reference).toMatch(/^relais-[a-z0-9]{20}$/);
  });
});

describe('a thread', () => {
  it('takes subject and title from its oldest message, never from the page where a source tells', async () => {
    const later = source(['From: b@example.com', 'Date: Tue, 03 Mar 2026 08:00:00 +0100', 'Subject: Re: New words', '', 'x']);
    const first = source([...head, 'Subject: Re: Old words', '', 'x']);
    expect(await prepareAll([later, first], { subject: 'Page' })).toMatchObject({ subject: 'Re: Old words', title: 'Old words' });
    expect(await prepareAll([source([...head, '', 'x'])], { subject: '(sans objet)' })).toMatchObject({ subject: '', title: '' });
  });

  it('has originals with names of their own', async () => {
    const mail = (id: string) => source(['Date: Mon, 02 Mar 2026 08:00:00 +0100', 'Subject: Devis', `Message-ID: <${id}@x>`, '', 'x']);
    const thread = await prepareAll([mail('a'), mail('b'), mail('a')]);
    expect(thread.messages.map((message) => message.original?.filename)).toEqual(['2026-03-02-Devis.eml', '2026-03-02-Devis-2.eml']);
  });

  it('tells apart two messages that the page calls the same', async () => {
    const context = memory();
    context.blobs.set('c1/1', new Blob([source(['Message-ID: <1@x>', '', 'one'])]));
    context.blobs.set('c1/2', new Blob([source(['Message-ID: <2@x>', '', 'two'])]));
    const { prepare } = await import('../../../utils/mail/prepare.ts');
    const messages = [1, 2].map((number) => ({ id: 'same', source: 'raw' as const, blob: `c1/${number}` }));
    const thread = await prepare({ captureId: 'c1', messages, gaps: [] }, context);
    expect(thread.messages.map(({ id }) => id)).toEqual(['same', 'same~2']);
  });
});

describe('a mail forwarded as an attachment', () => {
  const inner = [
    'From: Inès <ines@example.com>',
    'To: camille@example.org',
    'Subject: Oven',
    'Date: Sun, 01 Mar 2026 08:00:00 +0100',
    '',
    'It smokes.',
  ];
  const forward = (...attached: readonly (readonly string[])[]) =>
    source([
      'From: camille@example.org',
      'Message-ID: <f@example.org>',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'For you',
      ...attached.flatMap((lines) => ['--b', 'Content-Type: message/rfc822', '', ...lines]),
      '--b--',
    ]);

  it('says who really wrote it, and makes them the requester', async () => {
    const { message, thread } = await prepareOne(forward(inner));
    expect(message.forwarded).toEqual({
      from: { address: 'ines@example.com', name: 'Inès' },
      to: [{ address: 'camille@example.org', name: '' }],
      cc: [],
      subject: 'Oven',
      date: 'Sun, 01 Mar 2026 08:00:00 +0100',
      sentAt: '2026-03-01T08:00:00+01:00',
      text: 'It smokes.',
    });
    expect(thread.requesters[0]).toMatchObject({ address: 'ines@example.com', reason: 'forwarded-author' });
  });

  it('is not guessed among several', async () => {
    expect((await prepareOne(forward(inner, inner))).message.forwarded).toBeUndefined();
  });
});
