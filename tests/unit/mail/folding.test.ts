import { array, assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownText, stretchesOf } from '../../../utils/core/thread.ts';
import { foldLines, rangesOf } from '../../../utils/mail/fold.ts';
import { linesOf } from '../../../utils/mail/fold-lines.ts';

function fold(text: string, subject = 'Re: Display case') {
  const lines = linesOf(text);
  const { kinds, forwarded } = foldLines(lines, subject);
  return { text, folds: rangesOf(lines, kinds), forwarded };
}
const own = (text: string, subject?: string) => ownText(fold(text, subject));
const kinds = (text: string) => fold(text).folds.map(({ kind }) => kind);

/** As programs write it in their users' languages, with dates and names of ours. */
const attributions = [
  'On Mon, 3 Mar 2026 at 09:31, Ana Prado <ana@example.org> wrote:',
  'On Mon, 3 Mar 2026 at 09:31, Ana Prado <\nana@example.org> wrote:',
  'Am Mo., 3. März 2026 um 09:31 Uhr schrieb Ana Prado <ana@example.org>:',
  'Am 03.03.26 um 09:31 schrieb Ana Prado:',
  'Le lun. 3 mars 2026 à 09:31, Ana Prado <ana@example.org> a écrit :',
  'El lun, 3 mar 2026 a las 9:31, Ana Prado (<ana@example.org>) escribió:',
  'Il giorno lun 3 mar 2026 alle ore 09:31 Ana Prado <ana@example.org>\nha scritto:',
  'Op ma 3 mrt 2026 om 09:31 schreef Ana Prado <ana@example.org>:',
  'Em seg., 3 de mar. de 2026 às 09:31, Ana Prado <ana@example.org> escreveu:',
  'pon., 3 mar 2026 o 09:31 Ana Prado <ana@example.org> napisał(a):',
  'Den mån 3 mars 2026 kl 09:31 skrev Ana Prado <ana@example.org>:',
  'man. 3. mar. 2026 kl. 09:31 skrev Ana Prado <ana@example.org\n>:',
  'ma 3. maalisk. 2026 klo 9.31 Ana Prado (ana@example.org) kirjoitti:',
  'po 3. 3. 2026 v 9:31 odesílatel Ana Prado <ana@example.org> napsal:',
  'Ana Prado <ana@example.org> ezt írta (időpont: 2026. márc. 3., H, 9:31):',
  'пн, 3 мар. 2026 г. в 09:31, Ana Prado <ana@example.org>:',
  'Ana Prado <ana@example.org>, 3 Mar 2026 Pzt, 09:31 tarihinde şunu yazdı:',
  'Στις Δευ 3 Μαρ 2026 στις 9:31 π.μ., ο χρήστης Ana Prado <ana@example.org> έγραψε:',
  '2026年3月3日(月) 9:31 Ana Prado <ana@example.org>:',
  'Ana Prado <ana@example.org> 于2026年3月3日周一 09:31写道：',
  '2026년 3월 3일 (월) 오전 9:31, Ana Prado <ana@example.org>님이 작성:',
  '\u202bבתאריך יום ב׳, 3 במרץ 2026 ב-9:31 מאת \u202aAna Prado\u202c <\u202aana@example.org\u202c>:\u202c',
  'في الاثنين، ٣ مارس ٢٠٢٦ في ٩:٣١ ص تمت كتابة ما يلي بواسطة Ana Prado <ana@example.org>:',
  'Vào Th 2, 3 thg 3, 2026 vào lúc 09:31 Ana Prado <ana@example.org> đã viết:',
  '------- Original Message -------\nOn Monday, March 3rd, 2026 at 09:31, Ana Prado <ana@example.org> wrote:',
  '---- On Mon, 03 Mar 2026 09:31:00 +0100 ana@example.org wrote ----',
  '-----"Ana Prado" <ana@example.org> wrote on 03/03/2026 09:31AM: -----',
];

