/** The whole job without a mouse, in two languages; the popup is closed and opened again at every step. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageKey } from '../../utils/i18n.ts';
import { tabTo } from '../support/keyboard.ts';
import { messagesOf } from '../support/messages.ts';
import { type Popup, realPopup } from '../support/popup.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { until } from '../support/until.ts';

describe.each(['en', 'fr'])('by the keyboard alone, in %s', (language) => {
  const { getMessage } = messagesOf(
    JSON.parse(readFileSync(join(import.meta.dirname, `../../public/_locales/${language}/messages.json`), 'utf8')),
    language,
  );
  const say = (key: MessageKey, ...values: string[]) => getMessage(key, values);
  let rig: Rig;
  let popup: Popup;
  beforeAll(async () => {
    rig = await startRig({ args: [`--lang=${language}`], env: { LANGUAGE: language } });
    await rig.openThread('Vitrine');
    await rig.button(say('button_send')).waitFor();
  });
  afterAll(() => rig.close());

  /** Tab through the webmail's page to the caret, Enter; until the thread is there, and the cursor with it. */
  async function open(): Promise<void> {
    await rig.page.bringToFront();
    await rig.page.locator('body').focus();
    const reached = () =>
      rig.page.evaluate(() => document.querySelector('relais-button')?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? '');
    for (let stop = 0; (await reached()) !== say('button_more') && stop < 80; stop += 1) await rig.page.keyboard.press('Tab');
    expect(await reached()).toBe(say('button_more'));
    await rig.page.keyboard.press('Enter');
    popup = await realPopup(rig.session);
    await popup.waitFor(`document.querySelectorAll('.rows input[type=checkbox]').length >= 3`);
    await popup.waitFor(`document.activeElement?.closest('.form')`);
  }
  async function again(): Promise<void> {
    await popup.close();
    await open();
  }
  const fieldValue = (label: string) =>
    popup.evaluate<string>(
      `[...document.querySelectorAll('label')].find((one) => one.textContent === ${JSON.stringify(label)})?.control.value`,
    );

  it('the popup opens, and a note is typed', async () => {
    await open();
    await tabTo(popup, say('fieldNote'));
    expect(await popup.evaluate('document.documentElement.lang')).toBe(language);
    await popup.type('Rappeler avant samedi');
    await again();
    expect(await fieldValue(say('fieldNote'))).toBe('Rappeler avant samedi');
  });

  it('title, queue and requester are changed, and are there again', async () => {
    await tabTo(popup, say('fieldTitle'), true);
    await popup.press('a', 2);
    await popup.type('Vitrine fendue');
    await again();
    await tabTo(popup, say('fieldQueue'), true);
    await popup.press('a', 2);
    await popup.type('bill');
    await popup.waitFor(`document.querySelector('[role=option]')?.textContent === 'Billing'`);
    await popup.press('Enter');
    await again();
    await tabTo(popup, say('fieldRequester'));
    await popup.press('ArrowDown');
    await popup.waitFor(`document.querySelector('[role=option]')`);
    // Closes the list and not the popup.
    await popup.press('Escape');
    expect(await popup.isOpen()).toBe(true);
    expect([await fieldValue(say('fieldTitle')), await fieldValue(say('fieldQueue')), await fieldValue(say('fieldNote'))]).toEqual([
      'Vitrine fendue',
      'Billing',
      'Rappeler avant samedi',
    ]);
  });

  it('a message is left out, and stays out', async () => {
    await tabTo(popup, /^Hélène Garçon/);
    await popup.press(' ');
    await popup.waitFor(`document.querySelectorAll('.row-out').length > 0`);
    await again();
    await popup.waitFor(`document.querySelectorAll('.row-out').length > 0`);
  });

  it('what will arrive is read, and left again', async () => {
    await tabTo(popup, say('preview'));
    await popup.press('Enter');
    await popup.waitFor(`document.activeElement?.textContent === ${JSON.stringify(say('arrivesTitle', 'Ticket desk'))}`);
    expect(await popup.evaluate('document.body.innerText')).toContain('Rappeler avant samedi');
    await popup.press('Escape');
    await popup.waitFor(`document.activeElement?.textContent === ${JSON.stringify(say('preview'))}`);
  });

  it('it is sent, and says its number', async () => {
    await popup.press('Enter', 2);
    await popup.waitFor(`document.body.innerText.includes('#4711')`, 30_000);
    expect(rig.desk.store.tickets[0]).toMatchObject({ title: 'Vitrine fendue', queue: 'Billing' });
    expect(rig.desk.store.tickets[0]?.articles.map(({ internal }) => internal)).toEqual([false, false, true]);
    expect(rig.desk.store.tickets[0]?.articles.at(-1)?.text).toBe('Rappeler avant samedi');
  });

  it('a note is added to a ticket in the tab beside, and closing the popup in the middle of it loses nothing', async () => {
    const toNotes = async () => {
      await tabTo(popup, `${say('tabThread')} (tab)`);
      await popup.press('ArrowRight');
      await popup.waitFor(`document.activeElement?.id === 'tab-note' && document.querySelector('#panel-note [role=combobox]')`);
    };
    await toNotes();
    await tabTo(popup, say('fieldTicket'));
    await popup.type('4711');
    await tabTo(popup, say('fieldNote'));
    await popup.type('Encore un mot');
    await again();
    await toNotes();
    await popup.waitFor(`[...document.querySelectorAll('textarea')].some(({ value }) => value === 'Encore un mot')`);
    await popup.press('Enter', 2);
    await until('the note is there', () => rig.desk.store.tickets[0]?.articles.at(-1)?.text === 'Encore un mot', 30_000);
  });

  it('the tabs are gone through by the arrows, to what was sent', async () => {
    await tabTo(popup, `${say('tabNote')} (tab)`);
    await popup.press('End');
    await popup.waitFor(`document.querySelector('#panel-tickets .card')`);
    expect(await popup.evaluate('document.body.innerText')).toContain('Vitrine fendue');
    await popup.press('ArrowLeft');
    await popup.waitFor(`document.querySelector('#panel-outbox')`);
    await popup.press('Escape');
    await popup.closed();
  });
});
