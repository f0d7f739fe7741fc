/** Several windows on the same webmail: clicked at once, and a private one. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mail } from '../support/mail.ts';
import { allowInPrivate } from '../support/permissions.ts';
import { unlisted } from '../support/popup.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { found } from '../support/until.ts';

declare const chrome: { readonly windows: { create(window: { url: string; incognito?: boolean }): Promise<unknown> } };

let rig: Rig;
beforeAll(async () => {
  const mails = ['First', 'Second', 'Third', 'Private'].map((subject) => mail({ subject: `${subject} thread` }));
  rig = await startRig({ mails, settings: { undoSeconds: 0 } });
});
afterAll(() => rig.close());

const buttonIn = (page: Page, name: string | RegExp) => page.locator('relais-button').getByRole('button', { name });

async function openWindow(url: string, incognito = false): Promise<void> {
  const page = await rig.session.open('welcome.html');
  await page.evaluate((window) => chrome.windows.create(window), { url, incognito });
  await page.close();
}

describe('the same thread in two windows', () => {
  it.each(['First', 'Second', 'Third'])('is one ticket, and both say so, however they are clicked together (%s)', async (subject) => {
    const thread = await rig.openThread(subject);
    await openWindow(rig.webmail.addressOf(thread));
    const other = await found('the other window', () =>
      rig.session.context.pages().find((page) => page !== rig.page && page.url().startsWith(rig.webmail.origin)),
    );
    const pages = [rig.page, other];
    for (const page of pages) await buttonIn(page, 'Send to tickets').waitFor();
    await Promise.all(pages.map((page) => buttonIn(page, 'Send to tickets').click()));
    for (const page of pages) await buttonIn(page, /^In tickets: #/).waitFor({ timeout: 20_000 });
    expect(rig.desk.store.tickets.filter(({ title }) => title.includes(subject))).toHaveLength(1);
    await other.close();
  });
});

describe('a private window', () => {
  it('has the button once the person lets Relais in there, and one click makes the ticket', async () => {
    await allowInPrivate(rig.session);
    const thread = await rig.openThread('Private');
    await rig.button().waitFor();
    await openWindow(rig.webmail.addressOf(thread), true);
    const page = await unlisted(rig.session, rig.webmail.origin);
    const label = `document.querySelector('relais-button')?.shadowRoot.querySelector('button').textContent`;
    await page.waitFor(`${label}?.includes('Send to tickets')`);
    await page.clickAt(`document.querySelector('relais-button').shadowRoot.querySelector('button')`);
    await page.waitFor(`${label}?.includes('In tickets: #')`, 20_000);
    expect(rig.desk.store.tickets.filter(({ title }) => title.includes('Private'))).toHaveLength(1);
    // One person, one outbox: the thread is known in an ordinary window too.
    await rig.openThread('Private');
    await rig.button(/^In tickets: #/).waitFor();
  });
});
