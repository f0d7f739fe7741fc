/** What a person takes back, sends twice or changes in the Outbox, while the courier may reach for it in the same moment. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { From } from '../../../utils/answering.ts';
import type { Delivery } from '../../../utils/core/delivery.ts';
import { RelaisError } from '../../../utils/core/errors.ts';
import { editCapture, findCapture, findLink, putCapture } from '../../../utils/outbox/captures.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { claimed, delivered, failed, stepStarted } from '../../../utils/outbox/decide.ts';
import { addDelivery, changeDelivery, findDelivery, unsettled } from '../../../utils/outbox/deliveries.ts';
import { closeJournal, isJournalWhole, journalIds, journalName, markJournalWhole } from '../../../utils/outbox/journal.ts';
import { submit } from '../../../utils/outbox/submit.ts';
import { outboxAnswers } from '../../../utils/worker/outbox-answers.ts';
import { settingsAnswers } from '../../../utils/worker/settings-answers.ts';
import { settleLeft } from '../../../utils/worker/settle.ts';
import { captureOf, deliveryOf, draft, words } from '../../support/records.ts';

const nobody = {} as From;
const answers = outboxAnswers({
  now: () => 5_000,
  captureChanged: async () => {},
  deliveryChanged: async () => {},
  lookAtOutbox: async () => {},
  tickets: { refresh: async () => false },
});
const defaults = { endpoints: [{ id: 'rt', needsQueue: false, defaults: {} }] };
const send = async () => submit((await findCapture('c1')) ?? captureOf('c1'), defaults, words, 1_000, 0);
const receipt = { ticketId: '7', number: '4711', warnings: [] };
/** As the courier does with its first request. */
const take = (found: Delivery): Delivery | undefined =>
  found.state.status === 'waiting' ? stepStarted(claimed(found, 'courier', 2_000), 'create', 'courier', 2_000) : undefined;

beforeEach(async () => {
  await Promise.all([closeDatabase(), closeJournal()]);
  for (const name of [databaseName, journalName])
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(name).onsuccess = resolve;
    });
  fakeBrowser.reset();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => {} });
  Object.assign(fakeBrowser.storage, { managed: { get: async () => ({}) } });
});

describe('taking back', () => {
  it.each(['delivery.deleted', 'delivery.edited'] as const)('leaves nothing that is sent all the same: %s', async (route) => {
    await putCapture(captureOf('c1'));
    await send();
    const [taken, answered] = await Promise.allSettled([
      Promise.resolve(answers[route]({ id: 'c1' }, nobody)),
      Promise.resolve().then(() => changeDelivery('c1', take)),
    ]).then(([answer, claim]) => [claim.status === 'fulfilled' && claim.value !== undefined, answer.status === 'fulfilled']);
    expect({ taken, answered }).not.toEqual({ taken: true, answered: true });
    if (taken) expect((await findDelivery('c1'))?.state.status).toBe('sending');
  });
});

describe('sending twice', () => {
  it('leaves the one that is on its way as it is', async () => {
    await putCapture(captureOf('c1'));
    const first = await send();
    await changeDelivery('c1', take);
    // Another window had looked before the first was stored.
    expect(await addDelivery(first, draft)).toMatchObject({ state: { status: 'sending' } });
    expect(await findDelivery('c1')).toMatchObject({ state: { status: 'sending' }, inDoubt: { step: 'create' } });
  });

  it('keeps what the second home has no room for in the first, and writes that one anew at the next start', async () => {
    await markJournalWhole();
    const put = IDBObjectStore.prototype.put;
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === 'pieces') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    });
    await addDelivery(deliveryOf('c1'), draft);
    full.mockRestore();
    expect((await findDelivery('c1'))?.state.status).toBe('waiting');
    expect(await isJournalWhole()).toBe(false);
  });

  it('stores nothing at all where the first home has no room', async () => {
    const put = IDBObjectStore.prototype.put;
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === 'drafts') queueMicrotask(() => this.transaction.abort());
      return put.apply(this, args);
    });
    await expect(addDelivery(deliveryOf('c1'), draft)).rejects.toThrow();
    full.mockRestore();
    expect(await findDelivery('c1')).toBeUndefined();
    expect(await journalIds()).toEqual([]);
  });
});

describe('what was refused and then edited', () => {
  const refused = (found: Delivery) =>
    failed(take(found) ?? found, new RelaisError('rejected', 'No').record(), { now: 3_000, random: 0 }, { requestLeft: true }).delivery;

  it('goes to the ticket that the person chose then', async () => {
    await putCapture(captureOf('c1'));
    await send();
    await changeDelivery('c1', refused);
    await answers['delivery.edited']({ id: 'c1' }, nobody);
    await editCapture('c1', () => ({ target: { kind: 'append', ticketId: '12', number: '12' } }));
    const again = await send();
    expect(again).toMatchObject({ action: { kind: 'append', ticketId: '12' }, state: { status: 'waiting' } });
    expect(again).not.toHaveProperty('inDoubt');
  });

  it('goes on where it stopped when nothing else was chosen', async () => {
    await putCapture(captureOf('c1'));
    await send();
    await changeDelivery('c1', refused);
    await answers['delivery.edited']({ id: 'c1' }, nobody);
    await editCapture('c1', () => ({ title: 'Devis 2026' }));
    expect(await send()).toMatchObject({ action: { kind: 'create' }, inDoubt: { step: 'create' }, title: 'Devis 2026' });
  });
});

it('settles at start what was delivered in the last moment of a worker that was stopped', async () => {
  await putCapture(captureOf('c1'));
  await addDelivery(deliveryOf('c1'), draft);
  await addDelivery(deliveryOf('other', { reference: 'relais-other' }), draft);
  await changeDelivery('c1', (found) => delivered(found, receipt, 2_000));
  await settleLeft();
  expect(await findLink('https://mail.example.org', 'INBOX/1')).toMatchObject({ receipt: { number: '4711' } });
  expect(await unsettled()).toEqual([]);
  expect(await journalIds()).toEqual(['other']);
});

it('goes on with what the settings had stopped once they are mended', async () => {
  const settings = settingsAnswers({ settingsChanged: async () => {} });
  await addDelivery(deliveryOf('mended', { state: { status: 'stopped' }, error: new RelaisError('bad-settings', 'x').record() }), draft);
  await addDelivery(deliveryOf('refused', { state: { status: 'stopped' }, error: new RelaisError('rejected', 'x').record() }), draft);
  const endpoint = { id: 'rt', name: 'Desk', recipe: 'rt', values: { url: 'https://rt.example.org' }, defaults: {} };
  await settings['endpoint.saved']({ endpoint, secrets: { token: 't' } }, undefined as never);
  expect((await findDelivery('mended'))?.state.status).toBe('waiting');
  expect((await findDelivery('refused'))?.state.status).toBe('stopped');
});
