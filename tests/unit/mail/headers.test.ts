import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../utils/mail/charset.ts';
import { readDate, readIsoTime } from '../../../utils/mail/dates.ts';
import { allHeaders, firstHeader, readHeaders } from '../../../utils/mail/headers.ts';
import { readMessageId, readReferences } from '../../../utils/mail/message-ids.ts';
import { readStructured } from '../../../utils/mail/parameters.ts';
import { readParticipants } from '../../../utils/mail/participants.ts';
import { decodeTransfer } from '../../../utils/mail/transfer.ts';
import { oneLine, readWords } from '../../../utils/mail/words.ts';
import { source } from './support.ts';

const headersOf = (lines: readonly string[], binary = false) => {
  const bytes = source(lines, binary);
  return readHeaders(bytes, 0, bytes.length, 1_000_000);
};
const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe('a header block', () => {
  it('is unfolded and ends at the empty line', () => {
    const block = headersOf(['Subject: one', '  two', 'To: a@example.org', '', 'Cc: not@a.header']);
    expect(block.headers).toEqual([
      { name: 'subject', value: 'one  two' },
      { name: 'to', value: 'a@example.org' },
    ]);
    expect(block.bodyStart).toBe('Subject: one\r\n  two\r\nTo: a@example.org\r\n\r\n'.length);
  });

  it('counts the first of doubled headers, and every one of a list', () => {
    const { headers } = headersOf(['Subject: ', 'Subject: first', 'Subject: second', 'To: a@example.org', 'To: b@example.org', '']);
    expect(firstHeader(headers, 'subject')).toBe('first');
    expect(allHeaders(headers, 'to')).toEqual(['a@example.org', 'b@example.org']);
  });

  it('passes over what is no header', () => {
    const { headers } = headersOf([
      'From someone Mon Mar  2 08:00:00 2026',
      'A sentence with a colon: no header',
      'no colon here',
      ': empty name',
      'Subject : late colon',
      '',
    ]);
    expect(headers).toEqual([{ name: 'subject', value: 'late colon' }]);
  });

  it('reads raw 8-bit, each header by itself', () => {
    const { headers } = headersOf(['Subject: caf\u00e9 \u0096 \u0080', 'To: Zo\u00c3\u00ab <zoe@example.com>', ''], true);
    expect(headers.map((header) => header.value)).toEqual(['café – €', 'Zoë <zoe@example.com>']);
  });
});

describe('text', () => {
  it.each([
    ['latin-1 that is UTF-8', [0xc3, 0xa9], 'iso-8859-1', 'é'],
    ['ascii that is UTF-8', [0xc3, 0xa9], 'us-ascii', 'é'],
    ['UTF-8 that is windows-1252', [0x93, 0xe9, 0x94], 'utf-8', '“é”'],
    ['no label, windows-1252', [0x80], undefined, '€'],
    ['an unknown label', [0xc3, 0xa9], 'x-nonsense', 'é'],
    ['Latin-1 with Euro, which is windows-1252', [0x80], 'ISO_8859-1', '€'],
    ['Japanese by its Windows number', [0x83, 0x4a], 'cp932', 'カ'],
    ['Korean by its old name', [0xb1, 0xe8], 'ks_c_5601-1987', '김'],
    ['Russian', [0xf0, 0xd2, 0xc9], 'KOI8-R', 'При'],
    ['a label with a language', [0xe9], 'windows-1252*fr', 'é'],
    ['UTF-16 by its mark', [0xff, 0xfe, 0x41, 0x00], undefined, 'A'],
  ])('of %s', (_, bytes, label, expected) => {
    expect(decodeText(new Uint8Array(bytes), label)).toBe(expected);
  });

  it('stays UTF-8 when one letter of many is cut', () => {
    const bytes = new TextEncoder().encode('éèàùâêîôû');
    expect(decodeText(bytes.subarray(0, -1), 'utf-8')).toBe('éèàùâêîô\ufffd');
  });

  it('of encoded words is joined over their borders', () => {
    expect(readWords('=?utf-8?B?w6nDqMOg?= =?utf-8?Q?_et_=C3?= =?utf-8?Q?=A9?= end')).toBe('éèà et é end');
    expect(readWords('=?iso-8859-1?Q?Probl=E8me?=')).toBe('Problème');
  });

  it('of a header has no control characters and no direction overrides', () => {
    expect(oneLine('a\u0000b\u202ec\u2066d\r\n e\u0085f\u2028')).toBe('abcd  ef');
  });
});

