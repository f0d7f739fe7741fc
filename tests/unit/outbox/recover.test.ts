import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { CapturedThread } from '../../../utils/core/captured.ts';
import { openBlobs } from '../../../utils/outbox/blobs.ts';
import { editCapture, findCapture, findCaptured, putCapture, putCaptured, removeCapture } from '../../../utils/outbox/captures.ts';
import { clearDatabase, closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { delivered, stepStarted } from '../../../utils/outbox/decide.ts';
import { addDelivery, changeDelivery, findDelivery, putDelivery, readDraft } from '../../../utils/outbox/deliveries.ts';
import {
  clearJournal,
  closeJournal,
  forgetJournal,
  journalBlob,
  journalIds,
  journalName,
  journalPiece,
  readJournal,
} from '../../../utils/outbox/journal.ts';
import { findLoss, forgetLoss } from '../../../utils/outbox/loss.ts';
import { recover } from '../../../utils/outbox/recover.ts';
import { clearPrivate } from '../../../utils/settings/database.ts';
import { openLikeFirefox } from '../../support/firefox-storage.ts';
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

const forgetMark = () => Promise.all([clearPrivate(), fakeBrowser.storage.local.clear()]);
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
  await forgetMark();
  await start();
});

describe('when the browser threw the database away', () => {
  it('brings back what was captured and typed, to be prepared again', async () => {
    await handOver('c1');
    await editCapture('c1', () => ({ note: 'Rappeler demain' }));
    await drop(databaseName);
    expect(await start()).toEqual({ at: 5_000, restored: 1, missing: 0 });
    expect(await findCapture('c1')).toMatchObject({ status: 'preparing', edits: { note: 'Rappeler demain' } });
    const blob = (await findCaptured('c1'))?.messages[0]?.blob ?? '';
    expect(await (await (await openBlobs()).read(blob)).text()).toContain('Bonjour');
  });

  it('brings back what was submitted as unknown: looked up before it is sent', async () => {
    await handOver('c1');
    await addDelivery(deliveryOf('c1'), draft);
    await changeDelivery('c1', (delivery) => stepStarted(delivery, 'create', 'worker', 1));
    await drop(databaseName);
    expect(await start()).toEqual({ at: 5_000, restored: 1, missing: 0 });
    expect(await findDelivery('c1')).toMatchObject({ state: { status: 'unsure', dueAt: 5_000 }, inDoubt: { step: 'create' } });
    expect(await readDraft('c1')).toEqual(draft);
    // Its files are made from the sources once more: they were in the database alone.
    expect(await findCapture('c1')).toMatchObject({ status: 'preparing' });
  });

  it('brings back a note that has no thread', async () => {
    await addDelivery(deliveryOf('n1'), draft);
    await drop(databaseName);
    expect(await start()).toEqual({ at: 5_000, restored: 1, missing: 0 });
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
    expect(await start()).toEqual({ at: 5_000, restored: 0, missing: 0 });
    expect(await findDelivery('done')).toBeUndefined();
    expect(await findCapture('deleted')).toBeUndefined();
  });

  it('goes on where a stop interrupted the merging', async () => {
    for (const id of ['c1', 'c2']) await handOver(id);
    await drop(databaseName);
    await handOver('c1'); // restored, then the worker stopped before the mark was set
    expect(await start()).toEqual({ at: 5_000, restored: 1, missing: 0 });
    expect(await findCapture('c2')).toMatchObject({ status: 'preparing' });
    expect(await start()).toBeUndefined();
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
    expect(await start()).toEqual({ at: 5_000, restored: 1, missing: 0 });
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
    expect(await start()).toEqual({ at: 5_000, restored: 2, missing: 0 });
    expect(await findDelivery('c1')).toMatchObject({ state: { status: 'unsure' } });
  });
});

it('costs no merging where nothing happened', async () => {
  await handOver('c1');
  expect(await start()).toBeUndefined();
  expect(await findCapture('c1')).toMatchObject({ status: 'preparing' });
});

