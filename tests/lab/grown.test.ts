/** A thread that grows in a real Roundcube after it was sent: the button counts what is new, and one click adds that alone. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskSettings } from '../demo/configuration.ts';
import { type Desk, startDesk } from '../demo/desk/server.ts';
import { launch, type Session } from '../support/chromium.ts';
import { grant, pinToToolbar } from '../support/permissions.ts';
import { loopback } from '../support/rig.ts';
import { importSettings } from '../support/settings.ts';
import { until } from '../support/until.ts';
import { isUp, roundcube } from './lab.ts';
import { clearThread, copyMail, fileThread, mailsOnDisk, removeFolder, subscribe } from './maildir.ts';

const up = await isUp(roundcube);
if (!up) console.warn(`SKIPPED: no Roundcube at ${roundcube}; start it with tests/lab/webmail/bin/start and bin/seed`);

const mark = `G${Date.now()}`;
/** Shown as threads: a folder of its own, since the webmail keeps that choice. */
const folder = `Growing ${mark}`;

describe.runIf(up)('a thread in a list with threads', () => {
  let session: Session;
  let desk: Desk;
  let page: Page;
  let ids: readonly string[] = [];

  const grow = async (length: number) => {
    ids = await fileThread(
      mark,
      Array.from({ length }, () => folder),
    );
  };
  const button = (name: string | RegExp) => page.locator('relais-button').getByRole('button', { name });
  const rows = () => page.locator('#messagelist tbody tr.message', { hasText: mark });
  const isListed = (count: number) => until(`${count} rows are listed`, async () => (await rows().count()) === count, 20_000);
  const originals = () =>
    desk.store.tickets.flatMap(({ articles }) => articles.flatMap(({ files }) => files).filter(({ name }) => name.endsWith('.eml')));

  beforeAll(async () => {
    await grow(2);
    await subscribe(folder);
    // The capture takes one of the two; the list names the other.
    await copyMail(ids[1] ?? '', folder, 'INBOX');
    [session, desk] = await Promise.all([launch(), startDesk()]);
    await grant(session, [loopback]);
    await pinToToolbar(session);
    const settings = deskSettings({ desk: desk.origin, token: desk.token, webmail: roundcube });
    await importSettings(session, { ...settings, undoSeconds: 0 });
    page = await session.context.newPage();
    await page.goto(`${roundcube}/?_lablogin=1`);
    await page.goto(`${roundcube}/?_task=mail&_mbox=${encodeURIComponent(folder)}&_threads=1`);
    await isListed(2);
    await rows().first().click();
    await page.frameLocator('#messagecontframe').getByText(`Message 0 of ${mark}`).waitFor();
  });
  afterAll(async () => {
    await session?.close();
    await desk?.stop();
    if (!up) return;
    await clearThread(mark);
    await removeFolder(folder);
  });

  it('is sent whole, and counts no copy in another folder as new', async () => {
    await button('Send to tickets').click();
    await button(/^In tickets: #4711/).waitFor({ timeout: 30_000 });
    await page.reload();
    await isListed(2);
    await rows().first().click();
    await button(/^In tickets: #4711/).waitFor({ timeout: 30_000 });
  });

  it('offers what has come since, while it is open', async () => {
    await grow(4);
    await page.locator('a.refresh, a.checkmail').first().click();
    await isListed(4);
    await button('Add 2 new messages to #4711').waitFor({ timeout: 30_000 });
  });

  it('offers the same where the newest message itself is open, and one click adds what is new alone', async () => {
    await page.locator('[id^=rcmexpando].collapsed').first().click();
    await rows().last().click();
    await page.frameLocator('#messagecontframe').getByText(`Message 3 of ${mark}`).waitFor();
    await button('Add 2 new messages to #4711').click();
    await button(/^In tickets: #4711/).waitFor({ timeout: 30_000 });
    const disk = mailsOnDisk();
    expect(originals().map(({ bytes }) => bytes)).toEqual(ids.map((id) => disk.get(id)));
    expect(desk.store.tickets).toHaveLength(1);
  });
});