/** Headings as programs copy them; the last one is of a language that nobody speaks. */
const headings = [
  'From: Ana Prado <ana@example.org>\nSent: Monday, March 3, 2026 9:31 AM\nTo: Ben\nSubject: Crack',
  '*From:* Ana Prado [mailto:ana@example.org]\n*Sent:* Monday, March 3, 2026 9:31 AM\n*To:* Ben\n*Subject:* Crack',
  'Von: Ana Prado <ana@example.org>\nGesendet: Montag, 3. März 2026 09:31\nAn: Ben <ben@example.org>\nBetreff: Crack',
  '________________________________\nDe : Ana Prado <ana@example.org>\nEnvoyé : lundi 3 mars 2026 09:31\nÀ : Ben <ben@example.org>\nObjet : Crack',
  'De: Ana Prado <ana@example.org>\nEnviado: lunes, 3 de marzo de 2026 9:31\nPara: Ben <ben@example.org>\nAsunto: Crack',
  'Da: Ana Prado <ana@example.org>\nInviato: lunedì 3 marzo 2026 09:31\nA: Ben <ben@example.org>\nOggetto: Crack',
  'Van: Ana Prado <ana@example.org>\nVerzonden: maandag 3 maart 2026 09:31\nAan: Ben <ben@example.org>\nOnderwerp: Crack',
  'De: Ana Prado <ana@example.org>\nEnviada em: segunda-feira, 3 de março de 2026 09:31\nPara: Ben <ben@example.org>\nAssunto: Crack',
  'Fra: Ana Prado <ana@example.org>\nSendt: 3. marts 2026 09:31\nTil: Ben <ben@example.org>\nEmne: Crack',
  'Od: Ana Prado <ana@example.org>\nWysłano: poniedziałek, 3 marca 2026 09:31\nDo: Ben <ben@example.org>\nTemat: Crack',
  'От: Ana Prado <ana@example.org>\nОтправлено: 3 марта 2026 г. 9:31\nКому: Ben <ben@example.org>\nТема: Crack',
  '发件人: Ana Prado <ana@example.org>\n发送时间: 2026年3月3日 9:31\n收件人: Ben <ben@example.org>\n主题: Crack',
  '差出人: Ana Prado <ana@example.org>\n送信日時: 2026年3月3日 9:31\n宛先: Ben <ben@example.org>\n件名: Crack',
  '-----Ursprüngliche Nachricht-----\nVon: Ana Prado\nGesendet: Montag, 3. März 2026 09:31\nAn: Ben\nBetreff: Crack',
  'From: Ana Prado\n<ana@example.org>\nSent: Monday, March 3, 2026 9:31 AM\nTo: Ben <ben@example.org>;\nCy <cy@example.org>\nSubject: Crack',
  '________________________________\nFoo: Ana Prado <ana@example.org>\nBar: 3 xyz 2026 9:31\nBaz: Ben <ben@example.org>\nQux: Crack',
];

