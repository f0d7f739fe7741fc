/** A version that is older than the one whose database lies in the profile. */

import { afterEach, expect, it } from 'vitest';
import { type Rig, startRig } from '../support/rig.ts';
import { badgeText } from '../support/settings.ts';
import { kept, raised } from '../support/stored.ts';
import { until } from '../support/until.ts';

let rig: Rig;
afterEach(() => rig?.close());

it('touches nothing of what a newer version wrote, and says so', async () => {
  rig = await startRig({ settings: { undoSeconds: 0 } });
  await rig.desk.stop();
  await rig.openThread('Vitrine');
  await rig.button().click();
  await rig.button(/Waiting|Not sent yet/).waitFor();
  const page = await rig.session.open('welcome.html');
  await page.evaluate(raised);
  await rig.session.stopWorker();
  await rig.desk.restart();
  const sent = rig.desk.seen.length;
  const popup = await rig.session.open('popup.html');
  await popup.getByText('A newer version of Relais').first().waitFor();
  await until('the icon calls a person', async () => (await badgeText(rig.session)) === '!');
  expect(await page.evaluate(kept)).toEqual({ version: 2, deliveries: 1, drafts: 1 });
  expect(rig.desk.seen.length).toBe(sent);
});
