import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { browser } from '../../../utils/browser.ts';
import { putCapture } from '../../../utils/outbox/captures.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { putDelivery } from '../../../utils/outbox/deliveries.ts';
import { pushButtons } from '../../../utils/worker/button.ts';
import { rememberTab } from '../../../utils/worker/tabs.ts';
import { captureOf, deliveryOf, draft } from '../../support/records.ts';

const { origin } = captureOf('');
const told: [tabId: number, phase: string][] = [];

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
  fakeBrowser.reset();
  told.length = 0;
  vi.spyOn(browser.tabs, 'sendMessage').mockImplementation(async (tabId, message) => {
    told.push([tabId, (message as { state: { phase: string } }).state.phase]);
  });
});
afterEach(() => vi.restoreAllMocks());

it('tells each window that shows a thread, whichever of them its last capture came from', async () => {
  const receipt = { ticketId: '7', number: '7', warnings: [] };
  for (const [index, id] of ['earlier', 'later'].entries()) {
    await putCapture({ ...captureOf(id), threadKey: 't1', createdAt: index, status: 'submitted' });
    await putDelivery(deliveryOf(id, { state: { status: 'delivered', at: 1, receipt } }), draft);
    await rememberTab(index + 1, { captureId: id, origin, threadKey: 't1' });
  }
  await rememberTab(3, { captureId: 'other', origin, threadKey: 't2' });
  await pushButtons(new Set(['later']));
  expect(told.toSorted()).toEqual([
    [1, 'sent'],
    [2, 'sent'],
  ]);
});
