/** What a person has read of a loss is gone for good, and the badge and open pages follow. */
import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { From } from '../../../utils/answering.ts';
import { findLoss, markRecovered } from '../../../utils/outbox/loss.ts';
import { recover } from '../../../utils/outbox/recover.ts';
import { outboxAnswers } from '../../../utils/worker/outbox-answers.ts';

const setBadgeText = vi.fn(async (_: { readonly text: string }) => {});
Object.assign(fakeBrowser, { action: { setBadgeText, setBadgeBackgroundColor: async () => {} } });
const nothing = async () => {};
const tickets = { refresh: async () => false };
const answers = outboxAnswers({ now: Date.now, captureChanged: nothing, deliveryChanged: nothing, lookAtOutbox: nothing, tickets });

it('takes the loss away', async () => {
  const lost = { at: 1, restored: 2, missing: 1 };
  await markRecovered(lost);
  expect((await answers['outbox.opened']({ limit: 10 }, {} as From)).counts).toEqual({ waiting: 0, attention: 1, lost });
  await answers['loss.understood']({}, {} as From);
  expect(setBadgeText).toHaveBeenLastCalledWith({ text: '' });
  expect((await answers['outbox.opened']({ limit: 10 }, {} as From)).counts).toEqual({ waiting: 0, attention: 0 });
  expect(await fakeBrowser.storage.session.get('revision')).toHaveProperty('revision');
  await recover(2, async () => undefined);
  expect(await findLoss()).toBeUndefined();
});
