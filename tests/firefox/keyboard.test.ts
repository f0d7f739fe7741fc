/** The whole job without a mouse in Firefox, in two languages; the popup's page is closed and opened again at every step. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageKey } from '../../utils/i18n.ts';
import { deskSettings } from '../demo/configuration.ts';
import { type Desk, startDesk } from '../demo/desk/server.ts';
import { type DemoWebmail, startWebmail } from '../demo/webmail/server.ts';
import { type Firefox, launchFirefox, whyNoFirefox } from '../support/firefox.ts';
import type { Tab } from '../support/firefox-tab.ts';
import { tabTo } from '../support/keyboard.ts';
import { messagesOf } from '../support/messages.ts';
import { demoMails, loopback } from '../support/rig.ts';
import { found, until } from '../support/until.ts';

interface Reply {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: object;
}
declare const browser: {
  readonly runtime: { sendMessage(message: unknown): Promise<Reply> };
  readonly permissions: { contains(asked: { origins: string[] }): Promise<boolean> };
  readonly extension: { getViews(which: { type: string }): readonly Window[] };
};

const reason = whyNoFirefox();

describe.skipIf(reason).each(['en', 'fr'])('by the keyboard alone in Firefox, in %s', (language) => {
  const { getMessage } = messagesOf(
    JSON.parse(readFileSync(join(import.meta.dirname, `../../public/_locales/${language}/messages.json`), 'utf8')),
    language,
  );
  const say = (key: MessageKey, ...values: string[]) => getMessage(key, values);
  let webmail: DemoWebmail;
  let desk: Desk;
  let firefox: Firefox;
  let own: Tab;
  let page: Tab;
  let popup: Tab;
  let captureId: string;

  async function ask(name: string, input: object): Promise<unknown> {
    const reply = await own.run((message) => browser.runtime.sendMessage(message), { name, input });
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value;
  }
  const waitFor = (expression: string) => until(expression, () => popup.evaluate<boolean>(`Boolean(${expression})`), 30_000);
  async function open(): Promise<void> {
    popup = await firefox.openOwn(`popup.html?capture=${captureId}`);
    await waitFor(`document.querySelectorAll('.rows input[type=checkbox]').length >= 3`);
  }
  async function again(): Promise<void> {
    await popup.close();
    await open();
  }
  const fieldValue = (key: MessageKey) =>
    popup.run((label) => {
      const found = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === label);
      return (found?.control as HTMLInputElement | null | undefined)?.value;
    }, say(key));

  beforeAll(async () => {
    [webmail, desk] = await Promise.all([startWebmail(demoMails), startDesk()]);
    firefox = await launchFirefox({ language });
    own = await firefox.openOwn('options.html#/webmails');
    await ask('settings.imported', { document: deskSettings({ desk: desk.origin, token: desk.token, webmail: webmail.origin }) });
    await own.click(() =>
      [...document.querySelectorAll('button')].find(({ textContent }) => /^(Allow again|Autoriser à nouveau)$/.test(textContent)),
    );
    await until('the browser lets Relais in', () => own.run((origins) => browser.permissions.contains({ origins }), [loopback]));
    page = await firefox.open('about:blank');
  });
  afterAll(async () => {
    await firefox?.close();
    await Promise.all([webmail?.close(), desk?.stop()]);
  });

  it('the popup opens from the webmail’s page, and takes the thread', async () => {
    const thread = webmail.threads.find(({ messages }) => messages.some(({ subject }) => subject.includes('Vitrine')));
    if (!thread) throw new Error('The webmail has no such thread');
    await page.goTo(webmail.addressOf(thread));
    await until('the button is there', () => page.evaluate<boolean>(`document.querySelector('relais-button') !== null`));
    const name = `document.querySelector('relais-button').shadowRoot.activeElement?.getAttribute('aria-label')`;
    for (let stop = 0; (await page.evaluate(name)) !== say('button_more') && stop < 80; stop += 1) await page.press('Tab');
    expect(await page.evaluate(name)).toBe(say('button_more'));
    await page.press('Enter');
    captureId = await found(
      'the thread is captured',
      async () => {
        const { rows } = (await ask('outbox.opened', {})) as { rows: readonly { readonly id: string; readonly status: string }[] };
        return rows.find(({ status }) => status === 'draft')?.id;
      },
      30_000,
    );
    const popups = () => own.run(() => browser.extension.getViews({ type: 'popup' }).length);
    await until('the popup is open', async () => (await popups()) === 1);
    await own.run(() => browser.extension.getViews({ type: 'popup' }).map((view) => view.close()).length);
  });

  it('a note is typed, and is there again', async () => {
    await open();
    expect(await popup.evaluate('document.documentElement.lang')).toBe(language);
    await tabTo(popup, say('fieldNote'));
    await popup.type('Rappeler avant samedi');
    await again();
    expect(await fieldValue('fieldNote')).toBe('Rappeler avant samedi');
  });

  it('title and queue are changed, a message is left out, and all of it is there again', async () => {
    await tabTo(popup, say('fieldTitle'), true);
    await popup.press('a', 2);
    await popup.type('Vitrine fendue');
    await again();
    await tabTo(popup, say('fieldQueue'), true);
    await popup.press('a', 2);
    await popup.type('bill');
    await waitFor(`document.querySelector('[role=option]')?.textContent === 'Billing'`);
    await popup.press('Enter');
    await again();
    await tabTo(popup, /^Hélène Garçon/);
    await popup.press(' ');
    await waitFor(`document.querySelectorAll('.row-out').length > 0`);
    await again();
    await waitFor(`document.querySelectorAll('.row-out').length > 0`);
    expect([await fieldValue('fieldTitle'), await fieldValue('fieldQueue'), await fieldValue('fieldNote')]).toEqual([
      'Vitrine fendue',
      'Billing',
      'Rappeler avant samedi',
    ]);
  });

  it('what will arrive is read and left again, then sent', async () => {
    await tabTo(popup, say('preview'));
    await popup.press('Enter');
    await waitFor(`document.activeElement?.textContent === ${JSON.stringify(say('arrivesTitle', 'Ticket desk'))}`);
    await popup.press('Escape');
    await waitFor(`document.activeElement?.textContent === ${JSON.stringify(say('preview'))}`);
    await popup.press('Enter', 2);
    await waitFor(`document.body.innerText.includes('#4711')`);
    expect(desk.store.tickets[0]).toMatchObject({ title: 'Vitrine fendue', queue: 'Billing' });
    expect(desk.store.tickets[0]?.articles.map(({ internal }) => internal)).toEqual([false, false, true]);
    expect(desk.store.tickets[0]?.articles.at(-1)?.text).toBe('Rappeler avant samedi');
  });

  it('a note is added to the ticket in the tab beside, closed in the middle of it', async () => {
    const toNotes = async () => {
      await tabTo(popup, `${say('tabThread')} (tab)`);
      await popup.press('ArrowRight');
      await waitFor(`document.activeElement?.id === 'tab-note' && document.querySelector('#panel-note [role=combobox]')`);
    };
    await toNotes();
    await tabTo(popup, say('fieldTicket'));
    await popup.type('4711');
    await tabTo(popup, say('fieldNote'));
    await popup.type('Encore un mot');
    await popup.close();
    popup = await firefox.openOwn(`popup.html?capture=${captureId}`);
    await waitFor(`document.body.innerText.includes('#4711')`);
    await toNotes();
    await waitFor(`[...document.querySelectorAll('textarea')].some(({ value }) => value === 'Encore un mot')`);
    await popup.press('Enter', 2);
    await until('the note is there', () => desk.store.tickets[0]?.articles.at(-1)?.text === 'Encore un mot', 30_000);
    await tabTo(popup, `${say('tabNote')} (tab)`);
    await popup.press('End');
    await waitFor(`document.querySelector('#panel-tickets .card')?.textContent.includes('Vitrine fendue')`);
  });
});
