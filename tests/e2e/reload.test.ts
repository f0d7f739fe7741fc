/** What becomes of a button whose extension goes away under it: switched off here, as in an update; and what comes back with it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extensionId } from '../support/extension.ts';
import { type Rig, startRig } from '../support/rig.ts';

interface Api {
  readonly management: { setEnabled(id: string, enabled: boolean): Promise<void> };
}

let rig: Rig;
/** What went wrong in the page, whoever's script it was. */
const thrown: string[] = [];

beforeAll(async () => {
  rig = await startRig({ settings: { undoSeconds: 0 } });
  rig.page.on('pageerror', (error) => thrown.push(String(error)));
  rig.page.on('console', (message) => message.type() === 'error' && thrown.push(message.text()));
});
afterAll(() => rig.close());

const sources = () => rig.webmail.seen.filter(({ path }) => path.startsWith('/raw/')).length;

/** As the switch on the browser's own page of extensions. */
async function enable(enabled: boolean): Promise<void> {
  const page = await rig.session.context.newPage();
  await page.goto('chrome://extensions/');
  await page.evaluate(([id, isOn]) => (globalThis as unknown as { chrome: Api }).chrome.management.setEnabled(id, isOn), [
    extensionId,
    enabled,
  ] as const);
  await page.close();
  await rig.page.bringToFront();
}

describe('the button of an extension that went away', () => {
  it('asks for a reload when it is pressed, and sends nothing', async () => {
    await rig.openThread('Vitrine');
    await rig.button().waitFor();
    await enable(false);
    await rig.button('Send to tickets').click();
    await rig.button('Reload this page to finish updating').waitFor();
    expect(await rig.button('More ways to send').isDisabled()).toBe(true);
    expect([sources(), rig.desk.store.tickets.length, thrown]).toEqual([0, 0, []]);
  });

  it('reloads the page when it is pressed again, and is back with its extension', async () => {
    const loaded = rig.page.waitForEvent('load');
    await rig.button('Reload this page to finish updating').click();
    await loaded;
    await rig.page.locator('.message').first().waitFor();
    expect(await rig.page.locator('relais-button').count()).toBe(0);
    await enable(true);
    await rig.button('Send to tickets').waitFor();
    expect(await rig.page.locator('relais-button').count()).toBe(1);
    expect([sources(), rig.desk.store.tickets.length, thrown]).toEqual([0, 0, []]);
  });

  it('says so by itself when the page changes', async () => {
    await rig.openThread('Vitrine');
    await rig.button().waitFor();
    await enable(false);
    await rig.page.getByRole('button', { name: 'Refresh' }).click();
    await rig.button('Reload this page to finish updating').waitFor();
    expect(thrown).toEqual([]);
    await enable(true);
  });
});
