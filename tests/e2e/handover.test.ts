/** Several threads at once: ticked in the webmail's list, sent one after the other, each like any other. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { mail } from '../support/mail.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask, badgeText } from '../support/settings.ts';
import { until } from '../support/until.ts';

const from = (name: string, subject: string, id: string, references: readonly string[] = []) =>
  mail({ subject, id, references, from: `${name} <${name.toLowerCase()}@${name.toLowerCase()}.example>`, text: `Text of ${id}` });
const mails = [
  from('Alpha', 'One', 'one.1@example.com'),
  from('Alpha', 'Re: One', 'one.2@example.com', ['one.1@example.com']),
  from('Alpha', 'Two', 'two.1@example.com'),
  from('Alpha', 'Three', 'three.1@example.com'),
  from('Beta', 'Four', 'four.1@example.com'),
  from('Beta', 'Five', 'five.1@example.com'),
  from('Beta', 'Six', 'six.1@example.com'),
  from('Gamma', 'Seven', 'seven.1@example.com'),
];

let rig: Rig;
let page: Page;
beforeAll(async () => {
  rig = await startRig({ mails, settings: { undoSeconds: 0 } });
});
afterAll(() => rig.close());

const tickInWebmail = (subject: string) => rig.page.getByRole('checkbox', { name: subject, exact: true }).check();
const boxIn = (subject: string) => page.locator('.rows label', { hasText: subject }).getByRole('checkbox');
const rowOf = (subject: string) =>
  page.locator('.rows li', { has: page.locator('.row-subject', { hasText: new RegExp(`^${subject}( \\(\\d\\))?$`) }) });
const titles = () => rig.desk.store.tickets.map(({ title }) => title).toSorted();

async function openHandover(): Promise<void> {
  page = await rig.session.open('handover.html');
  await page.getByRole('heading', { name: 'Hand several threads over' }).waitFor();
}

async function expectNoFault(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
}

describe('a handover', () => {
  it('begins with what is ticked in the webmail, and takes the threads of a client by their domain', async () => {
    await rig.openThread('Seven');
    await rig.button().waitFor();
    await tickInWebmail('One');
    await openHandover();
    await boxIn('One').waitFor();
    expect(await boxIn('One').isChecked()).toBe(true);
    expect(await boxIn('Two').isChecked()).toBe(false);
    await page.getByRole('button', { name: 'alpha.example 3' }).click();
    await page.getByRole('button', { name: 'beta.example 3' }).click();
    await boxIn('Six').uncheck();
    expect(await page.getByRole('status').first().textContent()).toBe('5 of 7 ticked');
    await expectNoFault();
  });

  it('makes a ticket of each thread, whole, with the queue and the note that were chosen once', async () => {
    await page.getByRole('combobox', { name: 'Queue' }).fill('Bill');
    await page.getByRole('option', { name: 'Billing' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('Away until Monday');
    await page.getByRole('button', { name: 'Send all 5 threads' }).click();
    await page.getByText('All 5 threads handed over.').waitFor({ timeout: 30_000 });
    expect(titles()).toEqual(['Five', 'Four', 'One', 'Three', 'Two']);
    await expectNoFault();
    const [one] = rig.desk.store.tickets.filter(({ title }) => title === 'One');
    expect(one?.queue).toBe('Billing');
    expect(one?.requester).toContain('alpha@alpha.example');
    expect(one?.articles.filter(({ internal }) => !internal).map(({ text }) => text.trim())).toEqual([
      'Text of one.1@example.com',
      'Text of one.2@example.com',
    ]);
    expect(rig.desk.store.tickets.map(({ articles }) => articles.filter(({ internal }) => internal).map(({ text }) => text))).toEqual(
      rig.desk.store.tickets.map(() => ['Away until Monday']),
    );
    expect(await rowOf('One').getByRole('link').getAttribute('href')).toContain(`#${one?.number}`);
  });

  it('leaves the tab with the thread that its person reads, and shows nothing of it as a draft', async () => {
    expect(await rig.button().textContent()).toBe('Send to tickets');
    expect(await ask(rig.session, 'outbox.opened', {})).toMatchObject({ rows: [] });
  });

  it('adds only what is new of a thread that is in tickets, and leaves alone what has nothing new', async () => {
    await rig.webmail.receive(from('Alpha', 'Re: Two', 'two.2@example.com', ['two.1@example.com']));
    await rig.page.reload();
    await rig.button().waitFor();
    await page.getByRole('button', { name: 'Hand over more' }).click();
    await boxIn('Two').check();
    await boxIn('Three').check();
    expect(await rowOf('Three').textContent()).toContain('In tickets: #');
    await page.getByRole('button', { name: 'Send all 2 threads' }).click();
    await page.getByText('All 2 threads handed over.').waitFor({ timeout: 30_000 });
    expect(await rowOf('Three').textContent()).toMatch(/Nothing new: it is in #\d+/);
    expect(rig.desk.store.tickets).toHaveLength(5);
    const two = rig.desk.store.tickets.find(({ title }) => title === 'Two');
    expect(two?.articles.filter(({ internal }) => !internal).map(({ text }) => text.trim())).toEqual([
      'Text of two.1@example.com',
      'Text of two.2@example.com',
    ]);
  });

  it('goes on when the page is closed and the worker stopped, and sends nothing twice', async () => {
    await page.getByRole('button', { name: 'Hand over more' }).click();
    await boxIn('Six').check();
    await boxIn('Seven').check();
    await page.getByRole('button', { name: 'Send all 2 threads' }).click();
    await rowOf('Six').getByText('Being read…').or(rowOf('Six').getByText('Sending')).or(rowOf('Six').getByRole('link')).first().waitFor();
    // Open, the page would ask at once, and so start the next worker.
    await page.close();
    await rig.session.stopWorker();
    await openHandover();
    await page.getByText('All 2 threads handed over.').waitFor({ timeout: 60_000 });
    expect(titles()).toEqual(['Five', 'Four', 'One', 'Seven', 'Six', 'Three', 'Two']);
  });

  it('says why a thread can not be read, waits where the webmail is closed, and calls its person', async () => {
    await page.getByRole('button', { name: 'Hand over more' }).click();
    await boxIn('One').check();
    await rig.page.goto('about:blank');
    await page.getByRole('button', { name: 'Send 1 thread' }).click();
    await page.getByText('The webmail is open in no tab.').waitFor();
    expect(await rowOf('One').textContent()).toContain('Not sent');
    await expectNoFault();
    await until('the icon calls', async () => (await badgeText(rig.session)) === '!');
    const popup = await rig.session.open('popup.html?tab=outbox');
    await popup.getByRole('link', { name: 'A handover needs you: see why' }).waitFor();
    await popup.close();
    await rig.openThread('Seven');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('1 thread handed over.').waitFor();
    await until('the handover is stored as done', async () => (await rowOf('One').textContent())?.includes('Nothing new') ?? false);
    await until('the icon calls nobody any more', async () => (await badgeText(rig.session)) === '');
  });
});
