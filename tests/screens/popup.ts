/** How the popup's states are reached. */

import type { Page } from 'playwright-core';
import { realPopup } from '../support/popup.ts';
import { ask } from '../support/settings.ts';
import { age } from '../support/stored.ts';
import { until } from '../support/until.ts';
import { answerLater, origins } from './day.ts';
import { becomes, closePopup, edit, holdMessages, isDelivered, send, showcase, take } from './hands.ts';
import type { Office } from './office.ts';
import { typedIn } from './typed.ts';

/** The form is filled. */
export const titleIsThere = (office: Office) => (page: Page) =>
  page.getByRole('textbox', { name: office.say('fieldTitle'), exact: true }).waitFor();

/** What is sent in the morning, and a thread that a colleague had sent before. */
export async function sending(office: Office): Promise<void> {
  for (const subject of ['Printer', 'Question sur la garantie', 'Chaudière']) {
    const id = await take(office, subject);
    await send(office, id);
    await isDelivered(office, id);
    if (subject === 'Chaudière')
      await office.picture('popup-sent', `popup.html?capture=${id}`, (page) => page.getByText(/#\d+/).first().waitFor());
  }
  const taken = await take(office, 'Mail server');
  await send(office, taken);
  await becomes(office, taken, 'stopped');
  await office.picture('popup-taken', `popup.html?capture=${taken}`, (page) => page.getByText(/#\d+/).first().waitFor());
  await ask(office.rig.session, 'delivery.deleted', { id: taken });
}

/** Somebody worked on them since they were last looked at. */
export async function tickets(office: Office): Promise<void> {
  const { store } = office.rig.desk;
  const cards = (page: Page) => page.locator('.card').nth(2).waitFor();
  const first = await office.open('popup.html?tab=tickets');
  await cards(first);
  const read = (path: string) => office.rig.desk.seen.some((one) => one.method === 'GET' && one.path === path);
  const [printer, warranty, heating] = store.tickets.slice(-3);
  if (!printer || !warranty || !heating) throw new Error('The desk lacks a ticket');
  await until('the tickets are asked about', () => [printer, warranty, heating].every(({ id }) => read(`/api/tickets/${id}`)));
  await first.getByText('new').nth(2).waitFor();
  await first.evaluate(age);
  await first.close();
  store.update(heating.id, { state: 'open', owner: 'Ana' });
  store.update(printer.id, { state: 'closed', owner: 'Ana' });
  await office.picture('popup-tickets', 'popup.html?tab=tickets', async (page) => {
    await cards(page);
    await page.getByText('closed').first().waitFor();
  });
}

export async function threads(office: Office): Promise<void> {
  const { rig, say } = office;
  const invoice = await take(office, 'Facture 2026-118');
  await office.picture('popup-ruled', `popup.html?capture=${invoice}`, titleIsThere(office));
  await ask(rig.session, 'capture.discarded', { captureId: invoice });

  await rig.webmail.receive(answerLater());
  const grown = await take(office, 'Chaudière');
  await office.picture('popup-grown', `popup.html?capture=${grown}`, (page) => page.getByText(/#\d+/).first().waitFor());
  await ask(rig.session, 'capture.discarded', { captureId: grown });

  const id = await take(office, showcase);
  await office.picture('popup-ready', `popup.html?capture=${id}`, titleIsThere(office));
  await office.picture('popup-preview', `popup.html?capture=${id}`, async (page) => {
    await page.getByRole('button', { name: say('preview'), exact: true }).click();
    await page.locator('.preview').getByText('La vitrine réfrigérée posée').first().waitFor();
  });
  await office.picture('popup-search', `popup.html?capture=${id}`, async (page) => {
    await page.getByRole('radio', { name: say('addToSome') }).check();
    await page.getByRole('combobox', { name: say('fieldTicket'), exact: true }).fill('pomp');
    await page.getByRole('option', { name: /Pompe de relevage/ }).waitFor();
  });
  await ask(rig.session, 'capture.discarded', { captureId: id });
}

/** All but the first message take their time. */
export async function collecting(office: Office): Promise<void> {
  const { rig, say } = office;
  const goOn = await holdMessages(office, 1);
  await office.openThread(showcase);
  await rig.button(say('button_more')).click();
  const popup = await realPopup(rig.session);
  await popup.waitFor(`document.body.innerText.includes(${JSON.stringify(say('collectingOf', '1', '3'))})`);
  await office.photographPopup('popup-collecting', popup);
  await goOn();
  await popup.waitFor(`document.querySelectorAll('.rows input[type=checkbox]').length >= 3`);
  await closePopup(popup);
}

/** What the popup says of a page without a thread, it says over that page alone. */
export async function empty(office: Office): Promise<void> {
  const { rig } = office;
  await rig.page.goto(origins.webmail);
  await rig.page.bringToFront();
  const worker = await rig.session.worker();
  await worker.evaluate(() => (globalThis as unknown as { chrome: { action: { openPopup(): Promise<void> } } }).chrome.action.openPopup());
  const popup = await realPopup(rig.session);
  await popup.waitFor(`document.querySelector('.empty h2')`);
  await office.photographPopup('popup-empty', popup);
  await closePopup(popup);
}

/** A remark on the phone, for a ticket of the morning. */
export async function note(office: Office): Promise<void> {
  const { say } = office;
  await office.picture('popup-note', 'popup.html?tab=note', async (page) => {
    await page.getByRole('combobox', { name: say('fieldTicket'), exact: true }).click();
    await page.getByRole('option', { name: /Chaudière/ }).click();
    await page.getByRole('textbox', { name: say('fieldNote') }).fill(typedIn(office.language).note);
  });
}

/** One refused, one put off, one whose system is away, and what was not sent yet. */
export async function outbox(office: Office): Promise<void> {
  const { desk } = office.rig;
  const json = { 'content-type': 'application/json' };
  const refused = await take(office, 'Pompe de relevage');
  desk.faults.push({
    acts: false,
    answer: { status: 422, headers: json, body: JSON.stringify({ error: 'Queue "Support" takes no new tickets before Monday' }) },
  });
  await send(office, refused);
  await becomes(office, refused, 'stopped');
  const later = await take(office, 'Devis pour la réfection');
  desk.faults.push({
    acts: false,
    answer: { status: 503, headers: { ...json, 'retry-after': '240' }, body: '{"error":"Maintenance until noon"}' },
  });
  await send(office, later);
  await becomes(office, later, 'waiting');
  const away = await take(office, 'Access to the shared folder');
  await edit(office, away, { endpointId: 'hotline', queue: { id: 'Support', label: 'Support' } });
  await send(office, away);
  await becomes(office, away, 'paused');
  await office.picture('popup-outbox', 'popup.html?tab=outbox', (page) => page.locator('.card').nth(3).waitFor());
  for (const id of [refused, later, away]) await ask(office.rig.session, 'delivery.deleted', { id });
}
