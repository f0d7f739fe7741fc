import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import browser from 'webextension-polyfill';
import type { Capture } from '../../../utils/core/capture.ts';
import type { DeliveryState } from '../../../utils/core/delivery.ts';
import type { ErrorCode } from '../../../utils/core/errors.ts';
import { putCapture } from '../../../utils/outbox/captures.ts';
import { clearDatabase, closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { putDelivery, putPause } from '../../../utils/outbox/deliveries.ts';
import { markRecovered } from '../../../utils/outbox/loss.ts';
import { outboxCounts, showBadge } from '../../../utils/worker/badge.ts';
import { captureOf, deliveryOf } from '../../support/records.ts';
import { draft } from '../recipes/support.ts';

const setBadgeText = vi.fn(async (_: { readonly text: string }) => {});
Object.assign(browser, { action: { setBadgeText, setBadgeBackgroundColor: async () => {} } });

async function shown(): Promise<string | undefined> {
  await showBadge();
  return setBadgeText.mock.lastCall?.[0].text;
}
const put = (id: string, state: DeliveryState) => putDelivery(deliveryOf(id, { endpointId: 'rt', state }), draft());
const pause = (code: ErrorCode, retryAt?: number) =>
  putPause({ endpointId: 'rt', since: 1, tries: 1, error: { code, message: '', details: {} }, ...(retryAt !== undefined && { retryAt }) });

beforeEach(clearDatabase);

it('shows nothing where nothing waits', async () => {
  expect(await shown()).toBe('');
});

it.each<[DeliveryState['status'], DeliveryState]>([
  ['held', { status: 'held', dueAt: 1 }],
  ['waiting', { status: 'waiting', dueAt: 1 }],
  ['sending', { status: 'sending', leaseUntil: 1, holder: 'x' }],
  ['unsure', { status: 'unsure', since: 1, dueAt: 1 }],
])('counts what goes on by itself: %s', async (_, state) => {
  await put('a', state);
  await put('b', { status: 'waiting', dueAt: 2 });
  expect(await shown()).toBe('2');
});

it.each<ErrorCode>(['offline', 'redirected', 'login-page'])('counts what comes back by itself: %s', async (code) => {
  await put('a', { status: 'waiting', dueAt: 1 });
  await pause(code, 99);
  expect(await shown()).toBe('1');
});

it.each<ErrorCode>(['locked', 'unauthorised', 'permission-missing'])('calls a person where only one helps: %s', async (code) => {
  await pause(code);
  expect(await shown()).toBe('');
  await put('a', { status: 'waiting', dueAt: 1 });
  await put('b', { status: 'unsure', since: 1, dueAt: 1 });
  expect(await shown()).toBe('!');
  expect(await outboxCounts()).toEqual({ waiting: 0, attention: 2 });
});

it.each<[string, () => Promise<void>]>([
  ['a delivery that stopped', () => put('a', { status: 'stopped' })],
  ['a thread that could not be read', () => putCapture({ ...captureOf('c'), status: 'failed' } satisfies Capture)],
])('calls a person for %s', async (_, prepare) => {
  await put('b', { status: 'waiting', dueAt: 1 });
  await prepare();
  expect(await shown()).toBe('!');
  expect(await outboxCounts()).toEqual({ waiting: 1, attention: 1 });
});

it('calls a person for a loss that they have not read of', async () => {
  const lost = { at: 1, restored: 2, missing: 0 };
  await markRecovered(lost);
  expect(await shown()).toBe('!');
  expect(await outboxCounts()).toEqual({ waiting: 0, attention: 1, lost });
});

it('calls a person where the outbox can’t be read, as after a newer version', async () => {
  await closeDatabase();
  const newer = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(databaseName, 99);
    request.onsuccess = () => resolve(request.result);
  });
  newer.close();
  expect(await shown()).toBe('!');
});
