/**
 * Another ticket than the thread's own, found in a real ticket system while somebody types: a colleague's, which this
 * browser never saw. The mail is added there.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { capture, openForm } from '../support/captures.ts';
import { mail } from '../support/mail.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { importSettings } from '../support/settings.ts';
import { endpointOf } from './endpoints.ts';
import { groundOn } from './ground.ts';

describe.each(['rt', 'znuny'] as const)('a ticket of %s', (name) => {
  const ground = groundOn(name);
  // The mark makes title and requester unlike any other test's.
  const { draft, mark, blobs } = ground.freshCase();
  const requester = { name: `Zoé ${mark}`, address: `${mark}@client.test` };
  let rig: Rig | undefined;
  let page: Page;
  let number: string;

  beforeAll(async () => {
    const { receipt } = await ground.deliver({ draft: { ...draft, requester }, blobs });
    number = receipt.number;
    rig = await startRig({ mails: [mail({ subject: 'By the way', from: `Zoé <${requester.address}>`, text: 'The pump as well' })] });
    const { endpoint, secrets } = endpointOf(ground.needed());
    await importSettings(rig.session, {
      version: 1,
      endpoints: [endpoint],
      defaultEndpoint: endpoint.id,
      webmails: [{ origin: rig.webmail.origin }],
      secrets: { [endpoint.id]: secrets },
    });
    await rig.openThread('By the way');
    page = await openForm(rig, await capture(rig, 'By the way'));
    await page.getByRole('radio', { name: 'Add to #…' }).check();
  });
  afterAll(() => rig?.close());

  const field = () => page.getByRole('combobox', { name: 'Ticket', exact: true });
  const hit = () => page.getByRole('option', { name: new RegExp(`^#${number} .*${mark}`) });

  ground.test('is found by its number, by words of its title, and by its requester', async () => {
    for (const typed of [number, `vitrine ${mark}`, requester.address]) {
      await field().fill(typed);
      await expect.poll(() => hit().count(), { timeout: 30_000, message: typed }).toBe(1);
      expect(await hit().textContent()).toContain('Support');
      await field().fill('');
    }
  });

  ground.test('takes the mail, with its original, and stays one ticket', async () => {
    await field().fill(mark);
    await hit().click();
    expect(await field().inputValue()).toContain(mark);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: number }).waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Open the ticket' }).waitFor({ timeout: 60_000 });
    const { articles } = await ground.theOnly(mark);
    const [added] = articles.filter(({ text }) => text.includes('The pump as well'));
    const sent = rig?.webmail.threads[0]?.messages[0]?.raw;
    expect(added?.files.map(({ bytes }) => bytes)).toContainEqual(sent);
  });
});