describe('a reply', () => {
  it.each(attributions)('below its own words, unmarked or marked: %s', (attribution) => {
    for (const [gap, quote] of [
      ['\n', '> One\n> two'],
      ['\n\n', '> One\n>\n> two'],
      ['\n\n', 'One\ntwo'],
    ] as const) {
      const text = `Hello,\n\nmine.\n\n${attribution}${gap}${quote}\n`;
      expect(own(text)).toBe('Hello,\n\nmine.');
      expect(kinds(text)).toEqual(['quote']);
    }
  });

  it.each(headings)('above a heading: %s', (heading) => {
    expect(own(`Hello,\n\nmine.\n\n${heading}\n\nTheirs\n\nBye`)).toBe('Hello,\n\nmine.');
  });

  it('between the lines stays in place, and each quote is folded by itself', () => {
    const text = `On 3 Mar 2026, at 09:31, Ana <ana@example.org> wrote:\n> Is it A?\n\nYes.\n\n> Or B?\nNo.\n> Or C?\n\nPerhaps.\n\n-- \nBen`;
    expect(own(text)).toBe('Yes.\n\nNo.\n\nPerhaps.');
    expect(kinds(text)).toEqual(['quote', 'quote', 'quote', 'signature']);
  });

  it('keeps the end of a quoted line that was broken in two with its quote', () => {
    const text = `Yes.\n\nOn 3 Mar 2026, at 09:31, Ana <ana@example.org> wrote:\n> ${'word '.repeat(14)}and\nmore words.\n> Bye`;
    expect(own(text)).toBe('Yes.');
  });

  it.each([
    ['a form', 'Name: Ana\nE-Mail: ana@example.org\nDatum: 03.03.2026 09:31\nTelefon: 123'],
    ['a journey', 'From: Paris\nTo: London\nDate: 12 March 2026'],
    ['a leave', 'From: 12.03.2026\nTo: 15.03.2026\nSubject: leave'],
    ['what the author wrote before', 'On 12 March 2026 I wrote:\nplease send it.'],
    ['a task', 'Please send by 12.05.2026 to ana@example.org:\n- one\n- two'],
    ['an appointment', 'See you. Le 12 mars 2026 à 14:00, rendez-vous avec <ana@example.org> :\n- ordre du jour'],
    ['a prompt', 'What I typed:\n>>> import os\n>>> os.name\nThanks'],
    ['one line with a mark', 'The load is\n> 100 kg\nper shelf.'],
    ['rules', 'First\n----\nSecond\n====\nThird'],
    ['points', 'Because:\n-- one\n-- two'],
    ['a phone', 'iPhone 12'],
    ['what was sent', 'Sent from our office by courier, please confirm.'],
    ['a greeting', 'Yours\nAna Prado\nAtelier Prado'],
  ])('shows %s, which only looks like earlier mail', (_, text) => {
    expect(fold(`Hello,\n\n${text}`).folds).toEqual([]);
  });

  it('ends in linear time, whatever is repeated', () => {
    for (const line of [
      '>',
      '> a',
      'From: a <a@example.org>',
      'On 3 Mar 2026 at 09:31, a <a@example.org>',
      '----',
      '-- ',
      'a:',
      '> From: a <a@b.c>\nx',
    ]) {
      const lines = linesOf(`${line}\n`.repeat(100_000));
      expect(foldLines(lines, '').kinds).toHaveLength(lines.length);
    }
    expect(fold(`${'>'.repeat(500_000)}\n${'a:'.repeat(200_000)}`).text).toHaveLength(900_001);
  });
});

describe('what stands below', () => {
  it.each([
    ['by the book', 'Mine.\n\n-- \nAna Prado\nAtelier', 'signature'],
    ['without its blank', 'Mine.\n--\nAna Prado', 'signature'],
    ['in typographers’ dashes', 'Mine.\n\n—\nAna Prado\n+34 555 0100', 'signature'],
    ['an iPhone', 'Mine.\n\nSent from my iPhone', 'signature'],
    ['an iPhone in German', 'Mine.\n\nVon meinem iPhone gesendet', 'signature'],
    ['an iPhone in French', 'Mine.\n\nEnvoyé de mon iPhone', 'signature'],
    ['a phone in Spanish', 'Mine.\n\nEnviado desde mi Samsung Galaxy', 'signature'],
    ['an iPhone in Chinese', 'Mine.\n\n发自我的iPhone', 'signature'],
    ['Outlook', 'Mine.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>', 'signature'],
    [
      'a list',
      'Mine.\n\n_______________________________________________\nUsers mailing list\nusers@lists.example.org\nhttps://lists.example.org/users',
      'footer',
    ],
    [
      'a notice',
      'Mine.\n\nThis message is confidential and meant for the intended recipient only. If you received it in error, please notify the sender and delete it.',
      'footer',
    ],
    [
      'a German notice',
      'Mine.\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Empfänger sind oder diese E-Mail irrtümlich erhalten haben, vernichten Sie sie bitte.',
      'footer',
    ],
  ])('is folded: %s', (_, text, kind) => {
    expect(own(text)).toBe('Mine.');
    expect(kinds(text)).toEqual([kind]);
  });

  it('is folded above a quote too', () => {
    const text = 'Mine.\n\nSent from my iPhone\n\nOn 3 Mar 2026, at 09:31, Ana <ana@example.org> wrote:\n\n> Theirs';
    expect(own(text)).toBe('Mine.');
    expect(kinds(text)).toEqual(['signature', 'quote']);
  });

  it('is no signature when it goes on like a letter', () => {
    expect(
      fold(`Mine.\n--\n${'A whole paragraph of many words that nobody has in a signature, and more of them. '.repeat(3)}`).folds,
    ).toEqual([]);
  });
});

