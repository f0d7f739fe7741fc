/** Credentials under a passphrase in Firefox, where content scripts can read more: the key goes with the browser, and comes back with the words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskSettings } from '../demo/configuration.ts';
import { type Desk, startDesk } from '../demo/desk/server.ts';
import { type DemoWebmail, startWebmail } from '../demo/webmail/server.ts';
import { temporaryFolder } from '../support/extension.ts';
import { type Firefox, launchFirefox, whyNoFirefox } from '../support/firefox.ts';
import type { Tab } from '../support/firefox-tab.ts';
import { demoMails, loopback } from '../support/rig.ts';
import { until } from '../support/until.ts';

interface Reply {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string };
}
declare const browser: {
  readonly runtime: { sendMessage(message: unknown): Promise<Reply> };
  readonly permissions: { contains(asked: { origins: string[] }): Promise<boolean> };
};

const reason = whyNoFirefox();

describe.skipIf(reason)('a passphrase in Firefox', () => {
  let webmail: DemoWebmail;
  let desk: Desk;
  let firefox: Firefox;
  let own: Tab;
  const home = temporaryFolder('firefox-home');

  async function ask(name: string, input: object): Promise<unknown> {
    const reply = await own.run((message) => browser.runtime.sendMessage(message), { name, input });
    if (!reply.ok) throw new Error(`${name}: ${reply.error?.code}`);
    return reply.value;
  }
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
  const pressed = async (words: string): Promise<void> => {
    const [thread] = webmail.threads;
    if (!thread) throw new Error('The webmail is empty');
    const page = await firefox.open(webmail.addressOf(thread));
    await page.click(() => document.querySelector('relais-button')?.shadowRoot?.querySelector('button'));
    await until(words, () =>
      page.run((wanted) => document.querySelector('relais-button')?.shadowRoot?.textContent?.includes(wanted) === true, words),
    );
    await page.close();
  };

  beforeAll(async () => {
    [webmail, desk] = await Promise.all([startWebmail(demoMails), startDesk()]);
    firefox = await launchFirefox({ home });
    own = await firefox.openOwn('options.html#/webmails');
    const document = { ...deskSettings({ desk: desk.origin, token: desk.token, webmail: webmail.origin }), undoSeconds: 0 };
    await ask('settings.imported', { document });
    await own.click(() => [...globalThis.document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Allow again'));
    await until('Relais is let in', () => own.run((origins) => browser.permissions.contains({ origins }), [loopback]));
  });
  afterAll(async () => {
    await firefox?.close();
    await Promise.all([webmail?.close(), desk?.stop()]);
  });

  it('is set in the options, and stays unlocked when the event page rests', async () => {
    const options = await firefox.openOwn('options.html#/privacy');
    await type(options, 'correct horse', 'Set passphrase');
    await says(options, 'Lock now');
    await options.close();
    await firefox.stopBackground();
    expect(await ask('settings.opened', {})).toMatchObject({ vault: 'open', secrets: { desk: ['token'] } });
  });

  it('locks with the browser: what is clicked then waits, and nothing is sent', async () => {
    await firefox.close();
    firefox = await launchFirefox({ home });
    own = await firefox.openOwn('options.html#/privacy');
    expect(await ask('settings.opened', {})).toMatchObject({ vault: 'locked' });
    await pressed('Not sent yet');
    expect(await ask('outbox.opened', {})).toMatchObject({ rows: [{ status: 'paused', error: { code: 'locked' } }] });
    expect(desk.seen.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('refuses other words, and sends by itself with the right ones', async () => {
    const popup = await firefox.openOwn('popup.html');
    await type(popup, 'correct hose', 'Unlock');
    await says(popup, 'This is not the passphrase');
    expect(desk.store.tickets).toEqual([]);
    await type(popup, 'correct horse', 'Unlock');
    const ticket = await desk.store.first(30_000);
    expect(ticket.articles).toHaveLength(webmail.threads[0]?.messages.length ?? 0);
    await until('the outbox is empty', async () => ((await ask('outbox.opened', {})) as { rows: object[] }).rows.length === 0);
    expect(desk.store.tickets).toHaveLength(1);
  });
});
