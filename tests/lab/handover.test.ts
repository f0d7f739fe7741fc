/** A handover for real: five threads picked in each webmail's list, five tickets in RT, asked of RT itself. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, type Session } from '../support/chromium.ts';
import { grant, pinToToolbar } from '../support/permissions.ts';
import { loopback } from '../support/rig.ts';
import { importSettings } from '../support/settings.ts';
import { endpointOf } from './endpoints.ts';
import { heldBy } from './held.ts';
import { fileThread, isUp, type LabThread, ticketSystems } from './lab.ts';
import { clearThread, countUnread } from './maildir.ts';
import { webmailLists } from './webmail-lists.ts';

const { rt } = ticketSystems();
const running = await Promise.all(webmailLists.map(({ entrance }) => isUp(entrance)));
if (!rt || running.includes(false))
  console.warn('SKIPPED: a handover needs the webmails and RT: tests/lab/webmail/bin/start, tests/lab/tickets/start rt');

describe.each(webmailLists)('a handover from $name to RT', ({ origin, entrance, pick }) => {
  const isReady = rt !== undefined && running[webmailLists.findIndex((one) => one.entrance === entrance)];
  const note = 'En congé jusqu’au 4 : merci de répondre à ma place.';
  const threads: LabThread[] = [];
  let session: Session;
  let webmail: Page;
  const picks = () =>
    pick(
      webmail,
      threads.map(({ mark }) => mark),
    );

  beforeAll(async () => {
    if (!rt || !isReady) return;
    for (let index = 0; index < 5; index += 1) threads.push(await fileThread(`H${Date.now()}${index}`));
    session = await launch();
    await grant(session, [loopback]);
    await pinToToolbar(session);
    const { endpoint, secrets } = endpointOf(rt);
    await importSettings(session, {
      version: 1,
      endpoints: [{ ...endpoint, defaults: { queue: { id: 'General', label: 'General' } } }],
      webmails: [{ origin }],
      secrets: { [endpoint.id]: secrets },
    });
    webmail = await session.context.newPage();
  });
  afterAll(async () => {
    await session?.close();
    for (const { mark } of threads) await clearThread(mark);
  });

  /** All at once: RT takes its time for each. */
  const allHeld = () => Promise.all(threads.map(async ({ mark }) => (rt ? heldBy(rt, mark) : [])));

  async function allHandedOver(page: Page): Promise<void> {
    const done = page.getByText('All 5 threads handed over.');
    await done.waitFor({ timeout: 300_000 }).catch(async () => {
      throw new Error((await page.locator('main').textContent()) ?? '');
    });
  }
  const unread = async () => Promise.all(threads.map(({ mark }) => countUnread('INBOX', mark)));

  it.skipIf(!isReady)('makes five whole tickets of five threads, none of them opened', { timeout: 400_000 }, async () => {
    await picks();
    const before = await unread();
    expect(before.slice(1)).toEqual([2, 2, 2, 2]);
    const page = await session.open('handover.html');
    await page.getByText(/^List of /).waitFor();
    expect(await page.locator('.rows input:checked').count()).toBe(5);
    await page.getByRole('combobox', { name: 'Queue' }).fill('Supp');
    await page.getByRole('option', { name: 'Support' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill(note);
    await page.getByRole('button', { name: 'Send all 5 threads' }).click();
    await allHandedOver(page);
    const held = await allHeld();
    for (const [index, { mails }] of threads.entries()) {
      const tickets = held[index] ?? [];
      expect(tickets.map(({ queue, requester }) => [queue, requester])).toEqual([['Support', 'helene@brasserie-leonard.test']]);
      const articles = tickets[0]?.articles ?? [];
      expect(articles).toHaveLength(4);
      expect(articles.filter(({ text }) => text.includes(note)).map(({ internal }) => internal)).toEqual([true]);
      const originals = articles.flatMap(({ files }) => files).filter(({ name }) => name.endsWith('.eml'));
      expect(originals.map(({ bytes }) => bytes.toString('latin1')).toSorted()).toEqual(
        mails.map((mail) => mail.toString('latin1')).toSorted(),
      );
    }
    expect(await unread()).toEqual(before);
  });

  it.skipIf(!isReady)('sends nothing again, and says in which ticket each one is', { timeout: 400_000 }, async () => {
    await picks();
    const page = await session.open('handover.html');
    await page.getByRole('button', { name: 'Hand over more' }).click();
    await page.getByRole('button', { name: 'Send all 5 threads' }).click();
    await allHandedOver(page);
    expect(await page.getByText(/^Nothing new: it is in #\d+$/).count()).toBe(5);
    expect((await allHeld()).map((tickets) => tickets.map(({ articles }) => articles.length))).toEqual(threads.map(() => [4]));
  });
});
