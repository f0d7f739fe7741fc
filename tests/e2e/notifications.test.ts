/** Notifications of the computer, in a browser that lets us: one when a person must act, none when nobody must, and where a click leads. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { extensionId, unpackedExtension } from '../support/extension.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

interface Notifications {
  getAll(): Promise<Readonly<Record<string, boolean>>>;
  readonly onClicked: { dispatch(id: string): void };
}
declare const chrome: { readonly notifications: Notifications };

let rig: Rig;
let first: string | undefined;
beforeAll(async () => {
  // Nothing can click the browser's question in headless mode: in this copy the permission is one that was given already.
  const manifest = join(unpackedExtension(), 'manifest.json');
  const content = JSON.parse(readFileSync(manifest, 'utf8')) as { permissions: string[]; optional_permissions: string[] };
  expect(content.optional_permissions).toEqual(['notifications']);
  content.permissions.push(...content.optional_permissions.splice(0));
  writeFileSync(manifest, JSON.stringify(content));
  rig = await startRig({ settings: { undoSeconds: 0 } });
});
afterAll(() => rig.close());

const shown = async () => Object.keys(await (await rig.session.worker()).evaluate(() => chrome.notifications.getAll()));

/** The outbox has settled: so many rows stand in this state. */
const settled = (status: string, count: number) =>
  until(`${count} ${status}`, async () => {
    const { rows } = (await ask(rig.session, 'outbox.opened', {})) as { rows: readonly { readonly status: string }[] };
    return rows.filter((row) => row.status === status).length === count;
  });

async function sendRefused(subject: string): Promise<void> {
  rig.desk.faults.push({ acts: false, answer: { status: 422, body: '{"error":"The queue is closed"}' } });
  await rig.openThread(subject);
  await rig.button().click();
}

it('raises none while nobody asked for them', async () => {
  await sendRefused('Relance');
  await settled('stopped', 1);
  expect(await shown()).toEqual([]);
});

it('raises exactly one for a delivery that only a person can help, in a worker stopped and started too', async () => {
  const options = await rig.session.open('options.html#/sending');
  await options.getByRole('checkbox', { name: /^Notify me when/ }).check();
  await until('it is stored', async () => {
    const { settings } = (await ask(rig.session, 'settings.opened', {})) as { settings: { notify: boolean } };
    return settings.notify;
  });
  await options.close();
  await rig.page.bringToFront();
  await sendRefused('Delivery of 12 March');
  await settled('stopped', 2);
  await until('it is shown', async () => (await shown()).length > 0);
  await rig.session.stopWorker();
  await ask(rig.session, 'popup.opened', {});
  const all = await shown();
  expect(all).toHaveLength(1);
  [first] = all;
});

it('raises none for what was delivered', async () => {
  await rig.openThread('Vitrine');
  await rig.button().click();
  await rig.desk.store.first(30_000);
  await rig.button(/^In tickets: /).waitFor();
  expect(await shown()).toEqual([first]);
});

it('opens the Outbox when it is clicked, and is gone then', async () => {
  const opened = rig.session.context.waitForEvent('page');
  await (await rig.session.worker()).evaluate((id) => chrome.notifications.onClicked.dispatch(id), first ?? '');
  const page: Page = await opened;
  await page.waitForURL(`chrome-extension://${extensionId}/popup.html?tab=outbox`);
  await page.getByRole('tabpanel', { name: 'Outbox' }).getByText('Delivery of 12 March').first().waitFor();
  await until('it is gone', async () => (await shown()).length === 0);
});
