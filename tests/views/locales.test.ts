import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourcesIn } from '../support/sources.ts';
import { languages, readLocale } from './support.ts';

const english = readLocale('en');
const placeholders = (text: string) => [...new Set(text.match(/\$\d/g) ?? [])].toSorted();

describe.each(languages)('the texts in %s', (language) => {
  const texts = readLocale(language);

  it('have the keys of the English ones, in their order', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
  });

  it('have their placeholders', () => {
    for (const [key, entry] of Object.entries(english)) {
      // A singular may say "one" in words.
      if (key.endsWith('One')) continue;
      expect(placeholders(texts[key]?.message ?? ''), key).toEqual(placeholders(entry?.message ?? ''));
    }
  });

  it('are not empty, and name themselves', () => {
    expect(Object.entries(texts).filter(([, entry]) => !entry?.message.trim())).toEqual([]);
    expect(texts.language?.message).toBe(language);
  });

  it("hold the button script's texts", () => {
    const file = join(import.meta.dirname, `../../utils/page/locales/${language}.json`);
    const button: Record<string, { message: string }> = JSON.parse(readFileSync(file, 'utf8'));
    expect(Object.keys(button).length).toBeGreaterThan(5);
    for (const [key, { message }] of Object.entries(button)) expect(texts[key]?.message, key).toBe(message);
  });

  it('fit into the stores', () => {
    expect(texts.extensionDescription?.message.length).toBeLessThanOrEqual(132);
    expect(texts.extensionName?.message.length).toBeLessThanOrEqual(45);
  });
});

describe('the English texts', () => {
  const code = sourcesIn('components', 'entrypoints', 'utils')
    .map(({ text }) => text)
    .join('\n');
  const named = ['commandSendAtOnce', 'extensionName'];

  it('are all used', () => {
    const isUsed = (key: string) => {
      const base = key.replace(/(One|Other)$/, '');
      return (
        named.includes(key) ||
        key.startsWith('error_') ||
        code.includes(`'${key}'`) ||
        code.includes(`'${base}'`) ||
        (key.startsWith('button_') && code.includes(key.slice('button_'.length)))
      );
    };
    expect(Object.keys(english).filter((key) => !isUsed(key))).toEqual([]);
  });

  it('are there for every key that the worker asks for by name', () => {
    const asked = [...code.matchAll(/(?:\bsay|getMessage)\('([A-Za-z_]+)'/g)].map(([, key]) => key ?? '');
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((key) => english[key] === undefined)).toEqual([]);
  });
});
