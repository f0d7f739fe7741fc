/** The address of a queue in a reply that is written in a real Roundcube: there for its person, and in the mail that it saves. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, type Session } from '../support/chromium.ts';
import { grant } from '../support/permissions.ts';
import { loopback } from '../support/rig.ts';
import { ask, importSettings } from '../support/settings.ts';
import { found } from '../support/until.ts';
import { fileThread, isUp, openInRoundcube, roundcube } from './lab.ts';
import { account } from './maildir.ts';

const isReady = await isUp(roundcube);
if (!isReady) console.warn('The lab has no Roundcube: start it with tests/lab/webmail/bin/start');
const maildir = join(process.env.LAB_DIR ?? '/tmp/relais-lab', 'webmail', 'mail', account, 'Maildir');
const mailbox = 'Support <support@help.example.org>';

describe.skipIf(!isReady)('a reply in Roundcube', () => {
  const mark = `C${Date.now()}`;
  let session: Session;
  let page: Page;

  beforeAll(async () => {
    await fileThread(mark);
    session = await launch();
    await grant(session, [loopback]);
    await importSettings(session, {
      version: 1,
      webmails: [{ origin: roundcube }],
      mailIn: [{ name: 'Support', address: 'support@help.example.org' }],
    });
    page = await session.context.newPage();
    await openInRoundcube(page, mark);
  });
  afterAll(() => session?.close());

  it('takes it into its Cc, beside who was there, and saves it so', { timeout: 120_000 }, async () => {
    await page.locator('a.reply:visible').first().click();
    await page.locator('#composebody').waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    expect(await page.locator('#compose_cc').isVisible()).toBe(false);
    const own = await session.open('welcome.html');
    const tabId = await own.evaluate(async (url) => {
      const { tabs } = (globalThis as unknown as { chrome: { tabs: { query(of: object): Promise<{ id: number; url?: string }[]> } } })
        .chrome;
      return (await tabs.query({})).find((tab) => tab.url === url)?.id;
    }, page.url());
    await page.bringToFront();
    expect(await ask(session, 'address.wanted', { tabId, mailbox })).toBe(true);
    await page.locator('#compose_cc li.recipient', { hasText: 'Support' }).waitFor();
    expect(await ask(session, 'address.wanted', { tabId, mailbox })).toBe(true);
    expect(await page.locator('#compose_cc li.recipient').count()).toBe(1);
    expect(await page.locator('#compose_to li.recipient').count()).toBe(1);

    await page.locator('a.save.draft:visible, a.savedraft:visible').first().click();
    const file = await found('the draft is in the maildir', async () => draftWith(mark), 30_000);
    const draft = readFileSync(file, 'latin1');
    rmSync(file);
    expect(/^Cc: (.*)$/m.exec(draft)?.[1]?.trim()).toBe(mailbox);
  });
});

function draftWith(words: string): string | undefined {
  const files = readdirSync(maildir, { recursive: true, encoding: 'utf8' }).filter((name) => /Drafts[/](?:cur|new)[/]/.test(name));
  return files.map((name) => join(maildir, name)).find((path) => readFileSync(path, 'latin1').includes(words));
}
