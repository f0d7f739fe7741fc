import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { domainsIn } from '../../components/options/ButtonSettings.tsx';
import { remedies } from '../../utils/core/errors.ts';
import { locale, plural, t } from '../../utils/i18n.ts';
import { isPlainHttp, originOf } from '../../utils/ui/address.ts';
import { filterBy } from '../../utils/ui/filter.ts';
import { formatRelative, formatSize, formatWhen } from '../../utils/ui/format.ts';
import { completeness, errorKey, errorQuotation, errorSentence } from '../../utils/ui/words.ts';
import { languages, readLocale, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));

describe('words', () => {
  it('have a sentence for every error, in every language', () => {
    for (const language of languages) {
      const texts = readLocale(language);
      for (const code of Object.keys(remedies) as (keyof typeof remedies)[])
        expect(texts[errorKey(code)]?.message, `${language} ${code}`).toMatch(/.{15}/);
    }
  });

  it('have one word for one thing, the button and the stores included', () => {
    const others: Readonly<Record<string, RegExp>> = {
      fr: /système[^ ]* de tickets|courriel|e-mail/i,
      de: /anfragende|e-mail|warteschlange/i,
      es: /\btiques?\b|conversación|\bwebmails?\b|bandeja de salida/i,
      it: /\bthread\b|e-mail/i,
      nl: /\bgesprek|\bthreads?\b|e-mail/i,
      pt_BR: /caixa de saída|\bthreads?\b/i,
    };
    for (const [language, other] of Object.entries(others))
      for (const [key, said] of Object.entries(readLocale(language))) expect(said?.message, `${language} ${key}`).not.toMatch(other);
    expect(readFileSync(join(import.meta.dirname, '../../docs/store/fr.md'), 'utf8')).not.toMatch(others.fr ?? /./);
  });

  it('call a button by the name that it has', () => {
    const english = readLocale('en');
    for (const language of languages) {
      const texts = readLocale(language);
      expect(texts.button_send?.message, language).toBe(texts.contextSend?.message);
      expect(texts.button_sent?.message, language).toBe(texts.inTickets?.message);
      for (const [key, text] of Object.entries(english))
        for (const [, name] of (text?.message ?? '').matchAll(/“([^”]+)”/g)) {
          const names = Object.keys(english).filter((one) => english[one]?.message === name);
          if (names.length === 0) continue;
          const said = names.some((one) => texts[key]?.message.includes(texts[one]?.message ?? '\n'));
          expect(said, `${language} ${key}: ${texts[key]?.message}`).toBe(true);
        }
    }
  });

  it("quote the server's own words behind the sentence", () => {
    const record = { code: 'rejected', message: 'log', details: { said: 'Queue is disabled', status: 422 } } as const;
    expect(errorSentence(record)).toBe('The ticket system refused it. Edit and send again.');
    expect(errorQuotation(record)).toBe('Queue is disabled');
    expect(errorQuotation({ ...record, details: { status: 422 } })).toBeUndefined();
  });

  it('name the field that is missing', () => {
    expect(errorSentence({ code: 'draft-incomplete', message: '', details: { field: 'requester' } })).toContain('“Requester”');
  });

  it('count by the rules of the language', () => {
    expect(plural('ticketsCount', 1)).toBe('1 ticket');
    expect(plural('ticketsCount', 2000)).toBe('2,000 tickets');
    speak('fr');
    expect(plural('ticketsChanged', 0)).toBe('0 a changé');
    expect(plural('ticketsChanged', 2)).toBe('2 ont changé');
  });

  it('are English, dates too, where the browser speaks another language', () => {
    speak('en', 'nl-NL');
    expect(locale()).toBe('en');
    expect(t('send')).toBe('Send');
  });
});

describe('completeness', () => {
  const raw = { source: 'raw' } as const;
  it('is one sentence when everything is there', () => {
    expect(completeness([raw, raw], [])).toEqual({ complete: true, sentences: ['All 2 messages of this thread are here.'] });
  });
  it('does not say "all" when the webmail could not be asked', () => {
    const { complete, sentences } = completeness([raw], [{ code: 'thread-not-searched' }]);
    expect(complete).toBe(false);
    expect(sentences[0]).toBe('1 message is here.');
  });
  it('tells messages, copies and files that are missing', () => {
    const { sentences } = completeness(
      [raw, { source: 'page' }],
      [{ code: 'message-missing' }, { code: 'attachment-missing', detail: 'a.pdf' }, { code: 'attachment-missing', detail: 'b.pdf' }],
    );
    expect(sentences).toEqual([
      '2 of 3 messages: the others could not be had.',
      'One was read from the page, not from its original.',
      '“a.pdf” and “b.pdf” are missing.',
    ]);
  });
});

describe('sizes and times', () => {
  const now = new Date(2026, 10, 21, 15, 0).getTime();
  it('are short and in the language of the texts', () => {
    expect(formatSize(0)).toBe('0 bytes');
    expect(formatSize(999_400)).toBe('999 kB');
    expect(formatSize(1_250_000)).toBe('1.3 MB');
    expect(formatWhen(now - 3_600_000, now)).toBe('14:00');
    expect(formatWhen('nonsense', now)).toBe('');
    expect(formatWhen(undefined, now)).toBe('');
    expect(formatRelative(now + 4 * 60_000, now)).toBe('in 4 minutes');
    speak('fr');
    expect(formatSize(1_250_000).replace(/\s/g, ' ')).toBe('1,3 Mo');
    expect(formatRelative(now - 2 * 86_400_000, now)).toBe('avant-hier');
  });
});

describe('an address as typed', () => {
  it.each([
    ['mail.example.org', 'https://mail.example.org'],
    [' mail.example.org:8443/roundcube/?_task=mail ', 'https://mail.example.org:8443'],
    ['http://webmail.intranet:8080/x', 'http://webmail.intranet:8080'],
    ['https://MAIL.example.org/', 'https://mail.example.org'],
    ['localhost:3000', 'https://localhost:3000'],
    ['http://127.0.0.1:18180/?_lablogin=1', 'http://127.0.0.1:18180'],
  ])('%s is %s', (typed, origin) => {
    expect(originOf(typed)).toBe(origin);
  });
  it.each(['', 'two words', 'mail', 'ftp://mail.example.org', 'javascript:alert(1)', 'name@'])('%s is none', (typed) => {
    expect(originOf(typed)).toBeUndefined();
  });
  it('is warned about on plain http, this machine excepted', () => {
    expect(isPlainHttp('http://rt.intranet')).toBe(true);
    expect(isPlainHttp('https://rt.intranet')).toBe(false);
    expect(isPlainHttp('http://127.0.0.1:8080')).toBe(false);
    expect(isPlainHttp('rt')).toBe(false);
  });
  it('gives its domain, however it was typed', () => {
    expect(domainsIn('Example.org, @example.com; someone@example.net https://example.edu/x word')).toEqual([
      'example.org',
      'example.com',
      'example.net',
      'example.edu',
    ]);
  });
});

describe('filtering', () => {
  const find = (typed: string) => filterBy(['Wartung Süd', 'Süd', 'Reclamations', 'Réclamations Süd'], typed, (text) => text);
  it('finds every word anywhere, without accents and case', () => {
    expect(find('sud recl')).toEqual(['Réclamations Süd']);
    expect(find('RÉCL')).toEqual(['Reclamations', 'Réclamations Süd']);
  });
  it('puts what begins with the text first', () => {
    expect(find('sü')).toEqual(['Süd', 'Wartung Süd', 'Réclamations Süd']);
  });
});
