/** Deleting everything: what was granted is given back too, sites and notifications. The records are counted in a real browser. */
import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { clearDatabase, database } from '../../../utils/outbox/database.ts';
import { findLoss } from '../../../utils/outbox/loss.ts';
import { recover } from '../../../utils/outbox/recover.ts';
import { privacyAnswers } from '../../../utils/worker/privacy-answers.ts';
import { openLikeFirefox } from '../../support/firefox-storage.ts';

it.each([[[]], [['https://mail.example.org/*']]])('gives every permission back: %j', async (origins) => {
  fakeBrowser.reset();
  const remove = vi.fn(async (_: object) => true);
  Object.assign(fakeBrowser, { permissions: { getAll: async () => ({ origins, permissions: ['storage', 'notifications'] }), remove } });
  const wiped = vi.fn(async () => {});
  await privacyAnswers({ wiped })['everything.wiped']({}, undefined as never);
  expect(remove.mock.calls).toEqual([[{ origins, permissions: ['notifications'] }]]);
  expect(wiped).toHaveBeenCalledOnce();
});

it.each(['relais-secrets', 'storage.local'])('is no loss to the next start, not even where it is stopped in between: %s', async (home) => {
  fakeBrowser.reset();
  if (home === 'relais-secrets') openLikeFirefox();
  Object.assign(fakeBrowser, { permissions: { getAll: async () => ({}), remove: async () => true } });
  await recover(1, async () => undefined);
  expect(await (await database()).get('marks', 'recovered')).toBe(true);
  // The last thing that the stopped one did.
  vi.spyOn(fakeBrowser.storage.session, 'clear').mockRejectedValueOnce(new Error('stopped'));
  await expect(privacyAnswers({ wiped: async () => {} })['everything.wiped']({}, undefined as never)).rejects.toThrow('stopped');
  expect(await (await database()).get('marks', 'recovered')).toBeUndefined();
  expect(await recover(2, async () => undefined)).toBeUndefined();
  expect(await findLoss()).toBeUndefined();
  // The mark is there again: from now on it would be one.
  await clearDatabase();
  expect(await recover(3, async () => undefined)).toEqual({ at: 3, restored: 0, missing: 0 });
});
