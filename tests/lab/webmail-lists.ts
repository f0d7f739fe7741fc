/** How a person picks threads in the lists of the lab's webmails. */
import type { Page } from 'playwright-core';
import { openInRoundcube, roundcube } from './lab.ts';
import { account } from './maildir.ts';

export interface WebmailList {
  readonly name: string;
  readonly origin: string;
  /** Answers where the webmail runs. */
  readonly entrance: string;
  /** Shows the inbox anew and picks a mail of each thread; the first one may be opened by that. */
  pick(page: Page, marks: readonly string[]): Promise<void>;
}

const password = process.env.LAB_PASS ?? 'lab-pass';
const sogo = `http://127.0.0.1:${process.env.SOGO_PORT ?? '18190'}`;
const horde = `http://127.0.0.1:${process.env.HORDE_PORT ?? '18185'}`;

export const webmailLists: readonly WebmailList[] = [
  {
    name: 'Roundcube',
    origin: roundcube,
    entrance: roundcube,
    async pick(page, [first = '', ...others]) {
      await openInRoundcube(page, first);
      for (const mark of others)
        await page
          .locator('#messagelist tr', { hasText: mark })
          .first()
          .click({ modifiers: ['Control'] });
    },
  },
  {
    name: 'SOGo',
    origin: sogo,
    entrance: `${sogo}/SOGo/`,
    async pick(page, marks) {
      await page.bringToFront();
      await page.goto(`${sogo}/SOGo/`);
      if (!/Mail\/view/.test(page.url())) {
        await page.fill('input[ng-model="app.creds.username"]', 'camille');
        await page.fill('input[type="password"]', password);
        await page.keyboard.press('Enter');
      }
      await page.waitForURL(/Mail\/view/);
      for (const mark of marks) {
        const row = page.locator('md-list-item.sg-message-list-item', { hasText: mark }).first();
        await row.locator('.sg-avatar-selectable').click();
        await row.locator('.sg-avatar-selected').waitFor();
      }
    },
  },
  {
    name: 'Horde',
    origin: horde,
    entrance: `${horde}/horde/login.php`,
    async pick(page, [first = '', ...others]) {
      await page.bringToFront();
      await page.goto(`${horde}/horde/imp/dynamic.php?page=mailbox`);
      if (/login\.php/.test(page.url())) {
        await page.fill('#horde_user', account);
        await page.fill('#horde_pass', password);
        await page.click('#login-button');
      }
      await page.waitForURL(/dynamic\.php/);
      const row = (mark: string) => page.locator('[id^="VProw_"]', { hasText: mark }).first();
      await page.locator('[id^="VProw_"]').first().hover();
      // The newest stand at the end.
      for (let turn = 0; turn < 100; turn += 1) await page.mouse.wheel(0, 120);
      await row(first).click();
      await page.locator('#previewMsg .subject', { hasText: first }).first().waitFor();
      for (const mark of others) await row(mark).click({ modifiers: ['Control'] });
    },
  },
];
