/** The ground of stories in Chromium: the rig, with a person's hands and eyes from Playwright. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Ground, View } from '../stories/view.ts';
import { capture, openForm } from './captures.ts';
import { messagesOf } from './messages.ts';
import type { Rig } from './rig.ts';
import { ask } from './settings.ts';
import { until } from './until.ts';

/** Speaks English. */
export function groundOf(rig: Rig): Ground {
  const english = join(import.meta.dirname, '../../public/_locales/en/messages.json');
  const { getMessage } = messagesOf(JSON.parse(readFileSync(english, 'utf8')), 'en');
  let subject = '';
  return {
    webmail: rig.webmail,
    desk: rig.desk,
    page: viewOf(rig.page),
    say: (key, ...values) => getMessage(key, values),
    openThread: async (of) => {
      subject = of;
      await rig.openThread(of);
    },
    // The real popup is no page to Playwright: its form in a tab is the same.
    openForm: async () => viewOf(await openForm(rig, await capture(rig, subject))),
    openOwn: async (path) => viewOf(await rig.session.open(path)),
    ask: (name, input) => ask(rig.session, name, input),
  };
}

function viewOf(page: Page): View {
  const the: (...of: Parameters<View['sees']>) => ReturnType<Page['getByRole']> = (role, name) =>
    page.getByRole(role, { name, exact: typeof name === 'string' });
  return {
    sees: (role, name) => the(role, name).waitFor(),
    reads: (words) => page.getByText(words).first().waitFor({ state: 'attached' }),
    click: (role, name) => the(role, name).click(),
    fill: (role, name, text) => the(role, name).fill(text),
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
    texts: (role) => page.getByRole(role).allInnerTexts(),
    close: () => page.close(),
  };
}
