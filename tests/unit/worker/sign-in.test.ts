/** The window for signing in is no request of ours, and stands in the ledger all the same: where it led, never the address's path. */
import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { clearDatabase } from '../../../utils/outbox/database.ts';
import { readLedger } from '../../../utils/worker/ledger-store.ts';
import { signInWindow } from '../../../utils/worker/sign-in.ts';
import { eventually } from '../../support/eventually.ts';

const back = 'https://relais.chromiumapp.org/?code=1';
const url = 'https://login.example.org/authorize?client_id=secret-looking';

beforeEach(clearDatabase);

it.each([
  ['ends', async () => back],
  [
    'is closed',
    async () => {
      throw new Error('The user did not approve access.');
    },
  ],
])('is listed when it %s', async (_, launchWebAuthFlow) => {
  Object.assign(fakeBrowser, { identity: { getRedirectURL: () => 'https://relais.chromiumapp.org/', launchWebAuthFlow } });
  await signInWindow()
    .open(url)
    .catch((thrown: unknown) => expect(thrown).toMatchObject({ code: 'unauthorised' }));
  await eventually(async () => {
    const { rows } = await readLedger(undefined, '', 10);
    expect(rows).toMatchObject([{ host: 'login.example.org', purpose: 'session', method: 'GET' }]);
    expect(JSON.stringify(rows)).not.toContain('secret-looking');
  });
});