describe('what a person is told', () => {
  it('is nothing at the first start after installing, nor at the next', async () => {
    for (const _ of [1, 2]) expect(await start()).toBeUndefined();
    expect(await findLoss()).toBeUndefined();
  });

  it('is that the database was lost, even where nothing was waiting, until they have read it', async () => {
    await drop(databaseName);
    const lost = { at: 5_000, restored: 0, missing: 0 };
    expect(await start()).toEqual(lost);
    expect(await start()).toBeUndefined();
    expect(await findLoss()).toEqual(lost);
    await forgetLoss();
    expect(await start()).toBeUndefined();
    expect(await findLoss()).toBeUndefined();
  });

  it('is the next loss too', async () => {
    await drop(databaseName);
    await start();
    await forgetLoss();
    await handOver('c1');
    await drop(databaseName);
    await start();
    expect(await findLoss()).toMatchObject({ restored: 1 });
  });

  it('is nothing where the journal alone was lost', async () => {
    await handOver('c1');
    await drop(journalName);
    expect(await start()).toBeUndefined();
    expect(await findLoss()).toBeUndefined();
  });

  it('is that both were lost', async () => {
    await handOver('c1');
    await drop(databaseName);
    await drop(journalName);
    expect(await start()).toEqual({ at: 5_000, restored: 0, missing: 0 });
  });

  it('is what came back, where it alone shows that something was lost', async () => {
    await handOver('c1');
    await forgetMark();
    await drop(databaseName);
    expect(await start()).toMatchObject({ restored: 1 });
  });

  it('is nothing once everything was wiped, unread loss included', async () => {
    await drop(databaseName);
    await start();
    await handOver('c1');
    await Promise.all([clearJournal(), forgetMark(), clearDatabase()]);
    expect(await findLoss()).toBeUndefined();
    expect(await start()).toBeUndefined();
  });

  it('counts what the journal names and does not have', async () => {
    await handOver('whole');
    await journalPiece('typed', { kind: 'edits', edits: { note: 'Rappeler demain' } });
    await journalPiece('empty', { kind: 'edits', edits: {} });
    const { thread: _, ...capture } = captureOf('torn');
    const captured: CapturedThread = {
      captureId: 'torn',
      messages: [{ id: 'INBOX/2', source: 'raw', blob: 'torn/source/0' }],
      gaps: [],
    };
    await journalPiece('torn', { kind: 'captured', capture, captured });
    await drop(databaseName);
    expect(await start()).toEqual({ at: 5_000, restored: 1, missing: 2 });
    // Its row in the outbox says what became of it.
    expect(await findCapture('torn')).toMatchObject({ status: 'preparing' });
  });

  it('counts what the browser can’t read of the journal, and brings the others back', async () => {
    for (const id of ['c1', 'c2']) await handOver(id);
    await drop(databaseName);
    failReading('c1', new DOMException('Data lost due to missing file', 'NotFoundError'));
    expect(await start()).toEqual({ at: 5_000, restored: 1, missing: 1 });
    expect(await findCapture('c2')).toBeDefined();
  });

  it('waits for the next start where there is no room to bring something back', async () => {
    await handOver('c1');
    await drop(databaseName);
    const restore = failReading('c1', new DOMException('full', 'QuotaExceededError'));
    await expect(start()).rejects.toThrow('full');
    restore();
    expect(await start()).toMatchObject({ restored: 1, missing: 0 });
  });

  it('is known by a mark where content scripts can’t read: extension storage stays empty where they can', async () => {
    await forgetMark();
    openLikeFirefox();
    await start();
    expect(await fakeBrowser.storage.local.get()).toEqual({});
    await drop(databaseName);
    expect(await start()).toMatchObject({ restored: 0 });
  });
});

/** The browser fails to read a capture's pieces, as where a file of a database is missing. Gives what ends it. */
function failReading(id: string, error: DOMException): () => void {
  const { getAll } = IDBObjectStore.prototype;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (this: IDBObjectStore, query, count) {
    if (query instanceof IDBKeyRange && query.lower === `${id}/`) throw error;
    return getAll.call(this, query as IDBKeyRange, count);
  });
  onTestFinished(() => spy.mockRestore());
  return () => spy.mockRestore();
}
