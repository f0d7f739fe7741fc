/** What the ticket system tells back: how a ticket stands, that a thread has grown, that a colleague was quicker. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referenceOf } from '../../utils/core/reference.ts';
import { mail } from '../support/mail.ts';
import { realPopup } from '../support/popup.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { age } from '../support/stored.ts';
import { until } from '../support/until.ts';

const mails = [
  mail({ subject: 'Growing', id: 'growing.1@example.com', text: 'First' }),
  mail({ subject: 'Re: Growing', id: 'growing.2@example.com', references: ['growing.1@example.com'], text: 'Second' }),
  mail({ subject: 'Taken', id: 'taken.1@example.com', text: 'Also mine' }),
  mail({ subject: 'Raced', id: 'raced.1@example.com' }),
  mail({ subject: 'Doubled', id: 'doubled.1@example.com', text: 'Mine alone' }),
];

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ mails, settings: { undoSeconds: 0 } });
});
afterAll(() => rig.close());

const ticket = (number: string) => rig.desk.store.tickets.find((one) => one.number === number);
const texts = (number: string) => ticket(number)?.articles.map(({ text }) => text.trim());
/** How often the desk was asked how this ticket stands. */
const reads = (number: string) => rig.desk.seen.filter(({ method, path }) => method === 'GET' && path === `/api/tickets/${number}`).length;
const titled = (words: string) =>
  until(`the button says ${words}`, async () => (await button().getAttribute('title'))?.includes(words) ?? false);
const button = () => rig.page.locator('relais-button').locator('button.send');

/** A colleague's browser made a ticket of the thread before. */
async function colleagueSent(subject: string, rootId: string): Promise<string> {
  return rig.desk.store.create({
    title: subject,
    queue: 'Support',
    requester: { address: 'client@example.com' },
    reference: await referenceOf(rootId),
    articles: [{ from: { address: 'client@example.com' }, text: 'Sent by the colleague' }],
  }).number;
}

describe('a thread that is in tickets', () => {
  it('says at the button how its ticket stands, asked once', async () => {
    await rig.openThread('Growing');
    await rig.button().click();
    await rig.button('In tickets: #4711').waitFor();
    rig.desk.store.update('4711', { state: 'open', owner: 'Ana' });
    await rig.page.reload();
    await titled('Support · open · Ana');
    await rig.page.reload();
    await titled('Support · open · Ana');
    expect(reads('4711')).toBe(1);
  });

  it('offers what is new when it grows while it is open, and one click adds that alone', async () => {
    await rig.webmail.receive(
      mail({
        subject: 'Re: Growing',
        id: 'growing.3@example.com',
        references: ['growing.1@example.com', 'growing.2@example.com'],
        text: 'Third',
      }),
    );
    await rig.page.getByRole('button', { name: 'Refresh' }).click();
    await rig.button('Add 1 new message to #4711').click();
    await rig.button('In tickets: #4711').waitFor();
    expect(texts('4711')).toEqual(['First', 'Second', 'Third']);
    expect(rig.desk.store.tickets).toHaveLength(1);
  });

  it('shows in the popup what has gone already, and takes a note alone', async () => {
    const popup = await rig.openPopup();
    await popup.waitFor(`document.body.innerText.includes('Nothing new since #4711')`);
    expect(await popup.evaluate(`document.body.innerText.split('In #4711 already').length - 1`)).toBe(3);
    expect(await popup.evaluate(`[...document.querySelectorAll('button.primary')].at(-1).disabled`)).toBe(true);
    await popup.evaluate(`document.querySelector('textarea').focus()`);
    await popup.type('Called back');
    await popup.press('Enter', 2);
    await popup.waitFor(`document.querySelector('h2')?.innerText === 'In tickets: #4711'`);
    await popup.close();
    expect(ticket('4711')?.articles.at(-1)).toMatchObject({ text: 'Called back', internal: true });
    expect(rig.desk.store.tickets).toHaveLength(1);
  });
});

