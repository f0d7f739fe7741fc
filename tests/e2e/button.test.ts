import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grant, revoke } from '../support/permissions.ts';
import { loopback, type Rig, startRig } from '../support/rig.ts';
import { ask, askFrom, importSettings } from '../support/settings.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ bare: true });
});
afterAll(() => rig.close());

const buttons = () => rig.page.locator('relais-button');

describe('the button', () => {
  it('has a worker behind it that starts', async () => {
    expect((await rig.session.worker()).url()).toContain('background.js');
  });

  it('stays out of a webmail that nobody granted', async () => {
    await importSettings(rig.session, { version: 1, webmails: [{ origin: rig.webmail.origin }] });
    await rig.openThread('Vitrine');
    await rig.page.locator('.message').first().waitFor();
    expect(await buttons().count()).toBe(0);
  });

  it('comes into the open tab with the grant, without a reload', async () => {
    await grant(rig.session, [loopback]);
    await rig.button().waitFor();
    expect(await buttons().count()).toBe(1);
    expect(await rig.page.locator('[role=toolbar] relais-button').count()).toBe(1);
  });

  it('is there once after every redraw, change of thread and walk through the history', async () => {
    const alone = async () => {
      await rig.button().waitFor();
      expect(await buttons().count()).toBe(1);
    };
    await rig.page.reload();
    await alone();
    for (let turn = 0; turn < 3; turn += 1) {
      await rig.page.locator('[role=toolbar]').evaluate((element) => element.setAttribute('data-before', ''));
      await rig.page.getByRole('button', { name: 'Refresh' }).click();
      await rig.page.locator('[role=toolbar]:not([data-before]) relais-button').waitFor();
      await alone();
    }
    await rig.page.getByText('Delivery of 12 March').first().click();
    await rig.page.getByRole('heading', { name: 'Delivery of 12 March' }).waitFor();
    await alone();
    await rig.page.goBack();
    await rig.page.getByRole('heading', { name: 'Vitrine' }).waitFor();
    await alone();
  });

  it('comes back when the page removes it alone', async () => {
    await rig.page.locator('relais-button').evaluate((element) => element.remove());
    await rig.button().waitFor();
    expect(await buttons().count()).toBe(1);
  });

  it('stays where it is when settings are saved, and follows them', async () => {
    await rig.page.locator('relais-button').evaluate((element) => element.setAttribute('data-before', ''));
    const { settings } = (await ask(rig.session, 'settings.opened', {})) as { readonly settings: object };
    await ask(rig.session, 'settings.saved', { settings: { ...settings, nudgeFor: ['brasserie-leonard.test'] } });
    await rig.button('Not in tickets yet: send').waitFor();
    expect(await rig.page.locator('relais-button[data-before]').count()).toBe(1);
    expect(await buttons().count()).toBe(1);
    await ask(rig.session, 'settings.saved', { settings });
    await rig.button().waitFor();
    expect(await rig.page.locator('relais-button[data-before]').count()).toBe(1);
  });

  it('acts on no click that a script made', async () => {
    await rig.page.locator('relais-button').evaluate((element) => {
      for (const button of element.shadowRoot?.querySelectorAll('button') ?? []) button.click();
    });
    await rig.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await rig.button().isVisible()).toBe(true);
    expect(rig.webmail.seen.filter((one) => one.path.startsWith('/raw/'))).toEqual([]);
  });

  it('comes into a tab that was there before the worker, as in a session that the browser restored', async () => {
    // A page of ours that asks nothing by itself, which would bring the worker back too early.
    const quiet = await rig.session.open('recipes/catalogue.json');
    await rig.session.stopWorker();
    await quiet.evaluate(() =>
      (
        globalThis as unknown as { chrome: { scripting: { unregisterContentScripts(): Promise<void> } } }
      ).chrome.scripting.unregisterContentScripts(),
    );
    await rig.page.reload();
    await rig.page.locator('.message').first().waitFor();
    expect(await buttons().count()).toBe(0);
    await askFrom(quiet, 'settings.opened', {});
    await rig.button().waitFor();
    await quiet.close();
  });

  it('does not come any more once the grant is taken back', async () => {
    await revoke(rig.session, [loopback]);
    await rig.page.reload();
    await rig.page.locator('.message').first().waitFor();
    expect(await buttons().count()).toBe(0);
  });
});
