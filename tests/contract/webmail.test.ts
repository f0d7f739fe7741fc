/** What every webmail's file must keep, shown on saved pages: `tests/fixtures/webmail/<id>/<case>/`. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { JSDOM, requestInterceptor } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { missingIn } from '../../utils/page/check.ts';
import { placeButton } from '../../utils/page/place.ts';
import { unknownPage } from '../../utils/page/selected.ts';
import type { PageContext } from '../../utils/webmail/adapter.ts';
import { findMessages, findPage, findThread, isRecognised, shownIds } from '../../utils/webmail/find.ts';
import { pages } from '../../utils/webmail/index.ts';
import { readerFor } from '../../utils/webmail/readers.ts';
import type { Exchange } from '../support/webmail-fixtures.ts';

const root = join(import.meta.dirname, '..', '..');
const fixtures = join(root, 'tests', 'fixtures', 'webmail');
const notAdapters = ['adapter.ts', 'find.ts', 'index.ts', 'providers.ts', 'readers.ts'];
const files = readdirSync(join(root, 'utils', 'webmail')).filter((file) => file.endsWith('.ts') && !notAdapters.includes(file));

interface Case {
  readonly url: string;
  /** The folder of another case, whose page it is. */
  readonly page?: string;
  /** `frame.html` is what the page's frame shows. */
  readonly frames?: boolean;
  readonly cookie?: string;
  /** Message whose source and page are compared, where it is not the open or the first one. */
  readonly readOf?: string;
  readonly exchanges: readonly Exchange[];
}
/** `thread` absent: nothing is open in this page. `source` and `read` are those of the open (else the first) message. */
interface Expected {
  /** Why the open thread can't be read at all. */
  readonly error?: string;
  readonly thread?: { readonly key: string; readonly messages: readonly { readonly id: string }[] };
  readonly source?: string;
  readonly read?: object;
}

const json = <T>(path: string) => JSON.parse(readFileSync(path, 'utf8')) as T;

