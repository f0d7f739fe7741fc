/** What the popup can show beside its four tabs, in both themes; the handover's states stand in its own test. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskSettings } from '../demo/configuration.ts';
import { violations } from '../support/axe.ts';
import { capture, openForm } from '../support/captures.ts';
import { mail } from '../support/mail.ts';
import { demoMails, type Rig, startRig } from '../support/rig.ts';
import { ask, importSettings } from '../support/settings.ts';

const ticketField = (page: Page) => page.getByRole('combobox', { name: 'Ticket', exact: true });
const choose = (page: Page, system: string) => page.getByRole('combobox', { name: 'Ticket system' }).selectOption({ label: system });

/** Ways from the form of a thread to what else it can show. */
const states: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'the list of queues open': async (page) => {
    await page.getByRole('combobox', { name: 'Queue' }).click();
    await page.getByRole('option', { name: 'Billing' }).waitFor();
  },
  'words that name no ticket': async (page) => {
    await page.getByRole('radio', { name: 'Add to #…' }).check();
    await ticketField(page).fill('no such words');
    await page.getByText('Choose the ticket, or type its number.').waitFor();
  },
  'tickets found in the ticket system': async (page) => {
    await page.getByRole('radio', { name: 'Add to #…' }).check();
    await ticketField(page).fill('pump');
    await page.getByRole('option', { name: /Broken pump/ }).waitFor();
  },
  'the fields of a system with tags, one of them chosen': async (page) => {
    await choose(page, 'With labels');
    // Labels are those of a project: the worker says which it is by default.
    await expect.poll(() => page.getByRole('combobox', { name: 'Queue' }).inputValue(), { timeout: 30_000 }).toBe('Shop');
    await page.getByRole('combobox', { name: 'Tags' }).fill('hardware');
    await page.getByRole('option', { name: 'hardware' }).click();
    await page.getByRole('button', { name: 'Remove: hardware' }).waitFor();
  },
  'the fields of a system that lists no tags': async (page) => {
    await choose(page, 'With tags');
    await page.getByRole('textbox', { name: 'Tags' }).fill('hardware, pump');
  },
  'the fields of a system with types': async (page) => {
    await choose(page, 'With types');
    await page.getByRole('combobox', { name: 'Type' }).waitFor();
  },
  'a message open': async (page) => {
    await page.locator('.row-text').first().click();
    await page.locator('.row-body').waitFor();
  },
  'its preview': async (page) => {
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('heading', { name: /^What arrives in/ }).waitFor();
  },
  'the question before discarding': async (page) => {
    await page.getByRole('button', { name: 'Discard this thread' }).click();
    await page.getByRole('button', { name: 'Keep' }).waitFor();
  },
};

let rig: Rig;
let captureId: string;
let sentId: string;
beforeAll(async () => {
  rig = await startRig({ mails: [...demoMails, mail({ subject: 'To be sent' })] });
  const { desk, webmail, session } = rig;
  const settings = deskSettings({ desk: desk.origin, token: desk.token, webmail: webmail.origin }) as {
    readonly endpoints: readonly { readonly values: object }[];
    readonly secrets: object;
  };
  const [endpoint] = settings.endpoints;
  const searching = { searchUrl: `${desk.origin}/api/tickets?reference={{ text }}`, searchItems: 'tickets' };
  await importSettings(session, {
    ...settings,
    secrets: { ...settings.secrets, labels: { token: 'any' } },
    endpoints: [
      { ...endpoint, values: { ...endpoint?.values, ...searching } },
      {
        id: 'labels',
        name: 'With labels',
        recipe: 'gitlab',
        values: { url: desk.origin },
        defaults: { queue: { id: '1', label: 'Shop' } },
      },
      { id: 'tags', name: 'With tags', recipe: 'zammad', values: { url: desk.origin } },
      { id: 'types', name: 'With types', recipe: 'znuny', values: { url: desk.origin } },
    ],
  });
  // The one list that the demo's desk doesn't have.
  await session.context.route('**/labels?**', (route) => route.fulfill({ json: [{ id: 1, name: 'hardware' }] }));
  desk.store.create({ title: 'Broken pump', queue: 'Support', requester: { address: 'client@client.example' }, reference: 'pump' });
  await rig.openThread('To be sent');
  sentId = await capture(rig, 'To be sent');
  await ask(session, 'draft.submitted', { captureId: sentId });
  await rig.openThread('Vitrine');
  captureId = await capture(rig, 'Vitrine');
});
afterAll(() => rig.close());

async function opened(path: string, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await rig.session.open(path);
  await page.setViewportSize({ width: 420, height: 600 });
  await page.emulateMedia({ colorScheme });
  return page;
}

describe.each(['light', 'dark'] as const)('the popup in the %s theme', (colorScheme) => {
  it.each(Object.entries(states))('has no fault with %s', async (_state, reach) => {
    // What was chosen is kept: each state begins where the thread did.
    await ask(rig.session, 'draft.edited', { captureId, edits: { target: null, endpointId: null, tags: null } });
    const page = await openForm(rig, captureId);
    await page.emulateMedia({ colorScheme });
    await reach(page);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it.each(['popup.html?capture=none', 'popup.html?beside'])('has no fault as %s, where there is no thread', async (path) => {
    const page = await opened(path, colorScheme);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('has no fault beside the page, as narrow as it gets there', async () => {
    const page = await opened(`popup.html?beside&capture=${captureId}`, colorScheme);
    await page.setViewportSize({ width: 320, height: 700 });
    await page.getByLabel('Title').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.close();
  });

  it('has no fault with a thread that was sent, nor with its ticket', async () => {
    const page = await opened(`popup.html?capture=${sentId}`, colorScheme);
    await page.getByText(/#\d+/).first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Tickets' }).click();
    await page.locator('.card').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});
