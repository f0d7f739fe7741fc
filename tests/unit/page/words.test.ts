import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faceOf, ticketUrl } from '../../../utils/page/face.ts';
import type { ButtonState } from '../../../utils/views.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'utils', 'page');
const locale = (name: string) => JSON.parse(readFileSync(join(folder, 'locales', name), 'utf8')) as Record<string, { message: string }>;
const english = locale('en.json');

describe('the texts of the button', () => {
  it.each(readdirSync(join(folder, 'locales')))('%s has every key, with the same values', (name) => {
    const texts = locale(name);
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    for (const [key, { message }] of Object.entries(texts)) {
      expect(message.match(/\$\d/g)?.sort() ?? []).toEqual(english[key]?.message.match(/\$\d/g)?.sort() ?? []);
    }
  });

  it('are all used, and none is missing', () => {
    const code = readdirSync(folder).flatMap((name) => (name.endsWith('.ts') ? [readFileSync(join(folder, name), 'utf8')] : []));
    const used = new Set(code.join('\n').match(/\bbutton_\w+/g));
    expect([...used].sort()).toEqual(Object.keys(english).sort());
  });
});

describe('faceOf', () => {
  const states: [ButtonState, string, boolean][] = [
    [{ phase: 'idle' }, 'Send to tickets', false],
    [{ phase: 'collecting', received: 0, expected: 0 }, 'Collecting…', true],
    [{ phase: 'collecting', received: 3, expected: 7 }, 'Collecting 3 of 7…', true],
    [{ phase: 'held', until: 1 }, 'Sending…', true],
    [{ phase: 'sending' }, 'Sending…', true],
    [{ phase: 'waiting' }, 'Waiting: sends by itself', false],
    [{ phase: 'sent', number: '4711' }, 'In tickets: #4711', false],
    [{ phase: 'grown', number: '4711', count: 2 }, 'Add 2 new messages to #4711', false],
    [{ phase: 'grown', number: '4711', count: 1 }, 'Add 1 new message to #4711', false],
    [{ phase: 'taken', number: '4711' }, 'A colleague sent this: #4711', false],
    [{ phase: 'attention', error: { code: 'unexpected', message: '', details: {} } }, 'Not sent yet: see why', false],
  ];

  it.each(states)('says of %j: %s', (state, words, busy) => {
    const { label, busy: shown } = faceOf(state, false);
    const [key, ...values] = label;
    expect(english[key]?.message.replace(/\$(\d)/g, (_, at) => values[Number(at) - 1] ?? '')).toBe(words);
    expect(shown).toBe(busy);
  });
});

it('can be stopped while messages are missing, and not before or after', () => {
  const stops = (received: number, expected: number) => faceOf({ phase: 'collecting', received, expected }, false).stops;
  expect([stops(0, 0), stops(0, 7), stops(6, 7), stops(7, 7)]).toEqual([false, true, true, false]);
  expect(faceOf({ phase: 'idle' }, false).stops).toBeUndefined();
});

it('tells how a ticket stands, as far as it is known', () => {
  const facts = { queue: 'Support', state: 'open', owner: 'Ana' };
  expect(faceOf({ phase: 'sent', number: '1', ...facts }, false).facts).toBe('Support · open · Ana');
  expect(faceOf({ phase: 'grown', number: '1', count: 2, state: 'open' }, false).facts).toBe('open');
  expect(faceOf({ phase: 'taken', number: '1' }, false).facts).toBe('');
});

describe('ticketUrl', () => {
  it.each([
    ['https://desk.example.org/4711', 'https://desk.example.org/4711'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['4711', undefined],
  ])('of %s is %s', (url, expected) => {
    expect(ticketUrl({ phase: 'sent', number: '1', url })).toBe(expected);
  });
});
