// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { draftOf, formOf } from '../../../utils/core/draft.ts';
import type { Message } from '../../../utils/core/thread.ts';
import { markDecoration } from '../../../utils/mail/decoration.ts';
import { sizeOfPicture } from '../../../utils/mail/pictures.ts';
import { isRisky } from '../../../utils/mail/risky.ts';
import { prepareAll, source } from './support.ts';

const bytes = (...list: readonly number[]) => Uint8Array.from([...list, ...Array.from({ length: 32 }, () => 0)]);
const png = (width: number, height: number, filling = 0) =>
  Uint8Array.from([
    0x89,
    0x50,
    0x4e,
    0x47,
    13,
    10,
    26,
    10,
    0,
    0,
    0,
    13,
    73,
    72,
    68,
    82,
    0,
    0,
    width >> 8,
    width & 255,
    0,
    0,
    height >> 8,
    height & 255,
    8,
    6,
    0,
    0,
    0,
    0,
    ...Array.from({ length: filling }, (_, index) => index & 255),
  ]);

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly id?: string;
  readonly filling?: number;
}

/** A mail of that author whose HTML shows the pictures that have an id. */
function mail(number: number, from: string, pictures: readonly Picture[], html?: string) {
  const shown = pictures.map(({ id }) => (id ? `<p>Words <img src="cid:${id}"></p>` : '')).join('');
  return source([
    `From: ${from}`,
    `Date: Mon, 02 Mar 2026 0${number}:00:00 +0100`,
    `Message-ID: <${number}@example.com>`,
    'Content-Type: multipart/related; boundary=b',
    '',
    '--b',
    'Content-Type: text/html',
    '',
    html ?? (shown || '<p>Words</p>'),
    ...pictures.flatMap(({ width, height, id, filling }, index) => [
      '--b',
      `Content-Type: image/png; name=picture-${index}.png`,
      ...(id ? [`Content-ID: <${id}>`] : []),
      'Content-Transfer-Encoding: base64',
      '',
      btoa(String.fromCharCode(...png(width, height, filling))),
    ]),
    '--b--',
  ]);
}

const decorationsOf = ({ messages }: { messages: readonly Message[] }) =>
  messages.map(({ attachments }) => attachments.map(({ decoration }) => decoration));

describe('a picture', () => {
  it.each<[string, Uint8Array, object | undefined]>([
    ['PNG', png(640, 480), { width: 640, height: 480 }],
    ['GIF', Uint8Array.from([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 2, 1]), { width: 1, height: 258 }],
    ['JPEG', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 11, 8, 0, 100, 1, 44), { width: 300, height: 100 }],
    ['BMP', bytes(0x42, 0x4d, ...Array.from({ length: 16 }, () => 0), 200, 0, 0, 0, 0xf6, 0xff, 0xff, 0xff), { width: 200, height: 10 }],
    [
      'WebP',
      bytes(...[...'RIFF____WEBPVP8X'].map((char) => char.charCodeAt(0)), 10, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 49, 0, 0),
      { width: 100, height: 50 },
    ],
    [
      'lossless WebP',
      bytes(...[...'RIFF____WEBPVP8L'].map((char) => char.charCodeAt(0)), 9, 0, 0, 0, 0x2f, 99, 0x40, 12, 0),
      { width: 100, height: 50 },
    ],
    [
      'lossy WebP',
      bytes(...[...'RIFF____WEBPVP8 '].map((char) => char.charCodeAt(0)), 9, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 100, 0, 50, 0),
      { width: 100, height: 50 },
    ],
    ['text', bytes(65, 66), undefined],
    ['a JPEG that is cut', bytes(0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff), undefined],
    ['nothing', new Uint8Array(), undefined],
  ])('as %s has a size', (_, picture, expected) => {
    expect(sizeOfPicture(picture)).toEqual(expected);
  });
});

