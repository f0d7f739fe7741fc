/** The way of a thread in Firefox: install, let it in, click, ticket; the event page stopped in between; what an administrator set. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskSettings } from '../demo/configuration.ts';
import { type Desk, startDesk } from '../demo/desk/server.ts';
import { type DemoWebmail, startWebmail } from '../demo/webmail/server.ts';
import { type Firefox, launchFirefox, whyNoFirefox } from '../support/firefox.ts';
import type { Tab } from '../support/firefox-tab.ts';
import { demoMails, loopback } from '../support/rig.ts';
import { until } from '../support/until.ts';

interface Reply {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: object;
}
interface Extension {
  readonly runtime: { sendMessage(message: unknown): Promise<Reply> };
  readonly permissions: {
    request(asked: { origins: string[] }): Promise<boolean>;
    contains(asked: { origins: string[] }): Promise<boolean>;
  };
  readonly storage: Readonly<Record<'local' | 'session', { get(): Promise<object> }>>;
  readonly extension: { getViews(which: { type: string }): readonly Window[] };
  readonly scripting: { executeScript(what: object): Promise<readonly { readonly result?: unknown }[]> };
  readonly tabs: { query(which: object): Promise<readonly { readonly id: number }[]> };
}
declare const browser: Extension;

const reason = whyNoFirefox();

/** The button's own parts, which stand in an open shadow root. */
const mainButton = () => document.querySelector('relais-button')?.shadowRoot?.querySelector('button');
const allWords = () => document.querySelector('relais-button')?.shadowRoot?.textContent ?? '';

describe.skipIf(reason)('in Firefox', () => {
  let webmail: DemoWebmail;
  let desk: Desk;
  let firefox: Firefox;
  let own: Tab;
  let page: Tab;

  async function ask(name: string, input: object): Promise<unknown> {
    const reply = await own.run((message) => browser.runtime.sendMessage(message), { name, input });
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value;
  }
  async function show(number: number): Promise<void> {
    const thread = webmail.threads[number];
    if (!thread) throw new Error(`The webmail has no thread ${number}`);
    await page.goTo(webmail.addressOf(thread));
  }

  beforeAll(async () => {
    [webmail, desk] = await Promise.all([startWebmail(demoMails), startDesk()]);
    firefox = await launchFirefox({ policy: { internalDomains: ['managed.example'], locked: ['internalDomains'] } });
    own = await firefox.openOwn('options.html#/webmails');
    page = await firefox.open('about:blank');
  });
  afterAll(async () => {
    await firefox?.close();
    await Promise.all([webmail?.close(), desk?.stop()]);
  });

  it('takes settings, beside what an administrator set', async () => {
    const document = { ...deskSettings({ desk: desk.origin, token: desk.token, webmail: webmail.origin }), undoSeconds: 0 };
    await ask('settings.imported', { document });
    const opened = (await ask('settings.opened', {})) as { settings: object; managed: object; secrets: object };
    expect(opened.settings).toMatchObject({ endpoints: [{ id: 'desk' }], internalDomains: ['managed.example'], undoSeconds: 0 });
    expect(opened.managed).toMatchObject({ locked: ['internalDomains'] });
    expect(opened.secrets).toEqual({ desk: ['token'] });
    // Nothing of it where content scripts could read it.
    expect(await own.run(() => browser.storage.local.get())).toEqual({});
  });

  it('is let into no site by installing, and into one by a click in the options', async () => {
    const has = () => own.run((origins) => browser.permissions.contains({ origins }), [loopback]);
    expect(await has()).toBe(false);
    const revision = () => own.run(() => browser.storage.session.get().then((found) => Reflect.get(found, 'revision') as string));
    const before = await revision();
    await own.click(() => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Allow again'));
    await until('the browser lets Relais in', has);
    // Open pages get their button after the grant: one that is put in once more loses the click that it is just given.
    await until('every open page has its button', async () => (await revision()) !== before);
  });

  it('sends a thread with one click', async () => {
    await show(0);
    await page.click(mainButton);
    const ticket = await desk.store.first(30_000);
    const [thread] = webmail.threads;
    expect(ticket.articles).toHaveLength(thread?.messages.length ?? 0);
    const originals = ticket.articles.flatMap(({ files }) => files).filter(({ name }) => name.endsWith('.eml'));
    expect(originals.map(({ bytes }) => bytes)).toEqual(thread?.messages.map(({ raw }) => raw));
    await until('the button says so', async () => (await page.run(allWords)).includes(ticket.number));
  });

  it('sends with an event page that was stopped before the click', async () => {
    await show(1);
    await until('the button is there', () => page.run(() => document.querySelector('relais-button') !== null));
    await firefox.stopBackground();
    await page.click(mainButton);
    await until('the ticket is there', () => desk.store.tickets.length === 2, 30_000);
  });

  it('opens the popup with the thread from the caret, and the tabs of the popup work', async () => {
    await show(2);
    await page.click(() => document.querySelector('relais-button')?.shadowRoot?.querySelectorAll('button')[1]);
    const title = webmail.threads[2]?.messages[0]?.subject;
    if (!title) throw new Error('The thread has no subject');
    const shown = () =>
      own.run(() => {
        const fields = (view: Window) => [...view.document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value);
        return browser.extension.getViews({ type: 'popup' }).flatMap(fields);
      });
    await until('the popup shows the thread', async () => (await shown()).includes(title), 30_000);
    await own.run(() => browser.extension.getViews({ type: 'popup' }).map((view) => view.close()).length);
    const popup = await firefox.openOwn('popup.html');
    await until('the popup is drawn', () => popup.run(() => document.querySelectorAll('[role=tab]').length === 4));
    await until('a note can be typed', () =>
      popup.run(() => {
        document.querySelectorAll<HTMLElement>('[role=tab]')[1]?.click();
        const isThere = [...document.querySelectorAll('button')].some(({ textContent }) => textContent === 'Add note');
        const field = document.querySelector('textarea');
        if (!isThere || !field) return false;
        field.value = 'Only for colleagues';
        return field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }),
    );
    await until('it is kept', async () => (await own.run(keptNote)) === 'Only for colleagues');
    await popup.close();
    const again = await firefox.openOwn('popup.html');
    await until('the note is still there', () =>
      again.run(() => {
        document.querySelectorAll<HTMLElement>('[role=tab]')[1]?.click();
        return [...document.querySelectorAll('textarea')].some(({ value }) => value === 'Only for colleagues');
      }),
    );
    await again.close();
  });

  it('keeps settings, outbox and what is typed from a script in the page’s own process', async () => {
    const seen = await own.run(async () => {
      const [tab] = await browser.tabs.query({ url: 'http://127.0.0.1/*' });
      const func = async () => {
        const { local, session, sync } = browser.storage as unknown as Record<string, { get(): Promise<object> } | undefined>;
        const all = await Promise.all([local, session, sync].map((area) => area?.get()));
        return JSON.stringify(all.map((found) => Object.keys(found ?? {})));
      };
      const [done] = await browser.scripting.executeScript({ target: { tabId: tab?.id }, func });
      return done?.result;
    });
    expect(seen).toBe('[[],[],[]]');
  });
});

/** Read past the extension. */
function keptNote(): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('relais-secrets');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const kept = db.transaction('documents').objectStore('documents').get('noteDraft');
      kept.onsuccess = () => {
        resolve((kept.result as { readonly note: string } | undefined)?.note);
        db.close();
      };
    };
  });
}
