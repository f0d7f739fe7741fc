import { afterEach, describe, expect, it } from 'vitest';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

let rig: Rig;
afterEach(() => rig.close());

interface Page {
  readonly rows: readonly { readonly id: string; readonly status: string; readonly error?: { readonly code: string } }[];
}
const outbox = async () => (await ask(rig.session, 'outbox.opened', {})) as Page;
/** What a person does who has seen enough. */
async function retryNow(): Promise<void> {
  for (const { id } of (await outbox()).rows) await ask(rig.session, 'delivery.retried', { id });
}
async function oneTicket(): Promise<void> {
  const ticket = await rig.desk.store.first(30_000);
  await until('the outbox is empty', async () => (await outbox()).rows.length === 0);
  expect(rig.desk.store.tickets).toHaveLength(1);
  expect(ticket.articles).toHaveLength(3);
}

describe('nothing is lost and nothing doubled', () => {
  it('when the browser is offline for a while', async () => {
    rig = await startRig({ settings: { undoSeconds: 0 } });
    await rig.openThread('Vitrine');
    await rig.button().waitFor();
    await rig.desk.stop();
    await rig.button().click();
    await rig.button('Waiting: sends by itself').waitFor();
    expect((await outbox()).rows).toMatchObject([{ status: 'paused' }]);
    await rig.desk.restart();
    await retryNow();
    await oneTicket();
  });

  it('when the network comes back by itself', async () => {
    rig = await startRig({ settings: { undoSeconds: 1 } });
    await rig.openThread('Vitrine');
    await rig.button().click();
    await rig.page.locator('relais-button').getByRole('status').getByRole('button', { name: 'Undo' }).waitFor();
    await rig.session.context.setOffline(true);
    await rig.button('Waiting: sends by itself').waitFor();
    expect(rig.desk.store.tickets).toEqual([]);
    await rig.session.context.setOffline(false);
    await oneTicket();
  });

  it('when the worker is stopped while the desk holds its answer', async () => {
    rig = await startRig({ settings: { undoSeconds: 0 } });
    const answer = Promise.withResolvers<void>();
    rig.desk.faults.push({ acts: true, until: answer.promise });
    await rig.openThread('Vitrine');
    const arrived = rig.desk.arrived();
    await rig.button().click();
    await arrived;
    await rig.session.stopWorker();
    answer.resolve();
    await rig.desk.store.first(10_000);
    await oneTicket();
  });

  it('has an alarm set while it sends, so that a stopped worker comes back without anybody', async () => {
    rig = await startRig({ settings: { undoSeconds: 0 } });
    const answer = Promise.withResolvers<void>();
    rig.desk.faults.push({ acts: true, until: answer.promise });
    await rig.openThread('Vitrine');
    const page = await rig.session.open('options.html');
    const arrived = rig.desk.arrived();
    await rig.page.bringToFront();
    await rig.button().click();
    await arrived;
    const alarms = await page.evaluate(() =>
      (globalThis as unknown as { chrome: { alarms: { getAll(): Promise<{ name: string }[]> } } }).chrome.alarms.getAll(),
    );
    expect(alarms.length).toBeGreaterThan(0);
    answer.resolve();
    await oneTicket();
  });

  it('when the browser is killed while the desk is down, and started again', async () => {
    rig = await startRig({ settings: { undoSeconds: 0 } });
    await settledOnDisk();
    await rig.openThread('Vitrine');
    await rig.button().waitFor();
    await rig.desk.stop();
    await rig.button().click();
    await rig.button('Waiting: sends by itself').waitFor();
    await rig.session.kill();
    await rig.relaunch();
    expect((await outbox()).rows).toHaveLength(1);
    await rig.desk.restart();
    await retryNow();
    await oneTicket();
    await rig.openThread('Vitrine');
    await rig.button('In tickets: #4711').waitFor();
  });

  /** Chromium writes a grant to the disk seconds after it was given: a clean restart makes the kill about Relais alone. */
  async function settledOnDisk(): Promise<void> {
    await rig.session.context.close();
    await rig.relaunch();
  }
});