describe('a thread that a colleague sent', () => {
  it('is said at the button and in the popup, and is added to the colleague’s ticket', async () => {
    const number = await colleagueSent('Taken', 'taken.1@example.com');
    await rig.openThread('Taken');
    await rig.button().click();
    await rig.button(`A colleague sent this: #${number}`).click();
    const popup = await realPopup(rig.session);
    await popup.waitFor(`document.querySelector('h2')?.innerText === 'A colleague sent this: #${number}'`);
    expect(await popup.evaluate(`document.querySelector('main a').href`)).toBe(`${rig.desk.origin}/#${number}`);
    await popup.click('.empty-actions .primary');
    await popup.waitFor(`document.querySelector('h2')?.innerText === 'In tickets: #${number}'`);
    await popup.close();
    await rig.button(`In tickets: #${number}`).waitFor();
    expect(texts(number)).toEqual(['Sent by the colleague', 'Also mine']);
  });

  it('becomes a ticket of its own where that is wanted, and the button follows that one', async () => {
    const theirs = await colleagueSent('Doubled', 'doubled.1@example.com');
    await rig.openThread('Doubled');
    await rig.button().click();
    await rig.button(`A colleague sent this: #${theirs}`).click();
    const popup = await realPopup(rig.session);
    await popup.waitFor(`document.querySelector('.empty-actions')`);
    await popup.click('.empty-actions button:nth-of-type(2)');
    const ours = String(Number(theirs) + 1);
    await popup.waitFor(`document.querySelector('h2')?.innerText === 'In tickets: #${ours}'`);
    await popup.close();
    await rig.button(`In tickets: #${ours}`).waitFor();
    expect(texts(ours)).toEqual(['Mine alone']);
    expect(texts(theirs)).toEqual(['Sent by the colleague']);
  });
});

describe('a thread that two colleagues send in the same second', () => {
  it('names the other ticket where it was sent, and in the list', async () => {
    const gate = Promise.withResolvers<void>();
    rig.desk.faults.push({ acts: true, until: gate.promise });
    await rig.openThread('Raced');
    const arrived = rig.desk.arrived();
    await rig.button().click();
    await arrived;
    const theirs = await colleagueSent('Raced', 'raced.1@example.com');
    gate.resolve();
    const ours = String(Number(theirs) + 1);
    await rig.button(`In tickets: #${ours}`).waitFor();
    const page = await rig.session.open('popup.html');
    await page.getByRole('tab', { name: 'Tickets' }).click();
    const card = page.getByRole('listitem').filter({ hasText: `#${ours}` });
    await card.getByText(/Another browser sent this thread in the same moment/).waitFor();
    expect(await card.getByRole('link').evaluateAll((links) => links.map((link) => link.textContent))).toEqual([`#${ours}`, `#${theirs}`]);
    await page.close();
  });
});

describe('the tab Tickets', () => {
  it('shows one row a ticket, marks what changed until the person has looked, and asks no more than it must', async () => {
    const look = async () => {
      const page = await rig.session.open('popup.html');
      await page.getByRole('tab', { name: 'Tickets' }).click();
      await page.getByRole('heading', { name: /#4711/ }).waitFor();
      return page;
    };
    const card = (page: Page) => page.getByRole('listitem').filter({ hasText: '#4711' });
    const first = await look();
    await card(first).getByText('Support · open · Ana').waitFor();
    expect(await first.getByRole('listitem').count()).toBe(4);
    expect(await first.getByRole('status').filter({ hasText: 'tickets' }).textContent()).toBe('4 tickets');
    const before = reads('4711');
    rig.desk.store.update('4711', { state: 'closed', owner: 'Ben' });
    await first.evaluate(age);
    await first.close();

    const second = await look();
    await card(second)
      .getByText(/State: closed \(before: open\) · Owner: Ben \(before: Ana\)/)
      .waitFor();
    await second.getByText('4 tickets · 1 changed').waitFor();
    expect(reads('4711')).toBe(before + 1);
    await second.close();

    const third = await look();
    await card(third).getByText('Support · closed · Ben').waitFor();
    expect(await third.getByText(/before:/).count()).toBe(0);
    expect(reads('4711')).toBe(before + 1);
    await third.close();
  });
});
