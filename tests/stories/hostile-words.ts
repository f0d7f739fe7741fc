/**
 * Hostile words wherever Relais shows any: a mail's subject, people and files, a ticket's number, state, owner, queue and
 * address, an error's sentence. All of it stays words: nothing runs, nobody is called, no address is a script.
 */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { capture, openForm } from '../support/captures.ts';
import { bodyOf, json, type LocalServer, serve } from '../support/local-server.ts';
import { mail } from '../support/mail.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

let rig: Rig;
let attacker: LocalServer;
let system: LocalServer;
let refuses = false;

const image = (mark: string) => `<img src=${attacker.origin}/${mark} onerror=window.__ran=1>`;
/** Markup in the dress of each place that markup is made for. */
const evil = (mark: string) => `${mark}"'>${image(mark)}<svg/onload=window.__ran=1><a href=javascript:window.__ran=1>${mark}</a>`;
const address = `javascript:window.__ran=1//`;

beforeAll(async () => {
  attacker = await serve((_request, response) => void response.end());
  const told = () => ({
    ...{ number: evil('number'), state: evil('state'), owner: evil('owner'), queue: evil('queue') },
    title: evil('title'),
    url: address,
  });
  const tickets: { readonly id: string; readonly reference: string }[] = [];
  system = await serve(async (request, response) => {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://system');
    if (request.method === 'POST' && refuses) return json(response, 422, { error: evil('error') });
    if (request.method === 'POST') {
      const { reference } = JSON.parse(String(body)) as { readonly reference: string };
      tickets.push({ id: String(tickets.length + 1), reference });
      return json(response, 201, { ...told(), ...tickets.at(-1) });
    }
    if (pathname === '/queues') return json(response, 200, [{ id: 'q', name: evil('list') }]);
    if (searchParams.has('q')) return json(response, 200, [{ ...told(), id: '7' }]);
    if (searchParams.has('reference'))
      return json(
        response,
        200,
        tickets.filter(({ reference }) => reference === searchParams.get('reference')).map((ticket) => ({ ...told(), ...ticket })),
      );
    return json(response, 200, { ...told(), ...tickets[0] });
  });
  const url = `${system.origin}/tickets`;
  const searched = { lookUpUrl: `${url}?reference={{ reference }}`, searchUrl: `${url}?q={{ text }}`, title: 'title' };
  const values = { url, number: 'number', said: 'error', readUrl: `${url}/1`, queuesUrl: `${system.origin}/queues`, ...searched };
  rig = await startRig({
    mails: ['One', 'Two', 'Three'].map((name) =>
      mail({
        subject: `${name} ${evil('subject')}`,
        from: `"${evil('from').replaceAll('"', '')}" <client@example.com>`,
        text: evil('body'),
      }),
    ),
    settings: { undoSeconds: 0, endpoints: [{ id: 'desk', name: image('name'), recipe: 'rest', values, defaults: {} }] },
  });
});
afterAll(async () => {
  await rig?.close();
  await Promise.all([attacker?.close(), system?.close()]);
});

let before = 0;
beforeEach(() => {
  before = attacker.seen.length;
});
afterEach(() => {
  expect(attacker.seen.slice(before).map(({ path }) => path)).toEqual([]);
});

/** What a page of ours must not have become. */
async function expectWordsIn(page: Page, ...marks: readonly string[]): Promise<void> {
  for (const mark of marks)
    await until(
      `${mark} is shown`,
      async () => (await page.locator('body').textContent())?.includes(`<img src=${attacker.origin}/${mark}`) === true,
    );
  const found = await page.evaluate(() => ({
    ran: Reflect.has(globalThis, '__ran'),
    made: document.querySelectorAll(':is(img, svg)[onerror], [onload], iframe, object, embed, a[href^="javascript:" i]').length,
    pictures: [...document.images].filter(({ src }) => /^http/.test(src)).length,
  }));
  expect(found).toEqual({ ran: false, made: 0, pictures: 0 });
}

it('would notice', async () => {
  const page = await rig.session.context.newPage();
  await page.goto(rig.desk.origin);
  await page.evaluate((html) => {
    document.body.innerHTML = html;
  }, evil('control'));
  await until('it ran', () => page.evaluate(() => Reflect.has(globalThis, '__ran')));
  expect(await page.locator('a[href^="javascript:" i]').count()).toBe(1);
  await until('it asked', () => attacker.seen.some(({ path }) => path === '/control'));
  await page.close();
  before = attacker.seen.length;
});

it('are words in the form, its lists and its preview', async () => {
  await rig.openThread('One');
  const form = await openForm(rig, await capture(rig, 'One'));
  await form.getByRole('list', { name: 'Messages' }).locator('button[aria-expanded=false]').first().click();
  await expectWordsIn(form, 'body');
  await form.getByRole('combobox', { name: 'Queue' }).click();
  await form.getByRole('option').first().waitFor();
  await expectWordsIn(form, 'list');
  await form.getByRole('button', { name: 'Preview' }).click();
  await expectWordsIn(form, 'subject', 'from', 'body');
  await form.close();
});

it('are words on the button, and in the page around it', async () => {
  await rig.page.bringToFront();
  await rig.button().click();
  await rig.button(/^In tickets: #number/).waitFor();
  const root = await rig.page.evaluate(() => document.querySelector('relais-button')?.shadowRoot?.innerHTML);
  expect(root).toContain('&lt;img');
  expect(root).not.toContain('<img');
});

it('are words in the popup of a sent thread, in Tickets and in a note', async () => {
  const popup = await rig.session.open('popup.html');
  await popup.getByRole('tab', { name: 'Tickets' }).click();
  await expectWordsIn(popup, 'number', 'state', 'owner', 'queue', 'subject');
  await popup.getByRole('tab', { name: 'Note' }).click();
  await popup.getByRole('combobox', { name: 'Ticket' }).fill('some words');
  await popup.getByRole('option').first().waitFor();
  await expectWordsIn(popup, 'title');
  await popup.close();
});

it('are words in the Outbox, also where a system explains itself in markup', async () => {
  refuses = true;
  await rig.openThread('Two');
  await rig.button().click();
  await rig.button('Not sent yet: see why').waitFor();
  const popup = await rig.session.open('popup.html');
  await popup.getByRole('tab', { name: /Outbox/ }).click();
  await expectWordsIn(popup, 'subject', 'error', 'name');
  await popup.close();
  refuses = false;
});

it('are words in the list of a handover, before it and after it', async () => {
  await rig.openThread('Three');
  await rig.button().waitFor();
  const page = await rig.session.open('handover.html');
  await page.locator('.rows li').first().waitFor();
  await expectWordsIn(page, 'subject', 'from');
  await page.locator('.rows label', { hasText: 'Three' }).getByRole('checkbox').check();
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.getByText(/handed over/).waitFor({ timeout: 30_000 });
  await expectWordsIn(page, 'subject');
  await page.close();
});

it('are words in the options: systems, rules, the ledger', async () => {
  const options = await rig.session.open('options.html#/systems');
  await expectWordsIn(options, 'name');
  await options.goto(options.url().replace('#/systems', '#/privacy'));
  await options.getByText(new URL(system.origin).host).first().waitFor();
  await expectWordsIn(options);
  await options.close();
});

it('ran in no worker either, and stand in no stored address', async () => {
  const worker = await rig.session.worker();
  expect(await worker.evaluate(() => Reflect.has(globalThis, '__ran'))).toBe(false);
  const rows = (await ask(rig.session, 'tickets.opened', {})) as readonly object[];
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('"javascript:');
});