describe('decoration', () => {
  it('is what cannot be seen, and icons shown in the text', async () => {
    const thread = await prepareAll([
      mail(1, 'a@example.com', [
        { width: 1, height: 1 },
        { width: 600, height: 2, id: 'line' },
        { width: 24, height: 24, id: 'icon' },
        { width: 32, height: 24, id: 'another' },
        { width: 24, height: 24, filling: 1 },
        { width: 640, height: 480, id: 'photo' },
        { width: 200, height: 80, id: 'small' },
      ]),
    ]);
    expect(decorationsOf(thread)).toEqual([['pixel', 'pixel', 'logo', 'logo', undefined, undefined, undefined]]);
  });

  it('is no icon that stands alone', async () => {
    expect(decorationsOf(await prepareAll([mail(1, 'a@example.com', [{ width: 24, height: 24, id: 'icon' }])]))).toEqual([[undefined]]);
  });

  it('is a small picture that its author shows again and again, from the first mail on', async () => {
    const logo = { width: 200, height: 80, id: 'logo' };
    const thread = await prepareAll([mail(1, 'a@example.com', [logo]), mail(2, 'b@example.com', []), mail(3, 'a@example.com', [logo])]);
    expect(decorationsOf(thread)).toEqual([['logo'], [], ['logo']]);
  });

  it('is no photograph, though it is quoted; the second copy is a duplicate', async () => {
    const photo = { width: 800, height: 600, id: 'photo' };
    const thread = await prepareAll([
      mail(1, 'a@example.com', [photo]),
      mail(2, 'a@example.com', [photo]),
      mail(3, 'b@example.com', [photo]),
    ]);
    expect(decorationsOf(thread)).toEqual([[undefined], ['duplicate'], ['duplicate']]);
  });

  it('is a small picture in a signature', async () => {
    const [message] = (await prepareAll([mail(1, 'a@example.com', [{ width: 300, height: 90, id: 'mark' }])])).messages;
    if (!message) throw new Error('No message');
    const sizes = new Map([[message.attachments[0]?.sha256 ?? '', { width: 300, height: 90 }]]);
    const at = (html: string) => decorationsOf({ messages: markDecoration([{ ...message, html: html as Message['html'] }], sizes) });
    expect(at('<p>x</p><div data-fold="signature"><img src="cid:mark"></div>')).toEqual([['logo']]);
    expect(at('<p>x <img src="cid:mark"></p><div data-fold="signature"><img src="cid:mark"></div>')).toEqual([[undefined]]);
    expect(at('<p>x</p><blockquote data-fold="quote"><img src="cid:mark"></blockquote>')).toEqual([[undefined]]);
  });

  it('is no small picture that comes back only in quotes', async () => {
    const small = { width: 200, height: 80, id: 'small' };
    const thread = await prepareAll([mail(1, 'a@example.com', [small]), mail(2, 'a@example.com', [small])]);
    const sizes = new Map([[thread.messages[0]?.attachments[0]?.sha256 ?? '', small]]);
    const quoting = '<p>x</p><blockquote data-fold="quote"><img src="cid:small"></blockquote>' as Message['html'];
    const messages = thread.messages.map(({ html, attachments, ...message }, index) => ({
      ...message,
      html: index === 0 ? html : quoting,
      attachments: attachments.map(({ decoration: _, ...file }) => file),
    }));
    expect(decorationsOf({ messages: markDecoration(messages, sizes) })).toEqual([[undefined], ['duplicate']]);
  });

  it('of empty files is none', async () => {
    const empty = ['--b', 'Content-Type: application/x-empty; name=a', '', ''];
    const thread = await prepareAll([source(['Content-Type: multipart/mixed; boundary=b', '', ...empty, ...empty, '--b--'])]);
    expect(decorationsOf(thread)).toEqual([[undefined, undefined]]);
  });
});

describe('what is left out', () => {
  const capture = async () => {
    const thread = await prepareAll([
      mail(1, 'a@example.com', [
        { width: 1, height: 1 },
        { width: 640, height: 480 },
        { width: 90, height: 2, id: 'icon' },
      ]),
    ]);
    return {
      version: 1,
      id: 'c1',
      createdAt: 0,
      status: 'ready',
      origin: '',
      url: '',
      webmail: 'x',
      threadKey: 'x',
      expected: 1,
      received: 1,
      thread,
      edits: {},
      sendWhenReady: false,
    } as const;
  };
  const settings = { endpoints: [{ id: 'e', needsQueue: false, defaults: {} }] };
  const words = { untitled: () => 'x', incomplete: () => '' };

  it('by itself is the decoration, and its place in the text is named', async () => {
    const given = await capture();
    const ids = given.thread.messages[0]?.attachments.map(({ id }) => id) ?? [];
    expect([...formOf(given, settings).leftOut]).toEqual([ids[0], ids[2]]);
    const [article] = (await draftOf(given, settings, words)).articles;
    expect(article?.files.map(({ filename }) => filename)).toEqual(['picture-1.png', expect.stringMatching(/\.eml$/)]);
    expect(article?.html).not.toContain('cid:icon');
  });

  it('by a person is what the person said, nothing else', async () => {
    const given = { ...(await capture()), edits: { leftOut: [] } };
    const [article] = (await draftOf(given, settings, words)).articles;
    expect(article?.files).toHaveLength(4);
    expect(article?.html).toContain('cid:icon');
  });
});

describe('a risky file', () => {
  const text = new TextEncoder().encode('some words that are long enough to be a file of their own, no program, no script at all');
  it.each([
    ['invoice.exe', true],
    ['invoice.pdf.js', true],
    ['Offer.DOCM', true],
    ['page.html', true],
    ['shortcut.lnk. ', true],
    ['invoice.pdf', false],
    ['photo.jpg', false],
    ['archive.zip', false],
    ['noextension', false],
  ])('%s: %s', (name, expected) => {
    expect(isRisky(name, 'application/octet-stream', text)).toBe(expected);
  });

  it('is one by its type and by its first bytes too', () => {
    expect(isRisky('a.pdf', 'application/x-msdownload', text)).toBe(true);
    expect(isRisky('a.pdf', 'application/pdf', Uint8Array.from([0x4d, 0x5a, ...text]))).toBe(true);
    expect(isRisky('a', 'text/plain', new TextEncoder().encode('#!/bin/sh\n'))).toBe(true);
    expect(isRisky('a.txt', 'text/plain', new TextEncoder().encode('MZ'))).toBe(false);
  });
});
