/** What the view tests stand on: our own English texts, and a worker that answers as told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, configure } from '@testing-library/preact';
import axe from 'axe-core';
import type { Answer, Input, RouteName } from '../../utils/routes.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import { type Locale, messagesOf } from '../support/messages.ts';

// As patient as `until`: machines are noisy.
configure({ asyncUtilTimeout: 10_000 });

/** Folders: Chromium knows no `pt` alone, only the Portuguese of a country. */
export const languages = ['en', 'fr', 'de', 'es', 'it', 'nl', 'pt_BR'] as const;

export function readLocale(language: string): Locale {
  return JSON.parse(readFileSync(join(import.meta.dirname, `../../public/_locales/${language}/messages.json`), 'utf8'));
}

/** Texts as the browser would give them. */
export function speak(language: (typeof languages)[number], uiLanguage: string = language): void {
  Object.assign(globalThis, { browser: { i18n: messagesOf(readLocale(language), uiLanguage) } });
}

type Answers = { readonly [Name in RouteName]?: (input: Input<Name>) => Answer<Name> | Promise<Answer<Name>> };

export interface FakeWorker {
  readonly ask: Ask;
  /** Every question in order. */
  readonly asked: { readonly name: RouteName; readonly input: unknown }[];
  /** Inputs of the questions of one name. */
  of<Name extends RouteName>(name: Name): Input<Name>[];
}

/** Answers the given routes; any other question is a failure of the test. */
export function fakeWorker(answers: Answers): FakeWorker {
  const asked: { name: RouteName; input: unknown }[] = [];
  const ask: Ask = async (name, input) => {
    asked.push({ name, input });
    const answer = answers[name] as ((input: unknown) => unknown) | undefined;
    if (answer === undefined) throw new Error(`Nobody answers ${name}`);
    // As over a real message: nothing arrives for `null`.
    return ((await answer(input)) ?? undefined) as never;
  };
  return { ask, asked, of: (name) => asked.filter((question) => question.name === name).map(({ input }) => input as never) };
}

/** A promise that is settled by hand. */
export function deferred<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<Value>((one, other) => {
    resolve = one;
    reject = other;
  });
  return { promise, resolve, reject };
}

/** A journal in memory. */
export function memoryJournal(start: Readonly<Record<string, string>> = {}) {
  const entries = new Map(Object.entries(start));
  return {
    entries,
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
}

/** Violations in words. Colours are left to a real browser, which has layout. */
export async function barriers(element: Element = document.body): Promise<string[]> {
  const { violations } = await axe.run(element, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Takes the page away after a test, and waits for the frame in which Preact would still run its effects. */
export async function leave(): Promise<void> {
  cleanup();
  await new Promise((done) => requestAnimationFrame(done));
}
