import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CapturedThread } from '../../../utils/core/captured.ts';
import { openBlobs } from '../../../utils/outbox/blobs.ts';
import { editCapture, findCapture, findCaptured, putCapture, putCaptured, removeCapture } from '../../../utils/outbox/captures.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { delivered, stepStarted } from '../../../utils/outbox/decide.ts';
import { addDelivery, changeDelivery, findDelivery, putDelivery, readDraft } from '../../../utils/outbox/deliveries.ts';
import { closeJournal, forgetJournal, journalBlob, journalIds, journalName, readJournal } from '../../../utils/outbox/journal.ts';
import { recover } from '../../../utils/outbox/recover.ts';
import { captureOf, deliveryOf } from '../../support/records.ts';

const draft = {
  reference: 'relais-abcdefghij0123456789',
  title: 'Devis',
  requester: { address: 'client@client.example.net', name: '' },
  note: 'urgent',
  articles: [],
  incomplete: '',
  sourceUrl: '',
};

async function drop(name: string): Promise<void> {
  await Promise.all([closeDatabase(), closeJournal()]);
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(name).onsuccess = resolve;
  });
}

const start = () => recover(5_000, async () => 'create');

/** A capture as `receive` stores it: record, source in both homes, then what was handed over. */
async function handOver(id: string): Promise<void> {
  const { thread: _, ...plain } = captureOf(id);
  await putCapture({ ...plain, status: 'preparing' });
  const source = new Blob([`Subject: ${id}\r\n\r\nBonjour`]);
  const blob = `${id}/source/0`;
  await Promise.all([(await openBlobs()).write(blob, source), journalBlob(blob, source)]);
  const captured: CapturedThread = { captureId: id, messages: [{ id: 'INBOX/1', source: 'raw', blob }], gaps: [] };
  await putCaptured(captured);
}

beforeEach(async () => {
  await drop(databaseName);
  await drop(journalName);
  await start();
});

describe('when the browser threw the database away', () => {
  it('brings back what was captured and typed, to be prepared again', async () => {
    await handOver('c1');
    await editCapture('c1', () => ({ note: 'Rappeler demain' }));
    await drop(databaseName);
    expect(await start()).toEqual({ restored: 1 });
    expect(await findCapture('c1')).toMatchObject({ status: 'preparing', edits: { note: 'Rappeler demain' } });
    const blob = (await findCaptured('c1'))?.messages[0]?.blob ?? '';
    expect(await (await (await openBlobs()).read(blob)).text()).toContain('Bonjour');
  });

  it('brings back what was submitted as unknown: looked up before it is sent', async () => {
    await handOver('c1');
    await addDelivery(deliveryOf('c1'), draft);
    await changeDelivery('c1', (delivery) => stepStarted(delivery, 'create', 'worker', 1));
    await drop(databaseName);
    expect(await start()).toEqual({ restored: 1 });
    expect(await findDelivery('c1')).toMatchObject({ state: { status: 'unsure', dueAt: 5_000 }, inDoubt: { step: 'create' } });
    expect(await readDraft('c1')).toEqual(draft);
    // Its files are made from the sources once more: they were in the database alone.
    expect(await findCapture('c1')).toMatchObject({ status: 'preparing' });
  });

  it('brings back a note that has no thread', async () => {
    await addDelivery(deliveryOf('n1'), draft);
    await drop(databaseName);
    expect(await start()).toEqual({ restored: 1 });
    expect(await findDelivery('n1')).toMatchObject({ state: { status: 'unsure' } });
    expect(await findCapture('n1')).toBeUndefined();
  });

  it('brings nothing back that was delivered, undone or deleted', async () => {
    for (const id of ['done', 'deleted']) await handOver(id);
    await addDelivery(deliveryOf('done'), draft);
    await changeDelivery('done', (delivery) => delivered(delivery, { ticketId: '7', number: '7', warnings: [] }, 2));
    await forgetJournal('done');
    await removeCapture('deleted');
    await drop(databaseName);
    expect(await start()).toEqual({ restored: 0 });
    expect(await findDelivery('done')).toBeUndefined();
    expect(await findCapture('deleted')).toBeUndefined();
  });

  it('goes on where a stop interrupted the merging', async () => {
    for (const id of ['c1', 'c2']) await handOver(id);
    await drop(databaseName);
    await handOver('c1'); // restored, then the worker stopped before the mark was set
    expect(await start()).toEqual({ restored: 1 });
    expect(await findCapture('c2')).toMatchObject({ status: 'preparing' });
    expect(await start()).toEqual({ restored: 0 });
  });

  it.each([
    ['its files', async () => undefined],
    ['its delivery', () => putDelivery(deliveryOf('c1'), draft)],
    [
      'what was handed over',
      async () => {
        await putDelivery(deliveryOf('c1'), draft);
        await putCaptured({ captureId: 'c1', messages: [], gaps: [] });
      },
    ],
  ])('goes on with a thread of which only %s came back', async (_, interrupted) => {
    await handOver('c1');
    await addDelivery(deliveryOf('c1'), draft);
    await drop(databaseName);
    await interrupted();
    expect(await start()).toEqual({ restored: 1 });
    expect(await findDelivery('c1')).toBeDefined();
    expect(await findCapture('c1')).toMatchObject({ status: 'preparing' });
    expect((await findCaptured('c1'))?.messages).toHaveLength(1);
  });
});

describe('when the browser threw the journal away', () => {
  it('writes it again from the database', async () => {
    await handOver('c1');
    await addDelivery(deliveryOf('c1'), draft);
    await handOver('c2');
    await drop(journalName);
    await start();
    expect(new Set(await journalIds())).toEqual(new Set(['c1', 'c2']));
    expect((await readJournal('c1')).map(({ kind }) => kind).sort()).toEqual(['captured', 'delivery', 'edits']);
    await drop(databaseName);
    expect(await start()).toEqual({ restored: 2 });
    expect(await findDelivery('c1')).toMatchObject({ state: { status: 'unsure' } });
  });
});

it('costs no merging where nothing happened', async () => {
  await handOver('c1');
  expect(await start()).toEqual({ restored: 0 });
  expect(await findCapture('c1')).toMatchObject({ status: 'preparing' });
});