async function open(folder: string) {
  const { url, page: whose = '.', frames, cookie, readOf, exchanges } = json<Case>(join(folder, 'case.json'));
  const serve = requestInterceptor((request) => {
    const isFrame = frames && request.url.includes('_framed=1');
    return new Response(isFrame ? readFileSync(join(folder, 'frame.html')) : '', {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
  });
  const dom = new JSDOM(readFileSync(join(folder, whose, 'page.html'), 'utf8'), {
    url,
    ...(frames ? { resources: { interceptors: [serve] } } : {}),
  });
  const { document } = dom.window;
  // jsdom computes styles, and has no such question.
  dom.window.Element.prototype.checkVisibility = function check(this: Element): boolean {
    return dom.window.getComputedStyle(this).display !== 'none' && (this.parentElement?.checkVisibility() ?? true);
  };
  if (cookie) document.cookie = cookie;
  if (frames) await new Promise((resolve) => dom.window.addEventListener('load', resolve));
  const asked: string[] = [];
  const page = findPage(pages, document, new URL(url));
  const context: PageContext = {
    document,
    page: page ?? unknownPage,
    url: new URL(url),
    signal: new AbortController().signal,
    async fetch(address, { method, body = '' } = {}) {
      const target = new URL(address, url);
      asked.push(target.href + body);
      const found = exchanges.find(
        ({ path, query = {}, ...exchange }) =>
          exchange.method === method &&
          (path === undefined || path === target.pathname) &&
          Object.entries(query).every(([key, value]) => target.searchParams.get(key) === value),
      );
      const answer = new Response(found?.body ?? '', {
        status: found?.status ?? 200,
        headers: { 'content-type': found?.type ?? 'text/plain' },
      });
      return Object.defineProperty(answer, 'url', { value: target.href });
    },
  };
  const inner = () => document.querySelector('iframe')?.contentDocument?.documentElement.outerHTML ?? '';
  return { document, url: new URL(url), page, readOf, context, asked, markup: () => dom.serialize() + inner() };
}

describe.each(files.map((file) => basename(file, '.ts')))('%s', (id) => {
  const folder = join(fixtures, id);
  const cases = existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'case.json'))) : [];

  it('has a saved page, and exports a page and a reader under its own name', () => {
    expect(cases.length).toBeGreaterThan(0);
    expect(pages.filter((page) => page.id === id)).toHaveLength(1);
    expect(readerFor(id)).toBeDefined();
  });

  it('gives undefined for an empty page', async () => {
    const { document } = new JSDOM('', { url: 'https://mail.example.org/' }).window;
    const url = new URL(document.URL);
    const page = pages.find((candidate) => candidate.id === id) ?? unknownPage;
    const fetch = () => Promise.reject(new Error('nothing to ask'));
    expect(isRecognised(page, document, url)).toBe(false);
    expect(findThread(page, document, url)).toBeUndefined();
    expect(await readerFor(id)?.open({ document, page, url, fetch, signal: new AbortController().signal })).toBeUndefined();
  });

  describe.each(cases)('%s', (name) => {
    const here = join(folder, name);
    const expected = json<Expected>(join(here, 'expected.json'));

    it('is recognised by this adapter and by no other', async () => {
      const { document, url } = await open(here);
      const others = pages.filter((page) => page.id !== 'generic' && isRecognised(page, document, url)).map((page) => page.id);
      expect(others).toEqual(id === 'generic' ? [] : [id]);
      expect(findPage(pages, document, url)?.id).toBe(id);
    });

    it.runIf(expected.thread)('has a place for the button, and one button however often it is put there', async () => {
      const { document, page } = await open(here);
      const slots = page?.slots ?? [];
      const before = document.documentElement.outerHTML;
      const host = document.createElement('relais-button');
      expect(placeButton(document, slots, host)).toBe(true);
      const once = document.documentElement.outerHTML;
      expect(once).not.toBe(before);
      expect(placeButton(document, slots, host)).toBe(true);
      expect(document.documentElement.outerHTML).toBe(once);
      expect(document.querySelectorAll('relais-button')).toHaveLength(1);
    });

    it.runIf(expected.thread)('names the messages in the page by the ids that its reader gives them', async () => {
      const { document, page = unknownPage } = await open(here);
      const ids = shownIds(findMessages(page, document, expected.thread?.key ?? ''));
      expect(expected.thread?.messages.map((message) => message.id)).toEqual(expect.arrayContaining([...ids]));
      // A message in a window of its own has no list beside it; one that is named after its thread has no name in the page.
      const isNamed = expected.thread?.messages.every((message) => message.id !== expected.thread?.key);
      if (isNamed && page.messages && 'selector' in page.messages) expect(ids).not.toEqual([]);
    });

    it.runIf(expected.thread)('misses nothing in the self-check', async () => {
      const { document, page } = await open(here);
      expect(page && missingIn(page, document)).toEqual([]);
    });

    it.runIf(expected.thread)('goes on when the webmail changes: each name broken in turn', async () => {
      const { document, page = unknownPage, context } = await open(here);
      const reader = readerFor(id);
      for (const [name, known] of Object.entries(page.selectors ?? {})) {
        const changed = { ...page, selectors: { ...page.selectors, [name]: { ...known, css: ['relais-gone'] } } };
        expect(missingIn(changed, document)).toEqual(known.required ? [name] : []);
        const there = { ...context, page: changed };
        const thread = await reader?.open(there);
        expect(thread?.key).toBe(expected.thread?.key);
        const message = thread?.messages.at(-1);
        if (message) await Promise.all([reader?.source?.(there, message), reader?.read?.(there, message)]);
      }
      for (const slot of page.slots) {
        const others = page.slots.filter((other) => other !== slot);
        const host = document.createElement('relais-button');
        const isSeen = placeButton(document, others, host) && host.checkVisibility();
        host.remove();
        expect(missingIn({ ...page, slots: others }, document)).toEqual(isSeen ? [] : ['slot']);
      }
    });

    it('reads what the saved result says, without touching the page', async () => {
      const { document, url, page, readOf, context, asked, markup } = await open(here);
      const reader = readerFor(id);
      const before = markup();
      const opened = (async () => reader?.open(context))();
      if (expected.error !== undefined) await expect(opened).rejects.toMatchObject({ code: expected.error });
      const thread = expected.error === undefined ? await opened : undefined;
      expect(structuredClone(thread)).toEqual(expected.thread);
      if (expected.error === undefined) expect(page && findThread(page, document, url)).toBe(expected.thread?.key);

      const message = thread?.messages.find((candidate) => candidate.id === (readOf ?? thread.key)) ?? thread?.messages[0];
      if (message) {
        const source = await reader?.source?.(context, message);
        expect(source && Buffer.from(source).toString('utf8')).toBe(expected.source);
        expect(await reader?.read?.(context, message)).toEqual(expected.read && expect.objectContaining(expected.read));
      }
      expect(markup()).toBe(before);
      expect(asked.every((address) => new URL(address).origin === url.origin)).toBe(true);
      expect(new Set(asked).size).toBe(asked.length);
    });
  });
});
