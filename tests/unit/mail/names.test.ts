import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanFilename, originalFilename, uniqueFilename } from '../../../utils/mail/filename.ts';
import { markOf, titleOf } from '../../../utils/mail/title.ts';

describe('a file name', () => {
  const clean = (name: string | undefined, mediaType = 'application/pdf') => cleanFilename(name, mediaType, 'part-2');

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\Devis.pdf', 'Devis.pdf'],
    ['/abs/', 'abs'],
    ['in\u202evoice\u0000fdp.exe', 'invoicefdp.exe'],
    ['a<b>:"|?*.txt', 'a_b______.txt'],
    ['nul.txt', '_nul.txt'],
    ['e\u0301te\u0301  2.pdf', 'été 2.pdf'],
    ['name. . ', 'name'],
    ['.profile', '.profile'],
    ['窯の写真.png', '窯の写真.png'],
    ['👨‍👩‍👧.png', '👨‍👩‍👧.png'],
    ['..', 'part-2.pdf'],
    ['\u200b\u200f', 'part-2.pdf'],
    [undefined, 'part-2.pdf'],
  ])('%s becomes %s', (name, expected) => {
    expect(clean(name)).toBe(expected);
  });

  it('of an unknown type still has an extension', () => {
    expect(clean(undefined, 'application/x-odd')).toBe('part-2.bin');
  });

  it('is never empty, never a path, never too long, and cleaning it twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const once = clean(name);
        expect(once).not.toBe('');
        expect(once.length).toBeLessThanOrEqual(151);
        expect(once).not.toMatch(/[/\\\u0000-\u001f\u202a-\u202e]|^\.+$/);
        expect(once.isWellFormed()).toBe(true);
        expect(clean(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps its extension when it is cut', () => {
    expect(clean(`${'x'.repeat(500)}.pdf`)).toMatch(/^x{146}\.pdf$/);
  });

  it('is numbered where it is taken, whatever its case', () => {
    const taken = new Set<string>();
    expect(['a.pdf', 'A.pdf', 'a.pdf', 'b'].map((name) => uniqueFilename(name, taken))).toEqual(['a.pdf', 'A-2.pdf', 'a-3.pdf', 'b']);
  });
});

describe('the name of an original', () => {
  it('is date and subject in ASCII', () => {
    expect(originalFilename('Problème : l’écran / «été» ß Łódź', '2026-03-02T15:40:00+01:00', new Set())).toBe(
      '2026-03-02-Probleme-l-ecran-ete-ss-Lodz.eml',
    );
    expect(originalFilename('窯の温度', undefined, new Set())).toBe('message.eml');
  });

  it('is unique and at most 80 characters, however often it comes', () => {
    const taken = new Set<string>();
    const names = Array.from({ length: 120 }, () => originalFilename('long words '.repeat(20), '2026-03-02T00:00:00Z', taken));
    expect(new Set(names).size).toBe(120);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9-]{1,76}\.eml$/);
  });
});

describe('a title', () => {
  it.each([
    ['Re: Fwd: AW: WG: Devis', 'Devis'],
    ['TR : RE : Devis', 'Devis'],
    ['RE[2]: Re(3): Re^2: Devis', 'Devis'],
    ['[EXT] Re: [EXTERNAL] Fw: Devis', 'Devis'],
    ['*** SPAM *** Re: Devis', 'Devis'],
    ['[Externe] (EXTERN) EXT: Devis', 'Devis'],
    ['SV: VS: Vá: Odp: PD: RV: ENC: YNT: İLT: Antw: Doorst: Devis', 'Devis'],
    ['R: I: Devis', 'Devis'],
    ['回复：转发: Re：Devis', 'Devis'],
    ['НА: Отв: Пересл: Devis', 'Devis'],
    ['ΑΠ: ΠΡΘ: Devis', 'Devis'],
    ['הועבר: תגובה: Devis', 'Devis'],
    ['Re: ', ''],
    ['', ''],
    ['  Two\t words ', 'Two words'],
    ['Réunion : ordre du jour', 'Réunion : ordre du jour'],
    ['Report: numbers', 'Report: numbers'],
    ['i: lower case', 'i: lower case'],
    ['[list] Re: Devis', '[list] Re: Devis'],
    ['[EXTRA] Devis', '[EXTRA] Devis'],
    ['External audit: dates', 'External audit: dates'],
    ['External: dates', 'External: dates'],
    ['Réf : 4711', 'Réf : 4711'],
    ['Reinstall 2: fails', 'Reinstall 2: fails'],
    ['12:30 meeting', '12:30 meeting'],
    ['Re Re: no', 'Re Re: no'],
  ])('of "%s" is "%s"', (subject, expected) => {
    expect(titleOf(subject)).toBe(expected);
  });

  it.each([
    ['AW: Devis', 'reply'],
    ['[list] Re[2]: WG: Devis', 'reply'],
    ['[EXT] WG: Re: Devis', 'forward'],
    ['转发：Devis', 'forward'],
    ['I: Devis', 'forward'],
    ['Devis', undefined],
    ['Fwd', undefined],
  ])('of "%s" is marked as %s', (subject, mark) => {
    expect(markOf(subject)).toBe(mark);
  });

  it('is found once for all, in time that grows with the subject', () => {
    expect(titleOf(titleOf('Re: x'.repeat(3)))).toBe(titleOf('Re: x'.repeat(3)));
    const long = `${'Re: '.repeat(500)}end`;
    expect(titleOf(long)).toBe('end');
  });
});
