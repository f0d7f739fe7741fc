import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRecipes } from '../../utils/recipes/load.ts';
import { recipeKey } from '../../utils/ui/recipe-words.ts';
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
    expect(texts.language?.message).toBe(language.replace('_', '-'));
  });

  it("hold the button script's texts", () => {
    const file = join(import.meta.dirname, `../../utils/page/locales/${language}.json`);
    const button: Record<string, { message: string }> = JSON.parse(readFileSync(file, 'utf8'));
    expect(Object.keys(button).length).toBeGreaterThan(5);
    for (const [key, { message }] of Object.entries(button)) expect(texts[key]?.message, key).toBe(message);
  });

  it('are written as the language is', () => {
    const wrong: Readonly<Record<string, RegExp>> = { fr: /'| [:;!?»]|« |[^\s(][;!?»](?:\s|$)/, it: /\w'\w/, nl: /\w'\w/ };
    const rule = wrong[language];
    expect(Object.entries(texts).filter(([, entry]) => rule?.test(entry?.message ?? ''))).toEqual([]);
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

  it('have every form that a language needs for its counts', () => {
    const counted = Object.keys(english).filter((key) => key.endsWith('Other'));
    expect(counted.length).toBeGreaterThan(10);
    for (const language of languages) {
      const { pluralCategories } = new Intl.PluralRules(language.replace('_', '-')).resolvedOptions();
      // `many` is for millions and up in Romance languages; `plural` takes Other there.
      expect(pluralCategories.filter((form) => form !== 'many').toSorted(), language).toEqual(['one', 'other']);
      for (const key of counted) expect(readLocale(language), language).toHaveProperty(key.replace(/Other$/, 'One'));
    }
  });

  it('are all used', () => {
    const isUsed = (key: string) => {
      const base = key.replace(/(One|Other)$/, '');
      return (
        named.includes(key) ||
        key.startsWith('error_') ||
        // Of recipes: see below.
        key.startsWith('recipe_') ||
        code.includes(`'${key}'`) ||
        code.includes(`'${base}'`) ||
        (key.startsWith('button_') && code.includes(key.slice('button_'.length)))
      );
    };
    expect(Object.keys(english).filter((key) => !isUsed(key))).toEqual([]);
  });

  it('say of recipes what a shipped one says, word for word, under its own words', async () => {
    const said = [...(await loadRecipes()).values()].flatMap(({ name, settings }) => [
      name,
      ...settings.flatMap(({ label, help, options = [] }) => [label, help ?? '', ...options.map((option) => option.label)]),
    ]);
    const keys = Object.keys(english).filter((key) => key.startsWith('recipe_') && key !== 'recipe_address_of');
    expect(keys.length).toBeGreaterThan(50);
    const texts = new Map(said.map((text) => [recipeKey(text), text]));
    for (const key of keys) expect(english[key]?.message, key).toBe(texts.get(key));
  });

  it('are there for every key that the worker asks for by name', () => {
    const asked = [...code.matchAll(/(?:\bsay|getMessage)\('([A-Za-z_]+)'/g)].map(([, key]) => key ?? '');
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((key) => english[key] === undefined)).toEqual([]);
  });
});