describe('a date', () => {
  it.each([
    ['Mon, 02 Mar 2026 14:40:00 +0100', '2026-03-02T14:40:00+01:00'],
    ['2 Mar 2026 04:05 -0330', '2026-03-02T04:05:00-03:30'],
    ['Fri, 6 Mar 26 09:05:07 EST', '2026-03-06T09:05:07-05:00'],
    ['Thu, 1 Jan 98 00:00:00 GMT', '1998-01-01T00:00:00+00:00'],
    ['Mon, 02 Mar 2026 14:40:00 +0100 (Central (European) Time)', '2026-03-02T14:40:00+01:00'],
    ['Mon, 02 Mar 2026 14:40:60 GMT+0100', '2026-03-02T14:40:59+01:00'],
    ['Mon Mar  2 14:40:00 2026', '2026-03-02T14:40:00+00:00'],
    ['Mon Mar 2 14:40:00 CET 2026', '2026-03-02T14:40:00+01:00'],
    ['2026-03-02T14:40:00+01:00', '2026-03-02T14:40:00+01:00'],
    ['2026-03-02 14:40:00 +0100', '2026-03-02T14:40:00+01:00'],
    ['Mon, 2-Mar-2026 2:40:00 PM -0000', '2026-03-02T14:40:00+00:00'],
    ['Mon, 02 Mar 2026 14:40:00', '2026-03-02T14:40:00+00:00'],
  ])('%s', (header, expected) => {
    expect(readDate(header)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    'Mon, 32 Mar 2026 14:40:00 +0100',
    '29 Feb 2026 00:00:00 Z',
    '2 Mär 2026 10:00:00 +0100',
    '2 Mar 2026 25:00:00 +0000',
    '%date%',
  ])('is absent for "%s"', (header) => {
    expect(readDate(header)).toBeUndefined();
  });

  it('of a page counts only with an offset', () => {
    expect(readIsoTime('2026-03-02T14:40:00Z')).toBe('2026-03-02T14:40:00+00:00');
    expect(readIsoTime('2026-03-02T14:40:00')).toBeUndefined();
    expect(readIsoTime('Mon, 02 Mar 2026 14:40:00 +0100')).toBeUndefined();
  });

  it('is the same instant that went in', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-03'), max: new Date('2199-01-01'), noInvalidDate: true }),
        fc.integer({ min: -720, max: 840 }),
        (date, east) => {
          const local = new Date(Math.floor(date.getTime() / 1000) * 1000 + east * 60_000).toUTCString().replace('GMT', '');
          const sign = east < 0 ? '-' : '+';
          const zone = `${sign}${String(Math.floor(Math.abs(east) / 60)).padStart(2, '0')}${String(Math.abs(east) % 60).padStart(2, '0')}`;
          expect(Date.parse(readDate(`${local}${zone}`) ?? '')).toBe(Math.floor(date.getTime() / 1000) * 1000);
        },
      ),
    );
  });
});

describe('Message-IDs', () => {
  it('lose their brackets, and blanks of a fold', () => {
    expect(readMessageId(' <a@b> (comment)')).toBe('a@b');
    expect(readMessageId('<long\t.part@b>')).toBe('long.part@b');
    expect(readMessageId('a@b')).toBe('a@b');
    expect(readMessageId('nothing')).toBeUndefined();
  });

  it('of References come oldest first, each once, the parent last where it lacks', () => {
    expect(readReferences('<r@x> <a@x>\r\n <r@x>', '<p@x>')).toEqual(['r@x', 'a@x', 'p@x']);
    expect(readReferences('<r@x> <p@x>', '<p@x>')).toEqual(['r@x', 'p@x']);
    expect(readReferences(undefined, 'Your message of Monday <p@x>')).toEqual(['p@x']);
    expect(readReferences('r@x,p@x', undefined)).toEqual(['r@x', 'p@x']);
  });

  it('are bounded, the first always kept', () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `<${index}@x>`).join(' ');
    const found = readReferences(ids, undefined);
    expect(found).toHaveLength(1_000);
    expect([found[0], found.at(-1)]).toEqual(['0@x', '4999@x']);
  });
});

