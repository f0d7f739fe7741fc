import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { isAt, type Rule, type RuleSubject, ruleFor, ruleSchema } from '../../../utils/core/rules.ts';
import { thread } from '../../support/records.ts';

const rule = (when: Rule['when'], id = 'r1'): Rule => ({ id, name: '', when, give: { queue: { id: '3', label: 'Support' } } });
const matches = (one: Rule, about: RuleSubject) => ruleFor([one], about) !== undefined;
/** Halves of pairs, controls and marks too. */
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
const subject = {
  thread: { ...thread, subject: 'Devis n° 7: Réfrigérateur' },
  origin: 'https://mail.example.org',
  account: 'lead@example.org',
};

describe('a rule', () => {
  it.each<[string, Rule['when'], boolean]>([
    ['an address', { from: ['Client@Client.Example.net'] }, true],
    ['another address', { from: ['other@client.example.net'] }, false],
    ['a domain', { from: ['client.example.net'] }, true],
    ['a domain with its sign', { from: ['@client.example.net'] }, true],
    ['the domain above it', { from: ['example.net'] }, true],
    ['a domain that only ends alike', { from: ['ient.example.net'] }, false],
    ['one of several', { from: ['nobody.example', 'client.example.net'] }, true],
    ['the mailbox', { mailbox: ['lead@example.org'] }, true],
    ['a word of the subject, without its accents', { subject: ['refrigerateur'] }, true],
    ['a word that is not there', { subject: ['facture'] }, false],
    ['the webmail', { webmail: ['https://mail.example.org'] }, true],
    ['all of them, one of which does not hold', { from: ['client.example.net'], subject: ['facture'] }, false],
    ['no condition', {}, true],
    ['an empty list, which nothing can meet', { from: [] }, false],
  ])('meets %s', (_, when, holds) => {
    expect(matches(rule(when), subject)).toBe(holds);
  });

  it.each<[pattern: string, address: string, holds: boolean]>([
    ['müller.example', 'ana@xn--mller-kva.example', true],
    ['Ana@Müller.example', 'ana@xn--mller-kva.example', true],
    ['@mu\u0308ller.example', 'ana@büro.xn--mller-kva.example', true],
    ['xn--mller-kva.example', 'ana@MÜLLER.example', true],
    ['muller.example', 'ana@xn--mller-kva.example', false],
    ['müller.example', 'ana@müller.example/else.example', false],
    ['müller.example', 'ana@müller.example:80', false],
  ])('%s, however mail spells the letters of a domain: %s', (pattern, address, holds) => {
    expect(isAt(address, pattern)).toBe(holds);
  });

  it('is the first that matches', () => {
    const rules = [rule({ subject: ['facture'] }, 'a'), rule({ subject: ['devis'] }, 'b'), rule({}, 'c')];
    expect(ruleFor(rules, subject)?.rule.id).toBe('b');
    expect(ruleFor(rules.toReversed(), subject)?.rule.id).toBe('c');
    expect(ruleFor([], subject)).toBeUndefined();
  });

  it('says by which entries it matched', () => {
    const one = rule({ subject: ['facture', 'DEVIS'], from: ['nobody.example', 'example.net'], webmail: ['https://mail.example.org'] });
    expect(ruleFor([one], subject)?.because).toEqual([
      { on: 'from', word: 'example.net' },
      { on: 'subject', word: 'DEVIS' },
      { on: 'webmail', word: 'https://mail.example.org' },
    ]);
    expect(ruleFor([rule({})], subject)?.because).toEqual([]);
  });

  it('takes an address in body or name for nobody', () => {
    const said = {
      ...thread,
      subject: 'From boss@secret.example',
      messages: thread.messages.map((one) => ({ ...one, text: 'boss@secret.example' })),
    };
    expect(matches(rule({ from: ['secret.example'] }), { ...subject, thread: said })).toBe(false);
  });

  it('is any text’s equal: nothing typed into one breaks it', () => {
    fc.assert(
      fc.property(anyText, anyText, (pattern, text) => {
        expect(typeof matches(rule({ from: [pattern], subject: [text] }), { ...subject, thread: { ...thread, subject: text } })).toBe(
          'boolean',
        );
      }),
    );
  });

  it('is refused with a place where it is no rule', () => {
    expect(v.safeParse(ruleSchema, { id: 'r', when: { from: 'client' }, give: {} }).success).toBe(false);
    expect(v.safeParse(ruleSchema, { id: 'r', when: {}, give: {} }).success).toBe(true);
  });
});
