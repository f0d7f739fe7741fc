import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capture, openForm } from '../support/captures.ts';
import { mail } from '../support/mail.ts';
import { demoMails, type Rig, startRig } from '../support/rig.ts';
import { until } from '../support/until.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ mails: [...demoMails, mail({ subject: 'Esc' }), mail({ subject: 'Keys' })] });
});
afterAll(() => rig.close());

const text = (popup: { evaluate<Value>(expression: string): Promise<Value> }) => popup.evaluate<string>('document.body.innerText');

describe('the real popup', () => {
  it('opens from the caret with the thread in it, and closes with Esc', async () => {
    await rig.openThread('Esc');
    const popup = await rig.openPopup();
    await popup.waitFor(`[...document.querySelectorAll('input, textarea')].some((field) => field.value === 'Esc')`);
    expect(await text(popup)).toContain('Internal: the client never sees it');
    await popup.press('Escape');
    await popup.closed();
  });

  it('keeps what was typed when it loses its focus in the middle of a word', async () => {
    const popup = await rig.openPopup();
    const note = `document.querySelector('textarea:focus')`;
    await popup.waitFor(note);
    await popup.type('Il faut rappe');
    await rig.page.mouse.click(700, 600);
    await popup.closed();
    const again = await rig.openPopup();
    await again.waitFor(`[...document.querySelectorAll('textarea')].some((field) => field.value === 'Il faut rappe')`);
    await again.close();
  });

  it('sends with Ctrl and Enter', async () => {
    await rig.openThread('Keys');
    const popup = await rig.openPopup();
    await popup.waitFor(`[...document.querySelectorAll('input, textarea')].some((field) => field.value === 'Keys')`);
    await popup.press('Enter', 2);
    await rig.button(/^In tickets: #/).waitFor();
    expect(rig.desk.store.tickets.map(({ title }) => title)).toEqual(['Keys']);
  });
});

describe('the form', () => {
  let form: Page;
  beforeAll(async () => {
    await rig.openThread('Vitrine');
    form = await openForm(rig, await capture(rig, 'Vitrine'));
  });

  it('is filled from the thread, the defaults and the people in it', async () => {
    expect(await form.getByLabel('Title').inputValue()).toBe('Vitrine réfrigérée fêlée – devis n° 2026-118');
    expect(await form.getByRole('combobox', { name: 'Queue' }).inputValue()).toBe('Support');
    expect(await form.getByRole('combobox', { name: 'Requester' }).inputValue()).toBe('Hélène Garçon <helene@brasserie-leonard.test>');
    expect(await form.getByRole('list', { name: 'Messages' }).getByRole('checkbox').count()).toBe(3);
    expect(await form.getByRole('list', { name: 'Attachments' }).getByRole('checkbox').count()).toBe(1);
    expect(await form.getByLabel('Ticket system').count()).toBe(0);
  });

  it('filters the real list of queues by what is typed', async () => {
    const queue = form.getByRole('combobox', { name: 'Queue' });
    await queue.click();
    await form.getByRole('option', { name: 'Billing' }).waitFor();
    expect((await form.getByRole('option').allInnerTexts()).map((option) => option.trim())).toEqual(
      expect.arrayContaining(['General', 'Support', 'Infra', 'Billing']),
    );
    await queue.fill('inf');
    await until('one queue is left', async () => (await form.getByRole('option').count()) === 1);
    await queue.press('ArrowDown');
    await queue.press('Enter');
    expect(await queue.inputValue()).toBe('Infra');
  });

  it('shows every edit again when it is opened anew', async () => {
    await form.getByLabel('Title').fill('Vitrine à changer');
    await form.getByRole('textbox', { name: 'Note' }).fill('Garantie : à vérifier « avant » samedi');
    await form.getByRole('list', { name: 'Messages' }).getByRole('checkbox').nth(1).uncheck();
    const address = form.url();
    await form.close();
    form = await rig.session.open(address.replace(/^.*\/(popup.html)/, '$1'));
    await form.getByLabel('Title').waitFor();
    expect(await form.getByLabel('Title').inputValue()).toBe('Vitrine à changer');
    expect(await form.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Garantie : à vérifier « avant » samedi');
    expect(await form.getByRole('combobox', { name: 'Queue' }).inputValue()).toBe('Infra');
    expect(await form.getByRole('list', { name: 'Messages' }).getByRole('checkbox').nth(1).isChecked()).toBe(false);
  });

  it('sends what it shows: title, queue, note, and not the message that was unticked', async () => {
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await until('the ticket is there', () => rig.desk.store.tickets.length === 2);
    const ticket = rig.desk.store.tickets[1];
    expect(ticket).toMatchObject({ title: 'Vitrine à changer', queue: 'Infra', requester: 'helene@brasserie-leonard.test' });
    expect(ticket?.articles.map(({ from, internal }) => [from.replace(/ <.*/, ''), internal])).toEqual([
      ['Hélène Garçon', false],
      ['Hélène Garçon', false],
      ['camille@example.org', true],
    ]);
    expect(ticket?.articles.at(-1)?.text).toBe('Garantie : à vérifier « avant » samedi');
    await form.getByText('#4712').first().waitFor();
  });
});
