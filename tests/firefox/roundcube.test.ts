/** The lab's Roundcube in Firefox: let in, one click on a thread, and the originals held against the maildir. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskSettings } from '../demo/configuration.ts';
import { type Desk, startDesk } from '../demo/desk/server.ts';
import { isUp, roundcube } from '../lab/lab.ts';
import { clearThread, fileThread, mailsOnDisk, removeFolder, subscribe } from '../lab/maildir.ts';
import { type Firefox, launchFirefox, whyNoFirefox } from '../support/firefox.ts';
import type { Tab } from '../support/firefox-tab.ts';
import { loopback } from '../support/rig.ts';
import { until } from '../support/until.ts';

interface Reply {
  readonly ok: boolean;
  readonly error?: object;
}
declare const browser: {
  readonly runtime: { sendMessage(message: unknown): Promise<Reply> };
  readonly permissions: { contains(asked: { origins: string[] }): Promise<boolean> };
};

const up = await isUp(roundcube);
const reason = whyNoFirefox();
if (!up) console.warn(`SKIPPED: no Roundcube at ${roundcube}; start it with tests/lab/webmail/bin/start and bin/seed`);

const mark = `F${Date.now()}`;
const folder = `Firefox ${mark}`;

describe.runIf(up && !reason)('Roundcube in Firefox', () => {
  let desk: Desk;
  let firefox: Firefox;
  let own: Tab;
  let page: Tab;
  let ids: readonly string[];

  const words = () => page.run(() => document.querySelector('relais-button')?.shadowRoot?.querySelector('button')?.textContent ?? '');
  const row = () => document.querySelector('#messagelist tbody tr.message');
  const has = (origins: string[]) => own.run((asked) => browser.permissions.contains({ origins: asked }), origins);

  beforeAll(async () => {
    // The answer lies in Sent, as with everybody who answers.
    ids = await fileThread(mark, [folder, 'Sent', folder]);
    await subscribe(folder);
    [firefox, desk] = await Promise.all([launchFirefox(), startDesk()]);
    own = await firefox.openOwn('options.html#/webmails');
    page = await firefox.open(`${roundcube}/?_lablogin=1`);
  });
  afterAll(async () => {
    await firefox?.close();
    await desk?.stop();
    if (!desk) return;
    await clearThread(mark);
    await removeFolder(folder);
  });

  it('has no button before it is let in, and one afterwards', async () => {
    const settings = deskSettings({ desk: desk.origin, token: desk.token, webmail: roundcube });
    const message = { name: 'settings.imported', input: { document: { ...settings, undoSeconds: 0 } } };
    const reply = await own.run((asked) => browser.runtime.sendMessage(asked), message);
    expect(reply).toMatchObject({ ok: true });
    await page.goTo(`${roundcube}/?_task=mail&_mbox=${encodeURIComponent(folder)}`);
    await until('the folder is listed', () => page.run(() => document.querySelectorAll('#messagelist tbody tr.message').length === 2));
    expect(await page.run(() => document.querySelectorAll('relais-button').length)).toBe(0);
    expect(await has([loopback])).toBe(false);
    await own.click(() => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Allow again'));
    await until('the browser lets Relais in', () => has([loopback]));
    await until('the button is there', () => page.run(() => document.querySelectorAll('relais-button').length === 1));
  });

  it('hands the whole thread over with one click, as it lies in the maildir', async () => {
    await page.click(row);
    await until('the button may be pressed', () =>
      page.run(() => document.querySelector('relais-button')?.shadowRoot?.querySelector('button')?.disabled === false),
    );
    expect(await words()).toBe('Send to tickets');
    await page.click(() => document.querySelector('relais-button')?.shadowRoot?.querySelector('button'));
    const ticket = await desk.store.first(60_000);
    const disk = mailsOnDisk();
    const originals = ticket.articles.flatMap(({ files }) => files).filter(({ name }) => name.endsWith('.eml'));
    expect(originals.map(({ bytes }) => bytes)).toEqual(ids.map((id) => disk.get(id)));
    await until('the button says so', async () => (await words()).includes(ticket.number));
  });
});
