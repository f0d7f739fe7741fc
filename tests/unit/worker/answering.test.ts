import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { answer, type From, type Handlers } from '../../../utils/answering.ts';
import { RelaisError } from '../../../utils/core/errors.ts';
import { askThrough } from '../../../utils/messaging.ts';
import { type RouteName, routes } from '../../../utils/routes.ts';

type Listener = (message: unknown, sender: unknown) => Promise<unknown> | undefined;

const page = { id: 'relais', frameId: 0, url: 'https://mail.example.org/?_task=mail', tab: { id: 7 } };
const own = { id: 'relais', url: 'chrome-extension://relais/popup.html' };
let listener: Listener;
let calls: { name: string; input: unknown; from: From }[];

beforeEach(() => {
  fakeBrowser.reset();
  calls = [];
  Object.assign(fakeBrowser.runtime, {
    id: 'relais',
    getURL: (path: string) => `chrome-extension://relais${path}`,
    onMessage: { addListener: (added: Listener) => (listener = added) },
  });
  const handlers = Object.fromEntries(
    (Object.keys(routes) as RouteName[]).map((name) => [
      name,
      async (input: unknown, from: From) => void calls.push({ name, input, from }),
    ]),
  );
  answer(handlers as unknown as Handlers);
});

const ask = (name: string, input: unknown, sender: unknown) => listener({ name, input }, sender);

describe('the worker answers', () => {
  it('our own pages with what the handler gave', async () => {
    expect(await ask('outbox.opened', { limit: 3 }, own)).toEqual({ ok: true, value: null });
    expect(calls).toEqual([{ name: 'outbox.opened', input: { limit: 3 }, from: {} }]);
  });

  it('a webmail page with the origin that the browser names, not the page', async () => {
    await ask('thread.opened', { webmail: 'roundcube', threadKey: 'INBOX/1', origin: 'https://evil.example' }, page);
    expect(calls[0]?.from.webmail).toMatchObject({ origin: 'https://mail.example.org', tabId: 7 });
    expect(calls[0]?.input).not.toHaveProperty('origin');
  });

  it.each((Object.keys(routes) as RouteName[]).filter((name) => routes[name].from === 'extension'))(
    'no page that asks for %s',
    async (name) => {
      expect(await ask(name, {}, page)).toMatchObject({ ok: false, error: { code: 'forbidden-message' } });
      expect(calls).toEqual([]);
    },
  );

  it.each([
    ['another extension', { ...page, id: 'other' }],
    ['a frame inside the page', { ...page, frameId: 3 }],
    ['one of our own pages', own],
    ['something without a tab', { id: 'relais', frameId: 0, url: page.url }],
  ])('no click from %s', async (_, sender) => {
    expect(await ask('button.clicked', { webmail: 'roundcube', threadKey: 'x', way: 'send' }, sender)).toMatchObject({ ok: false });
    expect(calls).toEqual([]);
  });

  it('malformed input with an error, and unknown names not at all', async () => {
    expect(await ask('outbox.opened', { limit: 'all' }, own)).toMatchObject({ ok: false, error: { code: 'forbidden-message' } });
    expect(ask('toString', {}, own)).toBeUndefined();
    expect(listener('hello', own)).toBeUndefined();
  });
});

describe('asking the worker', () => {
  const runtime = (answers: (unknown | Error)[]) => ({
    sendMessage: async () => {
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return next;
    },
  });

  it('asks once more when a dying worker gave no answer', async () => {
    for (const nothing of [undefined, new Error('The message port closed')]) {
      expect(await askThrough(runtime([nothing, { ok: true, value: { deliveryId: 'd' } }]), 'draft.submitted', { captureId: 'c' })).toEqual(
        { deliveryId: 'd' },
      );
    }
  });

  it('says so when there is no worker at all', async () => {
    await expect(askThrough(runtime([undefined, undefined]), 'draft.submitted', { captureId: 'c' })).rejects.toMatchObject({
      code: 'worker-unreachable',
    });
  });

  it('rejects with the very error of the worker', async () => {
    const error = new RelaisError('rejected', 'No such queue', { said: 'No such queue' });
    await expect(askThrough(runtime([{ ok: false, error: error.record() }]), 'draft.submitted', { captureId: 'c' })).rejects.toMatchObject(
      error.record(),
    );
  });
});
