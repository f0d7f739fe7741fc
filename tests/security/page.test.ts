/** A webmail that turned hostile, and a content script that somebody else took over: neither sends, reads or changes anything. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparePortName } from '../../utils/mail/prepare-port.ts';
import { routes } from '../../utils/routes.ts';
import { extensionId } from '../support/extension.ts';
import { synthesise } from '../support/hostile.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

declare const chrome: {
  readonly runtime?: {
    sendMessage(...message: unknown[]): Promise<unknown>;
    connect(info: { name: string }): { onDisconnect: { addListener(heard: () => void): void }; postMessage(message: unknown): void };
  };
  readonly storage: Record<string, { get(): Promise<object>; set(items: object): Promise<void> } | undefined>;
  readonly tabs: { query(which: object): Promise<readonly { readonly id: number }[]> };
  readonly scripting: { executeScript(what: object): Promise<readonly { readonly result?: unknown }[]> };
};

let rig: Rig;

/** Everything that an attack could have changed. */
async function state(): Promise<unknown> {
  const [settings, outbox, tickets] = await Promise.all([
    ask(rig.session, 'settings.exported', { withSecrets: true }),
    ask(rig.session, 'outbox.opened', {}),
    ask(rig.session, 'tickets.opened', {}),
  ]);
  return { settings, outbox, tickets, sent: rig.desk.store.tickets.length };
}

beforeAll(async () => {
  rig = await startRig({ settings: { undoSeconds: 0 } });
});
afterAll(() => rig.close());

