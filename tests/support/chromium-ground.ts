/** The ground of stories in Chromium: the rig, with a person's hands and eyes from Playwright. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Ground, View } from '../stories/view.ts';
import { capture, openForm } from './captures.ts';
import { messagesOf } from './messages.ts';
import type { Rig } from './rig.ts';
import { ask } from './settings.ts';
import { age } from './stored.ts';
import { found, until } from './until.ts';

interface Row {
  readonly id: string;
  readonly title: string;
}

export function groundOf(rig: Rig, language = 'en'): Ground {
  const file = join(import.meta.dirname, `../../public/_locales/${language}/messages.json`);
  const { getMessage } = messagesOf(JSON.parse(readFileSync(file, 'utf8')), language);
  let subject = '';
  const ground: Ground = {
    webmail: rig.webmail,
    desk: rig.desk,
    page: viewOf(rig.page),
    say: (key, ...values) => getMessage(key, values),
    openThread: async (of) => {
      subject = of;
      await rig.openThread(of);
    },
    show: async (thread) => void (await rig.page.goto(rig.webmail.addressOf(thread))),
    // The real popup is no page to Playwright: what it shows, in a tab, is the same.
    openForm: async () => viewOf(await openForm(rig, await capture(rig, subject, ground.say('button_more')), ground.say('fieldTitle'))),
    openPopup: async (name) => {
      const popup = await rig.openPopup(name);
      const { id } = await found('the thread is captured', async () => {
        const { rows } = (await ground.ask('outbox.opened', {})) as { readonly rows: readonly Row[] };
        return rows.find(({ title }) => title.includes(subject));
      });
      await popup.close();
      return ground.openOwn(`popup.html?capture=${id}`);
    },
    openOwn: async (path) => viewOf(await rig.session.open(path)),
    opened: async (address) => {
      const isThere = (page: Page) => page.url().startsWith(address);
      return viewOf(await found(`${address} is open`, () => rig.session.context.pages().find(isThere)));
    },
    ask: (name, input) => ask(rig.session, name, input),
    age: async () => {
      const page = await rig.session.open('welcome.html');
      await page.evaluate(age);
      await page.close();
      await rig.page.bringToFront();
    },
  };
  return ground;
}

/** A tab in front of a person. */
export function viewOf(page: Page): View {
  // A field for what is secret has no role here.
  const the: (...of: Parameters<View['sees']>) => ReturnType<Page['getByRole']> = (role, name) => {
    const exact = typeof name === 'string';
    return role === 'secret' ? page.getByLabel(name, { exact }) : page.getByRole(role, { name, exact });
  };
  return {
    sees: (role, name) => the(role, name).waitFor(),
    reads: (words) => page.getByText(words).first().waitFor({ state: 'attached' }),
    click: (role, name) => the(role, name).click(),
    unfold: (words) => page.locator('summary').getByText(words, { exact: true }).click(),
    fill: async (role, name, text) => {
      // As a person does: a page behind others may lose the focus, and with it an open list.
      await page.bringToFront();
      await the(role, name).fill(text);
    },
    choose: async (name, entry) => {
      // Opens the list, which is no part of the page; it takes nothing by itself.
      await the('combobox', name).press('ArrowDown');
      await the('combobox', name).selectOption({ label: entry });
    },
    press: (role, name, key, modifier) => the(role, name).press(modifier ? `${modifier}+${key}` : key),
    holds: (role, name, wanted: string | boolean) =>
      until(
        `${name} holds ${wanted}`,
        async () => wanted === (await (typeof wanted === 'string' ? the(role, name).inputValue() : the(role, name).isChecked())),
      ),
    isLocked: (role, name) => until(`${name} is locked`, () => the(role, name).isDisabled()),
    texts: (role) => (role === 'secret' ? page.locator('input[type=password]') : page.getByRole(role)).allInnerTexts(),
    run: (work) => page.evaluate(work),
    close: () => page.close(),
  };
}
