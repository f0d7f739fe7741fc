/** A ticket system that takes mail only: nothing is lost before the person has sent it, and no ticket is claimed after it. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { From } from '../../../utils/answering.ts';
import { findLink, putCapture } from '../../../utils/outbox/captures.ts';
import { createCourier } from '../../../utils/outbox/courier.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { deliveriesOfThread, findDelivery, readDraft } from '../../../utils/outbox/deliveries.ts';
import { journalIds } from '../../../utils/outbox/journal.ts';
import { submit } from '../../../utils/outbox/submit.ts';
import { engine } from '../../../utils/recipes/engine.ts';
import { parseSettings, writeSettings } from '../../../utils/settings/storage.ts';
import { buttonState } from '../../../utils/worker/button.ts';
import { findConnection } from '../../../utils/worker/connection.ts';
import { draftDefaults } from '../../../utils/worker/defaults.ts';
import { outboxAnswers } from '../../../utils/worker/outbox-answers.ts';
import { settle } from '../../../utils/worker/settle.ts';
import { captureOf, words } from '../../support/records.ts';

const capture = captureOf('c1');
const settings = parseSettings({
  version: 1,
  endpoints: [{ id: 'mail', name: 'Desk', recipe: 'mail', values: { address: 'support@desk.example.org' } }],
});
const nobody = {} as From;
const answers = outboxAnswers({
  now: () => 5_000,
  captureChanged: async () => {},
  deliveryChanged: async (delivery) => {
    if (delivery.state.status === 'delivered') await settle(delivery, delivery.state.receipt);
  },
  lookAtOutbox: async () => {},
  tickets: { refresh: async () => false },
});
const rows = async () => (await answers['outbox.opened']({ limit: 10 }, nobody)).rows;
const send = async (id: string) => {
  const made = { ...capture, id };
  await putCapture(made);
  await submit(made, await draftDefaults(settings), words, 1_000, 0);
  await createCourier({
    engine,
    connection: findConnection,
    http: () => Promise.reject(new Error('Nothing may be asked')),
    readBlob: () => Promise.reject(new Error('not used')),
    now: () => 2_000,
    random: () => 0.5,
    holder: 'here',
    changed: async () => undefined,
    wakeAt: async () => undefined,
  }).look();
};

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
  fakeBrowser.reset();
  await writeSettings(settings);
  await send('c1');
});

describe('a thread for a system that takes mail only', () => {
  it('waits for the person, who may open the draft, save it, say that it was sent, change it or delete it', async () => {
    expect(await rows()).toMatchObject([
      {
        status: 'stopped',
        error: { code: 'mail-needed', details: { to: 'support@desk.example.org' } },
        actions: ['mail', 'mail-file', 'mailed', 'edit', 'delete'],
      },
    ]);
    expect((await readDraft('c1')).articles).toHaveLength(3);
    expect(await buttonState(capture)).toMatchObject({ phase: 'attention' });
  });

  it('is told as sent by mail, never as a ticket, and lets go of the bytes only then', async () => {
    expect(await journalIds()).toContain('c1');
    await answers['delivery.mailed']({ id: 'c1' }, nobody);
    expect(await rows()).toEqual([]);
    expect((await findDelivery('c1'))?.state).toEqual({
      status: 'delivered',
      at: 5_000,
      receipt: { ticketId: '', number: '', mailedTo: 'support@desk.example.org', warnings: [] },
    });
    expect(await answers['tickets.opened']({ limit: 10 }, nobody)).toEqual([]);
    expect(await findLink(capture.origin, capture.threadKey)).toBeUndefined();
    expect(await buttonState(capture)).toEqual({ phase: 'idle' });
    expect(await journalIds()).not.toContain('c1');
    await expect(readDraft('c1')).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('is offered whole again when it is sent again, as nobody knows of a ticket', async () => {
    await answers['delivery.mailed']({ id: 'c1' }, nobody);
    expect(await deliveriesOfThread('mail', capture.thread?.reference ?? '')).toEqual([]);
    await send('c2');
    expect((await rows())[0]).toMatchObject({ id: 'c2', error: { code: 'mail-needed' } });
    expect((await readDraft('c2')).articles).toHaveLength(3);
  });

  it('is not taken for sent on anybody’s word while it waits for something else', async () => {
    await answers['delivery.retried']({ id: 'c1' }, nobody);
    await answers['delivery.mailed']({ id: 'c1' }, nobody);
    expect((await findDelivery('c1'))?.state.status).toBe('waiting');
    expect(await journalIds()).toContain('c1');
  });
});
