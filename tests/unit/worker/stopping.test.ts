import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Capture } from '../../../utils/core/capture.ts';
import { findCapture, putCapture } from '../../../utils/outbox/captures.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { stopCapture } from '../../../utils/worker/stopping.ts';
import { captureOf } from '../../support/records.ts';

let told: string[];
const put = (change: Partial<Capture>) => putCapture({ ...captureOf('c1'), status: 'collecting', ...change });
const stop = () => stopCapture('c1', async ({ id }) => void told.push(id));

beforeEach(async () => {
  told = [];
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
});

describe('a thread that its person stops', () => {
  it('leaves nothing behind', async () => {
    await put({});
    await stop();
    expect(await findCapture('c1')).toBeUndefined();
    expect(told).toEqual(['c1']);
  });

  it('keeps what was typed about it, and is not sent by itself', async () => {
    await put({ edits: { note: 'Call back' }, sendWhenReady: true });
    await stop();
    expect(await findCapture('c1')).toMatchObject({ status: 'failed', edits: { note: 'Call back' }, sendWhenReady: false });
  });

  it('stays as it is once it was read to its end', async () => {
    await put({ status: 'preparing' });
    await stop();
    expect(await findCapture('c1')).toMatchObject({ status: 'preparing' });
    expect(told).toEqual([]);
  });
});