describe('a hostile page', () => {
  /** What the page lays its hands on before anything of Relais runs in it. */
  const redefine = () => {
    const leaks: unknown[] = [];
    Reflect.set(globalThis, 'leaks', leaks);
    addEventListener('message', ({ data }) => leaks.push(`message ${JSON.stringify(data)}`));
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      leaks.push('attachShadow');
      return attachShadow.call(this, { ...init, mode: 'open' });
    };
    for (const name of ['addEventListener', 'dispatchEvent'] as const) {
      const original = EventTarget.prototype[name] as (...words: unknown[]) => unknown;
      Reflect.set(EventTarget.prototype, name, function (this: EventTarget, ...words: unknown[]) {
        if (this instanceof Element && this.closest?.('relais-button')) leaks.push(name);
        return original.apply(this, words);
      });
    }
    Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true });
    JSON.parse = () => ({ ok: true });
    Array.prototype.map = function () {
      leaks.push(...this);
      return [];
    };
    Reflect.set(Object.prototype, 'endpointId', 'evil');
    Reflect.set(Object.prototype, 'send', true);
  };

  it('reaches nothing by redefining what scripts stand on, before Relais comes', async () => {
    const context = rig.session.context;
    const page = await context.newPage();
    await page.addInitScript(redefine);
    // The demo's own script needs what the page broke: the shell is enough for a button.
    const thread = rig.webmail.threads[0];
    if (!thread) throw new Error('The webmail is empty');
    await page.route('**/static/*.js', (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `document.body.innerHTML = '<div role="toolbar"></div><a type="message/rfc822" href="/raw/${thread.messages[0]?.id}">x</a>'`,
      }),
    );
    await page.goto(rig.webmail.addressOf(thread));
    await page.locator('relais-button').getByRole('button', { name: 'Send to tickets' }).waitFor();
    const leaks = await page.evaluate(() => (Reflect.get(globalThis, 'leaks') as unknown[]).map(String));
    expect(leaks.filter((leak) => /message|attachShadow|EventListener|relais|endpoint|token/i.test(leak))).toEqual([]);
    await page.close();
  });

  it('sends nothing by synthesised clicks and keys, by a clone, or by lying over the button', async () => {
    const before = await state();
    await rig.openThread(rig.webmail.threads[0]?.messages[0]?.subject ?? '');
    await rig.button().waitFor();
    const asked = rig.webmail.seen.length;
    await rig.page.evaluate(synthesise);
    await rig.page.evaluate(() => {
      const host = document.querySelector('relais-button');
      // A clone with the same face, and a cover over the real one: both take a real click below.
      const clone = host?.cloneNode(true) as HTMLElement;
      clone.id = 'clone';
      clone.attachShadow({ mode: 'open' }).innerHTML = host?.shadowRoot?.innerHTML ?? '';
      document.body.append(clone);
      const box = host?.getBoundingClientRect() ?? new DOMRect();
      const cover = document.createElement('div');
      cover.id = 'cover';
      cover.style.cssText = `position:fixed;z-index:2147483647;left:${box.x}px;top:${box.y}px;width:${box.width}px;height:${box.height}px`;
      document.body.append(cover);
    });
    await rig.page.locator('#cover').click();
    await rig.page.locator('#clone').getByRole('button').first().click({ force: true });
    await rig.page.evaluate(() => document.querySelector('#cover')?.remove());
    expect(rig.webmail.seen.slice(asked).filter(({ path }) => path.startsWith('/raw/'))).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('has nobody to talk to: no message, no port, no page of the extension', async () => {
    const before = await state();
    const heard = await rig.page.evaluate(
      async ([id, names]) => {
        const found: string[] = [];
        addEventListener('message', ({ data }) => data?.ok !== undefined && found.push(JSON.stringify(data)));
        for (const name of names) {
          window.postMessage({ name, input: {} }, '*');
          document.dispatchEvent(new CustomEvent(name, { detail: {} }));
          const channel = new MessageChannel();
          channel.port1.onmessage = ({ data }) => found.push(String(data));
          window.postMessage({ name, input: {} }, '*', [channel.port2]);
          await chrome?.runtime?.sendMessage?.(id, { name, input: {} }).then(
            (reply) => found.push(JSON.stringify(reply)),
            () => {},
          );
        }
        for (const path of ['popup.html', 'options.html', 'offscreen.html', 'manifest.json', 'recipes/rt.json', 'background.js'])
          await fetch(`chrome-extension://${id}/${path}`).then(
            () => found.push(path),
            () => {},
          );
        const frame = document.createElement('iframe');
        frame.src = `chrome-extension://${id}/popup.html`;
        document.body.append(frame);
        await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
        return found;
      },
      [extensionId, Object.keys(routes)] as const,
    );
    expect(heard).toEqual([]);
    expect(rig.page.frames().filter((frame) => frame.url().startsWith('chrome-extension:'))).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('keeps one working button through a flood of changes', async () => {
    await rig.page.evaluate(async () => {
      const end = performance.now() + 1_000;
      while (performance.now() < end) {
        for (let count = 0; count < 500; count += 1) {
          const host = document.querySelector('relais-button');
          if (count % 3 === 0) host?.remove();
          else if (count % 3 === 1 && host) document.body.prepend(host);
          document.body.append(document.createElement('i'));
          document.body.lastElementChild?.remove();
        }
        await new Promise((resolve) => setTimeout(resolve));
      }
      document.querySelector('#clone')?.remove();
    });
    await until('there is one button', async () => (await rig.page.locator('relais-button').count()) === 1);
    await rig.button().click();
    await rig.button(/^In tickets/).waitFor({ timeout: 30_000 });
    expect(rig.desk.store.tickets).toHaveLength(1);
    const { rows } = (await ask(rig.session, 'ledger.opened', { words: 'capture' })) as { readonly rows: readonly object[] };
    expect(rows).toMatchObject([{ host: new URL(rig.webmail.origin).host, purpose: 'capture' }]);
  });
});

describe('a content script in other hands', () => {
  /** Any code in the isolated world, once the gesture that driving a browser brings along is over. */
  async function inIsolatedWorld(attack: 'ask' | 'storage' | 'ports', input: unknown): Promise<unknown> {
    const worker = await rig.session.worker();
    return worker.evaluate(
      async ([kind, given]) => {
        const [tab] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' });
        const [done] = await chrome.scripting.executeScript({
          target: { tabId: tab?.id },
          args: [kind, given],
          func: async (wanted: string, value: unknown) => {
            while (navigator.userActivation.isActive) await new Promise((resolve) => setTimeout(resolve, 100));
            const attacks: Record<string, (value: never) => Promise<unknown>> = {
              async ask({ names, input: everything }: { names: string[]; input: object }) {
                const replies: Record<string, unknown> = {};
                for (const name of names) replies[name] = await chrome.runtime?.sendMessage({ name, input: everything });
                return replies;
              },
              async storage() {
                const read: Record<string, string> = {};
                for (const area of ['local', 'sync', 'session', 'managed']) {
                  read[area] = await Promise.resolve(chrome.storage[area]?.get()).then(
                    (found) => JSON.stringify(found ?? {}),
                    () => '{}',
                  );
                  await Promise.resolve(chrome.storage[area]?.set({ settings: { version: 1, endpoints: [] } })).catch(() => {});
                }
                return { ...read, databases: (await indexedDB.databases()).map(({ name }) => name) };
              },
              async ports(names: string[]) {
                const ended = names.map(
                  (name) =>
                    new Promise<string>((resolve) => {
                      const port = chrome.runtime?.connect({ name });
                      port?.onDisconnect.addListener(() => resolve(name));
                      try {
                        port?.postMessage({ kind: 'opened', threadKey: 'x', webmail: 'generic', expected: 1 });
                      } catch {
                        resolve(name);
                      }
                    }),
                );
                return Promise.all(ended);
              },
            };
            return attacks[wanted]?.(value as never);
          },
        });
        return done?.result;
      },
      [attack, input] as const,
    );
  }

  /** Every field that any route takes, each with what an attacker would like there. */
  const wanted = () => {
    const evil = { id: 'desk', name: 'Evil', recipe: 'rest', values: { url: 'https://attacker.example/' }, defaults: {} };
    const document = { version: 1 as const, endpoints: [evil], webmails: [{ origin: 'https://attacker.example' }] };
    const ids = { id: 'x', captureId: 'x', endpointId: 'desk', messageId: 'x', requestId: 'x', origin: rig.webmail.origin };
    const rest = { ticket: '1', note: 'x', list: 'queues', edits: { endpointId: 'desk', title: 'x' }, secrets: {}, withSecrets: true };
    return { ...ids, ...rest, settings: document, document, endpoint: evil, webmail: 'generic', threadKey: '/', way: 'send' };
  };

  it('is refused by every route that is not a button’s, and changes nothing', async () => {
    const before = await state();
    const names = Object.entries(routes).flatMap(([name, { from }]) => (from === 'extension' ? [name] : []));
    expect(names.length).toBeGreaterThan(15);
    const replies = (await inIsolatedWorld('ask', { names, input: wanted() })) as Record<string, { ok: boolean; error?: { code: string } }>;
    expect(Object.keys(replies).toSorted()).toEqual(names.toSorted());
    expect(Object.entries(replies).filter(([, reply]) => reply.ok || reply.error?.code !== 'forbidden-message')).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('can’t press the button without a person’s click, nor learn a setting by what it may ask', async () => {
    const before = await state();
    const names = Object.entries(routes).flatMap(([name, { from }]) => (from === 'webmail' ? [name] : []));
    const replies = (await inIsolatedWorld('ask', { names, input: wanted() })) as Record<string, { ok: boolean; error?: { code: string } }>;
    expect(replies['button.clicked']).toMatchObject({ ok: false, error: { code: 'forbidden-message' } });
    expect(JSON.stringify(replies)).not.toMatch(new RegExp(`${rig.desk.token}|${new URL(rig.desk.origin).host}|attacker`));
    expect(await state()).toEqual(before);
  });

  it('can’t cut short the time in which a person may undo', async () => {
    const { settings } = (await ask(rig.session, 'settings.opened', {})) as { readonly settings: object };
    await ask(rig.session, 'settings.saved', { settings: { ...settings, undoSeconds: 60 } });
    await rig.openThread(rig.webmail.threads[1]?.messages[0]?.subject ?? '');
    await rig.button().click();
    await rig.page.getByRole('button', { name: 'Undo' }).waitFor();
    const worker = await rig.session.worker();
    const stored = await worker.evaluate(() => chrome.storage.session?.get());
    const keys = Object.values(stored ?? {}).flatMap((tab: { threadKey?: string }) => tab?.threadKey ?? []);
    expect(keys).toHaveLength(1);
    const input = { threadKey: keys[0] };
    expect(await inIsolatedWorld('ask', { names: ['send.confirmed'], input })).toMatchObject({
      'send.confirmed': { ok: true, value: { phase: 'held' } },
    });
    await rig.page.getByRole('button', { name: 'Undo' }).click();
    await rig.button().waitFor();
    expect(rig.desk.store.tickets).toHaveLength(1);
    await ask(rig.session, 'settings.saved', { settings });
  });

  it('reads and writes no storage, and sees no database of ours', async () => {
    const before = await state();
    const seen = (await inIsolatedWorld('storage', null)) as Record<string, unknown>;
    expect(seen).toEqual({ local: '{}', sync: '{}', session: '{}', managed: '{}', databases: [] });
    expect(await state()).toEqual(before);
  });

  it('finds every port closed', async () => {
    const before = await state();
    const names = ['capture', preparePortName, 'settings', ''];
    expect(await inIsolatedWorld('ports', names)).toEqual(names);
    expect(await state()).toEqual(before);
  });
});

describe('deleting everything', () => {
  it('leaves nothing behind: no setting, no credential, no record, no permission, no button', async () => {
    const own = await rig.session.open('options.html#/privacy');
    await own.evaluate(() => localStorage.setItem('unsaved:c1', '{"note":"typed"}'));
    await own.getByRole('button', { name: 'Delete everything' }).click();
    await own
      .getByRole('group', { name: /Delete everything/ })
      .getByRole('button', { name: 'Delete everything' })
      .click();
    await own.getByText('Everything is deleted').or(own.getByRole('alert')).waitFor();
    expect(await own.getByRole('alert').allInnerTexts()).toEqual([]);
    const left = await own.evaluate(async () => {
      const { storage, permissions, scripting } = Reflect.get(globalThis, 'chrome');
      const stored: Record<string, number> = {};
      const buckets = Reflect.get(navigator, 'storageBuckets') as {
        keys(): Promise<string[]>;
        open(name: string): Promise<{ indexedDB: IDBFactory }>;
      };
      const apart = await Promise.all((await buckets.keys()).map(async (name) => (await buckets.open(name)).indexedDB));
      for (const factory of [indexedDB, ...apart])
        for (const { name = '' } of await factory.databases()) {
          const db = await new Promise<IDBDatabase>((resolve) => {
            const request = factory.open(name);
            request.onsuccess = () => resolve(request.result);
          });
          for (const store of db.objectStoreNames) {
            const request = db.transaction(store).objectStore(store).count();
            stored[`${name}/${store}`] = await new Promise<number>((resolve) => {
              request.onsuccess = () => resolve(request.result);
            });
          }
          db.close();
        }
      return {
        stored,
        local: await storage.local.get(),
        typed: localStorage.getItem('unsaved:c1'),
        origins: (await permissions.getAll()).origins,
        scripts: await scripting.getRegisteredContentScripts(),
      };
    });
    expect(Object.keys(left.stored).length).toBeGreaterThan(10);
    expect(Object.entries(left.stored).filter(([, count]) => count > 0)).toEqual([]);
    expect(left).toMatchObject({ local: {}, typed: null, origins: [], scripts: [] });
  });
});
