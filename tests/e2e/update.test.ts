/**
 * One version replaces another while both halves of the day's work are under way: installed and updated by the browser
 * itself. No stored shape is older than today's, so the earlier version is this build under a lower number.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capture, openForm } from '../support/captures.ts';
import { type Installed, startInstalled } from '../support/installed.ts';
import { whyNoPolicies } from '../support/policies.ts';
import { loopback, type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

interface Api {
  readonly runtime: { getManifest(): { readonly version: string } };
  readonly alarms: { getAll(): Promise<readonly { readonly name: string }[]> };
  readonly scripting: { getRegisteredContentScripts(): Promise<readonly { readonly matches: readonly string[] }[]> };
  readonly permissions: { contains(asked: { origins: string[] }): Promise<boolean> };
}
declare const chrome: Api;

interface Row {
  readonly id: string;
  readonly title: string;
  readonly status: string;
}

const [before, after] = ['0.0.1', '0.0.2'];
const reason = whyNoPolicies();
if (reason) console.warn(`SKIPPED: no browser that updates an extension: ${reason}`);

describe.skipIf(reason)('an update', () => {
  let installed: Installed;
  let rig: Rig;
  let draft: string;
  const thrown: string[] = [];
  const rows = async () => ((await ask(rig.session, 'outbox.opened', {})) as { readonly rows: readonly Row[] }).rows;
  const statuses = async () => Object.fromEntries((await rows()).map(({ title, status }) => [title.split(' ')[0], status]));

  beforeAll(async () => {
    installed = await startInstalled([before, after]);
    rig = await startRig({
      ...installed.options,
      settings: { undoSeconds: 0, templates: [{ id: 'late', name: 'Late', text: 'Called back' }] },
    });
    rig.page.on('pageerror', (error) => thrown.push(String(error)));
  });
  afterAll(async () => {
    await rig?.close();
    await installed?.close();
  });

  it('comes upon a delivery that waits, one that can be undone, a draft, and words half typed', async () => {
    await rig.desk.stop();
    await rig.openThread('Vitrine');
    await rig.button().click();
    await rig.button(/Waiting|Not sent yet/).waitFor();

    await rig.openThread('Relance');
    draft = await capture(rig, 'Relance');
    const form = await openForm(rig, draft);
    await form.getByRole('textbox', { name: 'Note' }).fill('Typed just before');
    const note = await rig.session.open('popup.html');
    await note.getByRole('tab', { name: 'Note' }).click();
    await note.getByRole('textbox', { name: 'Note' }).fill('For another ticket');

    const { settings } = (await ask(rig.session, 'settings.opened', {})) as { readonly settings: object };
    await ask(rig.session, 'settings.saved', { settings: { ...settings, undoSeconds: 60 } });
    await rig.openThread('Delivery of 12 March');
    await rig.button().click();
    await rig.page.getByRole('button', { name: 'Undo' }).waitFor();
    expect(await statuses()).toEqual({ Vitrine: 'paused', Relance: 'draft', Delivery: 'held' });
    await rig.page.evaluate(() => document.querySelector('relais-button')?.setAttribute('id', 'old'));
  });

  it('makes the buttons and the alarm again, before anybody opens anything', async () => {
    const pages = rig.session.context.pages().filter((page) => page.url().includes(rig.session.id));
    const closed = pages.map((page) => page.waitForEvent('close'));
    await installed.update(rig.session, after);
    await Promise.all(closed);
    // A file of the extension without a script of its own: it asks the worker for nothing.
    const file = await rig.session.open('manifest.json');
    expect(await file.evaluate(() => chrome.runtime.getManifest().version)).toBe(after);
    await until('the buttons are registered', () =>
      file.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length === 1),
    );
    await until('the alarm is there', () => file.evaluate(async () => (await chrome.alarms.getAll()).length > 0));
    expect(await file.evaluate((origin) => chrome.permissions.contains({ origins: [origin] }), loopback)).toBe(true);
    await file.close();
    expect(rig.session.context.pages().filter((page) => page.url().includes('welcome.html'))).toEqual([]);
  });

  it('keeps the open page at work: one button, which knows how its thread stands', async () => {
    await rig.page.bringToFront();
    await rig.page.locator('relais-button:not(#old)').getByRole('button', { name: 'Undo' }).waitFor();
    expect(await rig.page.locator('relais-button').count()).toBe(1);
    expect(thrown).toEqual([]);
  });

  it('leaves nothing behind', async () => {
    expect(await statuses()).toEqual({ Vitrine: 'paused', Relance: 'draft', Delivery: 'held' });
    expect(await ask(rig.session, 'settings.opened', {})).toMatchObject({
      settings: { undoSeconds: 60, endpoints: [{ id: 'desk' }], templates: [{ id: 'late', name: 'Late' }] },
      secrets: { desk: ['token'] },
    });
    const form = await openForm(rig, draft);
    await until(
      'the words are there',
      async () => (await form.getByRole('textbox', { name: 'Note' }).inputValue()) === 'Typed just before',
    );
    await form.getByRole('tab', { name: 'Note' }).click();
    await until('the note is there', async () => (await form.getByRole('textbox', { name: 'Note' }).inputValue()) === 'For another ticket');
    await form.close();
  });

  it('is followed by each delivery, once', async () => {
    await rig.page.bringToFront();
    await rig.page.getByRole('button', { name: 'Undo' }).click();
    await until('it is undone', async () => (await statuses()).Delivery !== 'held');
    await rig.button().waitFor();
    await rig.desk.restart();
    for (const { id, status } of await rows()) if (status === 'paused') await ask(rig.session, 'delivery.retried', { id });
    await rig.desk.store.first(30_000);
    await rig.openThread('Vitrine');
    await rig.button('In tickets: #4711').waitFor();
    expect(await statuses()).not.toHaveProperty('Vitrine');
    expect(rig.desk.store.tickets.map(({ title, articles }) => [title.slice(0, 7), articles.length])).toEqual([['Vitrine', 3]]);
  });
});
