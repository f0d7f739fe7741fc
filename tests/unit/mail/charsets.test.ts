// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../utils/mail/charset.ts';
import { decodeEncodedWords, unifyEncodedWords } from '../../../utils/mail/encoded-words.ts';
import { readParticipants } from '../../../utils/mail/participants.ts';
import { prepareOne, source } from './support.ts';

/** Characters up to U+00FF as bytes. */
const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe('a charset', () => {
  it.each([
    ['iso-2022-jp', '\u001b$B$3$s$K$A$O\u001b(B', 'こんにちは'],
    ['us-ascii', 'a \u001b$B$3$s$K$A$O\u001b(B', 'a こんにちは'],
    ['koi8-r', '\u00f0\u00d2\u00c9\u00d7\u00c5\u00d4', 'Привет'],
    ['gbk', '\u00c4\u00e3\u00ba\u00c3', '你好'],
    ['gb2312', '\u00c4\u00e3\u00ba\u00c3', '你好'],
    ['big5', '\u00a7\u0041\u00a6\u006e', '你好'],
    ['windows-1250', '\u00f8\u00e9\u009e', 'řéž'],
    ['windows-1251', '\u00cf\u00f0\u00e8', 'При'],
    ['windows-1253', '\u00c3\u00e5\u00e9\u00dc', 'Γειά'],
    ['windows-1255', '\u00f9\u00ec\u00e5\u00ed', 'שלום'],
    ['windows-1256', '\u00e3\u00d1\u00cd\u00c8\u00c7', 'مرحبا'],
    ['iso-8859-15', '\u00a4', '€'],
    ['iso-2022-kr', '\u001b$)C\u000e>H3g\u000f A', '안녕 A'],
    ['iso-2022-kr', '\u001b$)C\u000e>H3g\nA', '안녕\nA'],
    ['hz-gb-2312', 'a ~{Dc:C~} ~~', 'a 你好 ~'],
    ['cp850', 'caf\u0082', 'café'],
    ['IBM437', '\u009c5', '£5'],
    ['cp852', '\u00fd\u00a5', 'řą'],
    ['utf-7', 'Gr+APwA3w-e 1+-1=2 +2D3eAA-.', 'Grüße 1+1=2 😀.'],
    ['unicode-1-1-utf-7', 'a+ b', 'a+ b'],
    ['utf-16', '\u00fe\u00ff\u0000A', 'A'],
  ])('%s is read', (label, text, expected) => {
    expect(decodeText(bytes(text), label)).toBe(expected);
  });

  it.each(['windows-1251', 'iso-8859-2', 'koi8-r', 'iso-8859-9'])('%s that is really UTF-8 is read as UTF-8', (label) => {
    expect(decodeText(new TextEncoder().encode('Überraschung für Zoë'), label)).toBe('Überraschung für Zoë');
  });

  it('of two bytes a letter is believed, though it be valid UTF-8', () => {
    expect(decodeText(bytes('\u00c1\u00aa\u00cd\u00a8'), 'gbk')).toBe('联通');
  });
});

describe('encoded words', () => {
  it.each([
    ['=?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?=', 'こんにちは'],
    ['=?koi8-r?Q?=F0=D2=C9?= =?koi8-r?q?=D7=C5=D4?=', 'Привет'],
    ['=?gbk?B?xOM=?= =?gbk?B?usM=?=!', '你好!'],
    ['=?utf-7?Q?Gr+APwA3w-e?=', 'Grüße'],
    ['=?windows-1252*fr?Q?=80_=E9?=', '€ é'],
    ['=?utf-8?Q?Really??=', 'Really?'],
    ['=?utf-8?Q?a b?= c', 'a b c'],
    ['=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=', 'é'],
    ['=?utf-8?B?w6k=?= =?iso-8859-1?Q?=E9?=', 'éé'],
    ['=?x-unheard?Q?=C3=A9?=', 'é'],
    ['=?utf-8?B?w6nDqcOp', 'ééé'],
    ['=?utf-8?B?nnDusSNdG92w?= x', '=?utf-8?B?nnDusSNdG92w?= x'],
    ['1 =? 2 ?= 3', '1 =? 2 ?= 3'],
    ['a =?utf-8?X?b?= c', 'a =?utf-8?X?b?= c'],
  ])('%s', (text, expected) => {
    expect(decodeEncodedWords(text)).toBe(expected);
    expect(decodeEncodedWords(unifyEncodedWords(text))).toBe(expected);
  });

  it('of names keep commas and brackets out of the structure, in any charset', () => {
    expect(readParticipants(['=?utf-7?Q?M+APw-ller,_J.?= <j@example.org>, =?hz-gb-2312?Q?~{Dc:C~}?= <n@example.org>'])).toEqual([
      { address: 'j@example.org', name: 'Müller, J.' },
      { address: 'n@example.org', name: '你好' },
    ]);
  });

  it('made to take long take a time that grows with them', () => {
    const start = performance.now();
    for (const piece of ['=?', '=?a?q?', '=?utf-8?B?YQ==?= ', '=?a?q?x?=']) decodeEncodedWords(piece.repeat(50_000));
    // A second covers any machine; work that grows with the square would take minutes.
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

describe('raw 8-bit headers', () => {
  it('are read in the charset of the body', async () => {
    const { message } = await prepareOne(
      source(
        [
          'From: \u00c4\u00e3\u00ba\u00c3 <n@example.org>',
          'Subject: \u00c4\u00e3\u00ba\u00c3',
          'Content-Type: multipart/mixed; boundary=b',
          '',
          '--b',
          'Content-Type: text/plain; charset=gbk',
          '',
          '\u00c4\u00e3',
          '--b',
          'Content-Type: application/pdf; name="\u00ba\u00c3.pdf"',
          '',
          'x',
          '--b--',
        ],
        true,
      ),
    );
    expect(message).toMatchObject({ subject: '你好', from: { name: '你好' }, text: '你', attachments: [{ filename: '好.pdf' }] });
  });

  it('in Japanese escapes are read as such', async () => {
    const { message } = await prepareOne(source(['Subject: \u001b$B$3$s$K$A$O\u001b(B', '', 'x']));
    expect(message.subject).toBe('こんにちは');
  });
});