describe('participants', () => {
  it.each([
    ['"Duval, Inès" <Ines@Example.COM>', [{ address: 'Ines@example.com', name: 'Duval, Inès' }]],
    [
      '=?utf-8?Q?In=C3=A8s?= <ines@example.com>, noor@example.org',
      [
        { address: 'ines@example.com', name: 'Inès' },
        { address: 'noor@example.org', name: '' },
      ],
    ],
    [
      'Team: a@example.org, "B" <b@example.org>;, c@example.org',
      [
        { address: 'a@example.org', name: '' },
        { address: 'b@example.org', name: 'B' },
        { address: 'c@example.org', name: '' },
      ],
    ],
    ['undisclosed-recipients:;', []],
    ["'ines@example.com' <ines@example.com>", [{ address: 'ines@example.com', name: '' }]],
    ['<desk@example.org> (Front desk)', [{ address: 'desk@example.org', name: 'Front desk' }]],
    ['Only a name', [{ address: '', name: 'Only a name' }]],
    ['Evil\u202e <e@example.org>', [{ address: 'e@example.org', name: 'Evil' }]],
    ['=?utf-8?Q?client=40example.com?= <thief@example.net>', [{ address: 'thief@example.net', name: 'client@example.com' }]],
    ['broken <some words desk@example.org>', [{ address: 'desk@example.org', name: 'broken' }]],
    ['', []],
  ])('of %s', (value, expected) => {
    expect(readParticipants([value])).toEqual(expected);
  });
});

describe('parameters', () => {
  const filename = (header: string) => readStructured(header).params.get('filename');

  it.each([
    ['attachment; filename=plain.pdf', 'plain.pdf'],
    ['attachment; filename="a;b \\"c\\".pdf"', 'a;b "c".pdf'],
    ['attachment; filename=two words.pdf', 'two words.pdf'],
    ['attachment; filename=Invoice(1).pdf', 'Invoice(1).pdf'],
    ['attachment; filename="C:\\mail\\a.txt"', 'C:\\mail\\a.txt'],
    ["attachment; filename*=utf-8'fr'%C3%A9t%C3%A9.txt", 'été.txt'],
    ["attachment; filename*=iso-8859-1''%E9t%E9.txt; filename=ete.txt", 'été.txt'],
    ['attachment; filename*0*=utf-8\'\'re%C3; filename*1*=%A7u; filename*2=" 1%41.pdf"', 'reçu 1%41.pdf'],
    ['attachment; filename="=?utf-8?B?w6l0w6kucGRm?="', 'été.pdf'],
    ['attachment; FILENAME = first.pdf; filename=second.pdf', 'first.pdf'],
    ['attachment; filename="never closed.pdf', 'never closed.pdf'],
  ])('%s', (header, expected) => {
    expect(filename(header)).toBe(expected);
  });

  it('survive a forgotten semicolon and a comment', () => {
    expect(readStructured('text/plain charset=utf-8')).toEqual({ value: 'text/plain', params: new Map([['charset', 'utf-8']]) });
    expect(readStructured('Text/Plain; charset=us-ascii (ordinary)').params.get('charset')).toBe('us-ascii');
  });
});

describe('transfer encodings', () => {
  it('give back what went in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const base64 = btoa(String.fromCharCode(...bytes)).replace(/(.{20})/g, '$1\r\n');
        const quoted = [...bytes]
          .map((byte, index) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}${index % 20 === 19 ? '=\r\n' : ''}`)
          .join('');
        expect([...decodeTransfer(ascii(base64), 'base64').bytes]).toEqual([...bytes]);
        expect([...decodeTransfer(ascii(quoted), 'quoted-printable').bytes]).toEqual([...bytes]);
        expect([...decodeTransfer(Uint8Array.from(bytes), '8bit').bytes]).toEqual([...bytes]);
      }),
    );
  });

  it('forgive careless senders, and say when bytes are missing', () => {
    const text = (encoded: string, encoding: string) => new TextDecoder().decode(decodeTransfer(ascii(encoded), encoding).bytes);
    expect(text('YQ==\r\nYg==', 'base64')).toBe('ab');
    expect(text('YWI= and a remark', 'base64')).toBe('ab');
    expect(text('a =  \r\nb=3d=zz=', 'quoted-printable')).toBe('a b==zz');
    expect(decodeTransfer(ascii('YWJj\r\nZ'), 'base64').damaged).toBe(true);
    expect(decodeTransfer(ascii('YWJj\r\n'), 'base64').damaged).toBe(false);
  });
});
