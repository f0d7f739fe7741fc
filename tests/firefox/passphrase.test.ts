/** Credentials under a passphrase in Firefox, where content scripts can read more: the key goes with the browser, and comes back with the words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/extension.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { type FirefoxRig, startFirefoxRig } from '../support/firefox-rig.ts';
import type { Tab } from '../support/firefox-tab.ts';
import { until } from '../support/until.ts';

const reason = whyNoFirefox();

describe.skipIf(reason)('a passphrase in Firefox', () => {
  let rig: FirefoxRig;

  /** Types into every field of a passphrase, and presses the button with this name. */
  async function type(tab: Tab, words: string, name: string): Promise<void> {
    await until(`${name} is there`, () => tab.run(() => document.querySelector('input[type=password]') !== null));
    await tab.run((typed) => {
      for (const field of document.querySelectorAll<HTMLInputElement>('input[type=password]')) {
        field.value = typed;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    }, words);
    await tab.run(
      (wanted) => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === wanted)?.scrollIntoView(),
      name,
    );
    await until(`${name} can be pressed`, () =>
      tab.run((wanted) => {
        const button = [...document.querySelectorAll('button')].find(({ textContent, disabled }) => textContent === wanted && !disabled);
        button?.click();
        return button !== undefined;
      }, name),
    );
  }
  const says = (tab: Tab, words: string) => until(words, () => tab.run((wanted) => document.body.textContent.includes(wanted), words));

  beforeAll(async () => {
    rig = await startFirefoxRig({ home: temporaryFolder('firefox-home'), settings: { undoSeconds: 0 } });
  });
  afterAll(() => rig?.close());

  it('is set in the options, and stays unlocked when the event page rests', async () => {
    const options = await rig.firefox.openOwn('options.html#/privacy');
    await type(options, 'correct horse', 'Set passphrase');
    await says(options, 'Lock now');
    await options.close();
    await rig.firefox.stopBackground();
    expect(await rig.ask('settings.opened', {})).toMatchObject({ vault: 'open', secrets: { desk: ['token'] } });
  });

  it('locks with the browser: what is clicked then waits, and nothing is sent', async () => {
    await rig.firefox.close();
    await rig.relaunch();
    expect(await rig.ask('settings.opened', {})).toMatchObject({ vault: 'locked' });
    await rig.openThread(rig.webmail.threads[0]?.messages[0]?.subject ?? '');
    await rig.send();
    await rig.says('Not sent yet');
    expect(await rig.ask('outbox.opened', {})).toMatchObject({ rows: [{ status: 'paused', error: { code: 'locked' } }] });
    expect(rig.desk.seen.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('refuses other words, and sends by itself with the right ones', async () => {
    const popup = await rig.firefox.openOwn('popup.html');
    await type(popup, 'correct hose', 'Unlock');
    await says(popup, 'This is not the passphrase');
    expect(rig.desk.store.tickets).toEqual([]);
    await type(popup, 'correct horse', 'Unlock');
    const ticket = await rig.desk.store.first(30_000);
    expect(ticket.articles).toHaveLength(rig.webmail.threads[0]?.messages.length ?? 0);
    await until('the outbox is empty', async () => ((await rig.ask('outbox.opened', {})) as { rows: object[] }).rows.length === 0);
    expect(rig.desk.store.tickets).toHaveLength(1);
  });

  it('is gone, like all else, when everything is deleted', async () => {
    await rig.ask('everything.wiped', {});
    expect(await rig.ask('settings.opened', {})).toMatchObject({ vault: 'none', secrets: {}, settings: { endpoints: [], webmails: [] } });
    const own = await rig.own();
    const left = await own.run(async () => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const db = await done(indexedDB.open('relais'));
      const counts = await Promise.all(
        [...db.objectStoreNames].map(async (name) => [name, await done(db.transaction(name).objectStore(name).count())]),
      );
      db.close();
      return counts.filter(([, count]) => count !== 0);
    });
    expect(left).toEqual([]);
  });
});