describe('a forward', () => {
  it.each(headings)('tells who wrote it: %s', (heading) => {
    const { forwarded } = fold(`Please see below.\n\n${heading}\n\nTheirs,\nall of it.`, 'WG: Crack');
    expect(forwarded).toMatchObject({ from: { name: 'Ana Prado' }, subject: 'Crack', text: 'Theirs,\nall of it.' });
    expect(forwarded?.date).toMatch(/2026/);
  });

  it('is none when the subject says that it is an answer', () => {
    expect(fold(`Mine.\n\n${headings[0]}\n\nTheirs`, 'AW: Crack').forwarded).toBeUndefined();
  });

  it('is one by its announcement, whatever the subject says', () => {
    const text = `FYI\n\n---------- Forwarded message ---------\nFrom: Ana Prado <ana@example.org>\nDate: Mon, 3 Mar 2026 09:31:00 +0100\nSubject: Crack\nTo: <ben@example.org>, Cy <cy@example.org>\nCc: Dee [mailto:dee@example.org]\n\nTheirs`;
    expect(fold(text, 'Re: Crack')).toMatchObject({
      folds: [{ kind: 'forward' }],
      forwarded: {
        from: { address: 'ana@example.org', name: 'Ana Prado' },
        to: [
          { address: 'ben@example.org', name: '' },
          { address: 'cy@example.org', name: 'Cy' },
        ],
        cc: [{ address: 'dee@example.org', name: 'Dee' }],
        sentAt: '2026-03-03T09:31:00+01:00',
        text: 'Theirs',
      },
    });
  });

  it('is read through its marks, and gives what its author wrote without the mail quoted in it', () => {
    const text = `FYI\n\n> Anfang der weitergeleiteten Nachricht:\n>\n> Von: "Prado, Ana" <ana@example.org>\n> Betreff: Riss\n> Datum: 3. März 2026 um 09:31:00 MEZ\n> An: ben@example.org\n>\n> Theirs.\n>\n>> Am 02.03.2026 um 08:00 schrieb Ben <ben@example.org>:\n>> Before.`;
    expect(fold(text, 'Fwd: Riss').forwarded).toMatchObject({ from: { address: 'ana@example.org', name: 'Prado, Ana' }, text: 'Theirs.' });
    expect(fold(text, 'Fwd: Riss').forwarded).not.toHaveProperty('sentAt');
  });
});

describe('any text', () => {
  const line = constantFrom(
    '',
    '> ',
    '> theirs',
    '>> before',
    'Mine',
    'mine too:',
    '-- ',
    '--',
    '____',
    'Sent from my iPhone',
    'From: A <a@example.org>',
    'Sent: 3 March 2026 09:31',
    'To: b@example.org',
    'Subject: x',
    '-----Original Message-----',
    'On 3 Mar 2026 at 09:31, A <a@example.org> wrote:',
    'a@example.org',
    '\u{1f600}',
  );

  it('comes back to the last character from its folds and what is left', () => {
    void assert(
      property(
        array(constantFrom('\n', ' ').chain((end) => tuple(line, string({ maxLength: 8 })).map(([text, more]) => `${text}${more}${end}`))),
        (pieces) => {
          const message = fold(pieces.join(''), '');
          expect(
            stretchesOf(message)
              .map(({ text }) => text)
              .join(''),
          ).toBe(message.text);
          let at = 0;
          for (const { start, end } of message.folds) {
            expect(start).toBeGreaterThanOrEqual(at);
            expect(end).toBeGreaterThan(start);
            at = end;
          }
          expect(at).toBeLessThanOrEqual(message.text.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('shows every line that stands between quotes', () => {
    const answer = constantFrom('Yes.', 'no', 'Ana: yes', 'See https://example.org', '12:30 suits', '3 of them', 'iPhone', 'a -- b');
    void assert(
      property(
        array(
          tuple(
            array(constantFrom('> a', '> b?', '>> c', '>'), { minLength: 1, maxLength: 4 }),
            array(answer, { minLength: 1, maxLength: 3 }),
          ),
          { minLength: 1 },
        ),
        (turns) => {
          const text = turns.map(([quote, answers]) => `${quote.join('\n')}\n\n${answers.join('\n')}\n`).join('\n');
          const message = fold(`On 3 Mar 2026 at 09:31, A <a@example.org> wrote:\n> top\n${text}`);
          const shown = ownText(message)
            .split('\n')
            .filter((shownLine) => shownLine !== '');
          expect(shown).toEqual(turns.flatMap(([, answers]) => answers));
        },
      ),
    );
  });
});
