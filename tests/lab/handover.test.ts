/** A handover for real: five threads picked in Roundcube's list, five tickets in RT, asked of RT itself. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, type Session } from '../support/chromium.ts';
import { grant, pinToToolbar } from '../support/permissions.ts';
import { loopback } from '../support/rig.ts';
import { importSettings } from '../support/settings.ts';
import { endpointOf } from './endpoints.ts';
import { heldBy } from './held.ts';
import { fileThread, isUp, type LabThread, openInRoundcube, roundcube, ticketSystems } from './lab.ts';

const { rt } = ticketSystems();
const isReady = rt !== undefined && (await isUp(roundcube));
if (!isReady) console.warn('A handover needs Roundcube and RT: tests/lab/webmail/bin/start, tests/lab/tickets/start rt');

describe.skipIf(!isReady)('a handover from Roundcube to RT', () => {
  const note = 'En congé jusqu’au 4 : merci de répondre à ma place.';
  const threads: LabThread[] = [];
  let session: Session;
  let webmail: Page;

  beforeAll(async () => {
    if (!rt) return;
    for (let index = 0; index < 5; index += 1) threads.push(await fileThread(`H${Date.now()}${index}`));
    session = await launch();
    await grant(session, [loopback]);
    await pinToToolbar(session);
    const { endpoint, secrets } = endpointOf(rt);
    await importSettings(session, {
      version: 1,
      endpoints: [{ ...endpoint, defaults: { queue: { id: 'General', label: 'General' } } }],
      webmails: [{ origin: roundcube }],
      secrets: { [endpoint.id]: secrets },
    });
    webmail = await session.context.newPage();
    await openInRoundcube(webmail, threads[0]?.mark ?? '');
  });
  afterAll(() => session?.close());

  /** All at once: RT takes its time for each. */
  const allHeld = () => Promise.all(threads.map(async ({ mark }) => (rt ? heldBy(rt, mark) : [])));

  it('makes five whole tickets of five threads that were picked in the list, none of them opened', { timeout: 400_000 }, async () => {
    for (const { mark } of threads.slice(1))
      await webmail
        .locator('#messagelist tr', { hasText: mark })
        .first()
        .click({ modifiers: ['Control'] });
    const isSeen = () => webmail.locator('#messagelist tr.unread').count();
    const unread = await isSeen();
    const page = await session.open('handover.html');
    await page.getByText(/^List of /).waitFor();
    expect(await page.locator('.rows input:checked').count()).toBe(5);
    await page.getByRole('combobox', { name: 'Queue' }).fill('Supp');
    await page.getByRole('option', { name: 'Support' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill(note);
    await page.getByRole('button', { name: 'Send all 5 threads' }).click();
    await page.getByText('All 5 threads handed over.').waitFor({ timeout: 150_000 });
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
    await webmail.bringToFront();
    await webmail.reload();
    await webmail
      .locator('#messagelist tr', { hasText: threads[0]?.mark ?? '' })
      .first()
      .waitFor();
    expect(await isSeen()).toBe(unread);
  });

  it('sends nothing again, and says in which ticket each one is', { timeout: 400_000 }, async () => {
    await webmail
      .locator('#messagelist tr', { hasText: threads[0]?.mark ?? '' })
      .first()
      .click();
    for (const { mark } of threads.slice(1))
      await webmail
        .locator('#messagelist tr', { hasText: mark })
        .first()
        .click({ modifiers: ['Control'] });
    const page = await session.open('handover.html');
    await page.getByRole('button', { name: 'Hand over more' }).click();
    await page.getByRole('button', { name: 'Send all 5 threads' }).click();
    await page.getByText('All 5 threads handed over.').waitFor({ timeout: 150_000 });
    expect(await page.getByText(/^Nothing new: it is in #\d+$/).count()).toBe(5);
    expect((await allHeld()).map((tickets) => tickets.map(({ articles }) => articles.length))).toEqual(threads.map(() => [4]));
  });
});
