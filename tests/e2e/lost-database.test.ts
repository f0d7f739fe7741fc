/** A browser that has thrown Relais's database away, as a kill in the middle of writing may make it do. */

import { afterEach, it } from 'vitest';
import { type Rig, startRig } from '../support/rig.ts';
import { badgeText } from '../support/settings.ts';
import { until } from '../support/until.ts';

let rig: Rig;
afterEach(() => rig?.close());

// What was under way is looked for, as often as the ticket system's lag wants it, before it is sent.
it('sends what waited all the same, and its person is told what is gone', { timeout: 150_000 }, async () => {
  rig = await startRig({ settings: { undoSeconds: 0 } });
  await rig.desk.stop();
  await rig.openThread('Vitrine');
  await rig.button().click();
  await rig.button(/Waiting|Not sent yet/).waitFor();
  const page = await rig.session.open('welcome.html');
  await rig.session.stopWorker();
  await page.evaluate(thrownAway);
  await rig.desk.restart();
  const popup = await rig.session.open('popup.html');
  await popup.getByRole('tab', { name: /^Outbox/ }).click();
  await popup.getByText('The browser lost Relais’s own database.').waitFor();
  await popup.getByText('1 unsent thread came back and goes on as before.').waitFor();
  await until('the thread is in a ticket', () => rig.desk.store.tickets.length === 1, 100_000);
  await until('the icon calls a person', async () => (await badgeText(rig.session)).startsWith('!'));
  await popup.getByRole('button', { name: 'Understood' }).click();
  await until('nobody is called any more', async () => (await badgeText(rig.session)) === '');
  await popup.getByText('The browser lost').waitFor({ state: 'hidden' });
});

/** Runs in a page of ours. */
function thrownAway(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('relais');
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
