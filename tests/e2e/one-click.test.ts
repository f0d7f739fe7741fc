import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesIn, filesOf } from '../support/expected.ts';
import { mail } from '../support/mail.ts';
import { realPopup } from '../support/popup.ts';
import { demoMails, type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({
    mails: [...demoMails, mail({ subject: 'Undone' }), mail({ subject: 'Noted' }), mail({ subject: 'Passed over' })],
    settings: { undoSeconds: 2 },
  });
});
afterAll(() => rig.close());

describe('one click', () => {
  it('makes one ticket with the whole thread, its files and its originals, byte for byte', async () => {
    const thread = await rig.openThread('Vitrine');
    await rig.button().click();
    const ticket = await rig.desk.store.first(20_000);
    await rig.button(`In tickets: #${ticket.number}`).waitFor();
    expect(rig.desk.store.tickets).toHaveLength(1);
    expect(ticket).toMatchObject({
      title: 'Vitrine réfrigérée fêlée – devis n° 2026-118',
      queue: 'Support',
      requester: 'helene@brasserie-leonard.test',
      incomplete: '',
    });
    expect(ticket.reference).toMatch(/^relais-[a-z0-9]{20}$/);
    expect(ticket.articles.map((article) => [article.from, article.internal])).toEqual([
      ['Hélène Garçon <helene@brasserie-leonard.test>', false],
      ['Camille Vernier <camille@example.org>', false],
      ['Hélène Garçon <helene@brasserie-leonard.test>', false],
    ]);
    expect(ticket.articles[0]?.text).toContain('La vitrine réfrigérée posée en février s’est fêlée cette nuit');
    expect(ticket.articles[2]?.text).toContain('thermomètre relié');
    expect(filesOf(ticket)).toEqual(await filesIn(thread));
  });

  it('gives each request a connection of its own, on which no browser repeats a POST by itself', () => {
    const ours = rig.desk.seen.filter(({ path }) => path.startsWith('/api/tickets'));
    expect(ours.length).toBeGreaterThan(1);
    expect(ours.map(({ connection }) => connection)).toEqual(ours.map(() => 'close'));
  });

  it('tells the page again after a reload, and opens the ticket instead of sending twice', async () => {
    await rig.page.reload();
    const sent = rig.button('In tickets: #4711');
    await sent.waitFor();
    const opened = rig.session.context.waitForEvent('page');
    await sent.click();
    const ticketPage = await opened;
    await ticketPage.waitForURL(`${rig.desk.origin}/**`);
    expect(ticketPage.url()).toContain('#4711');
    await ticketPage.close();
    expect(rig.desk.store.tickets).toHaveLength(1);
  });

  it('can be undone: nothing leaves, and the button is ready again', async () => {
    await rig.openThread('Undone');
    await rig.button().click();
    await rig.page.locator('relais-button').getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await rig.button().waitFor();
    expect(await ask(rig.session, 'outbox.opened', {})).toMatchObject({ rows: [] });
    expect(rig.desk.store.tickets).toHaveLength(1);
  });

  it('offers a note in the undo window, and sends it as an internal one', async () => {
    await rig.openThread('Noted');
    await rig.button().click();
    await rig.page.locator('relais-button').getByRole('status').getByRole('button', { name: 'Add a note' }).click();
    const popup = await realPopup(rig.session);
    const note = `[...document.querySelectorAll('textarea')].find((field) => field.labels?.[0]?.textContent.startsWith('Note'))`;
    await popup.waitFor(note);
    await popup.evaluate(`${note}.focus()`);
    await popup.type('Rappeler avant midi');
    await popup.press('Enter', 2);
    await rig.button('In tickets: #4712').waitFor();
    expect(rig.desk.store.tickets[1]?.articles.filter((article) => article.internal).map((article) => article.text)).toEqual([
      'Rappeler avant midi',
    ]);
  });

  it('sends no other thread that the page opens right after it, and says so', async () => {
    await rig.openThread('Passed over');
    const sent = rig.desk.store.tickets.length;
    await rig.button().waitFor();
    await rig.page.evaluate(() =>
      addEventListener('click', () => setTimeout(() => history.replaceState(null, '', '#/another')), { capture: true, once: true }),
    );
    await rig.button().click();
    await until('the click is told as missed', async () => {
      const { rows } = (await ask(rig.session, 'outbox.opened', {})) as { rows: readonly { readonly error?: { readonly code: string } }[] };
      return rows.some(({ error }) => error?.code === 'capture-interrupted');
    });
    await rig.openThread('Passed over');
    await rig.button(/see why/).waitFor();
    expect(rig.desk.store.tickets).toHaveLength(sent);
  });
});
