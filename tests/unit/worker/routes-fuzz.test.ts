/** Whatever is sent to whichever route by whomever: an answer in our own words, and nothing changed where it was refused. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { answer, type Handlers } from '../../../utils/answering.ts';
import type { Reply } from '../../../utils/messaging.ts';
import { database } from '../../../utils/outbox/database.ts';
import { type RouteName, routes } from '../../../utils/routes.ts';
import { privateDatabase } from '../../../utils/settings/database.ts';
import { emptySettings } from '../../../utils/settings/schema.ts';
import { writeSettings } from '../../../utils/settings/storage.ts';
import { privacyAnswers } from '../../../utils/worker/privacy-answers.ts';
import { settingsAnswers } from '../../../utils/worker/settings-answers.ts';

type Listener = (message: unknown, sender: unknown) => Promise<Reply> | undefined;

const own = { id: 'relais', url: 'chrome-extension://relais/popup.html' };
const strangers = [
  { id: 'relais', frameId: 0, url: 'https://mail.example.org/', tab: { id: 7 } },
  { id: 'relais', frameId: 3, url: 'https://mail.example.org/', tab: { id: 7 } },
  { id: 'somebody', url: 'chrome-extension://somebody/popup.html' },
  { id: 'relais', url: 'chrome-extension://relais.evil/popup.html', tab: { id: 7 }, frameId: 0 },
  { id: 'relais', url: 'https://mail.example.org/chrome-extension://relais/', tab: { id: 7 }, frameId: 0 },
  { id: 'relais' },
  {},
];
const names = Object.keys(routes) as RouteName[];
/** JSON, as only that survives a message; with names that mean something to objects. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom('__proto__', 'constructor', 'settings', 'endpoint', 'endpointId', 'version', 'limit', 'words'),
      tie('any'),
    ),
  ),
})).any;

let listener: Listener;
const reached: string[] = [];

beforeAll(async () => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => {} });
  Object.assign(fakeBrowser.storage, { managed: { get: async () => ({}) } });
  Object.assign(fakeBrowser, { permissions: { contains: async () => false, getAll: async () => ({}), remove: async () => true } });
  Object.assign(fakeBrowser.runtime, { id: 'relais', onMessage: { addListener: (added: Listener) => (listener = added) } });
  const getURL = fakeBrowser.runtime.getURL;
  Object.assign(fakeBrowser.runtime, { getURL: (path: string) => (path === '' ? 'chrome-extension://relais/' : getURL(path as never)) });
  const touched = (name: string) => async () => void reached.push(name);
  answer({
    ...(Object.fromEntries(names.map((name) => [name, touched(name)])) as unknown as Handlers),
    // Those that write what others must not.
    ...settingsAnswers({ settingsChanged: async () => {} }),
    ...privacyAnswers({ wiped: async () => {} }),
  });
  await writeSettings({ ...emptySettings, undoSeconds: 9 });
});

async function contents(db: object): Promise<unknown> {
  const { objectStoreNames, getAll } = db as { objectStoreNames: Iterable<string>; getAll(store: string): Promise<unknown[]> };
  return Promise.all([...objectStoreNames].map(async (store) => [store, await getAll.call(db, store)]));
}

async function state(): Promise<string> {
  const databases = await Promise.all([contents(await database()), contents(await privateDatabase())]);
  return JSON.stringify([databases, await fakeBrowser.storage.local.get(), reached]);
}

describe.each(names)('%s', (name) => {
  it('refuses everybody it is not for, whatever they say, and changes nothing', async () => {
    const before = await state();
    const refused = strangers.filter(({ frameId }) => routes[name].from === 'extension' || frameId !== 0);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...refused), value, async (sender, input) => {
        const reply = await listener({ name, input }, sender);
        expect(reply).toMatchObject({ ok: false, error: { code: 'forbidden-message' } });
      }),
      { numRuns: 8 },
    );
    expect(await state()).toBe(before);
  });

  it('answers anything that its own sender says, in words of ours', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const sender = routes[name].from === 'extension' ? own : strangers[0];
    await fc.assert(
      fc.asyncProperty(value, async (input) => {
        const before = await state();
        const reply = await listener({ name, input }, sender);
        if (reply?.ok) return;
        expect(reply?.error.code).not.toBe('unexpected');
        if (reply?.error.code === 'forbidden-message') expect(await state()).toBe(before);
      }),
      { numRuns: 12 },
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

it('nobody answers a name that is no route', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'settings', '', 1, null])
    expect(listener({ name, input: {} }, own)).toBeUndefined();
});
