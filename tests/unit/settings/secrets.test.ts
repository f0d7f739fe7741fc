import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { readSecrets, readTokens, removeSecrets, secretNames, updateTokens, writeSecrets } from '../../../utils/settings/secrets.ts';

const here = ['https://tickets.example.org'];
const elsewhere = ['https://attacker.example'];
const noLocks = { request: (_name: string, run: () => Promise<unknown>) => run() };
Object.defineProperty(globalThis.navigator, 'locks', { value: noLocks, configurable: true });

it('are given out for the origins they were entered for, and for no other', async () => {
  await writeSecrets('rt', here, { token: 'secret' });
  expect(await readSecrets('rt', here)).toEqual({ token: 'secret' });
  expect(await readSecrets('rt', elsewhere)).toEqual({});
  expect(await readSecrets('rt', [...here, ...elsewhere])).toEqual({});
});

it('hand no token on to a new address, whether it asks, renews or types its own', async () => {
  await writeSecrets('oauth', here, { client: 'id' });
  await updateTokens('oauth', here, async () => 'token of here');
  let offered: string | undefined = 'never asked';
  await updateTokens('oauth', elsewhere, async (stored) => {
    offered = stored;
    return 'token of elsewhere';
  });
  expect(offered).toBeUndefined();
  expect(await readTokens('oauth', here)).toBeUndefined();
  await writeSecrets('oauth', here, { client: 'id' });
  expect(await readTokens('oauth', elsewhere)).toBeUndefined();
});

it('are forgotten with their tokens, and named but never told', async () => {
  await writeSecrets('zammad', here, { token: 'secret', password: 'secret' });
  await updateTokens('zammad', here, async () => 'token');
  expect((await secretNames()).zammad).toEqual(['token', 'password']);
  await removeSecrets('zammad');
  expect(await readSecrets('zammad', here)).toEqual({});
  expect(await readTokens('zammad', here)).toBeUndefined();
  expect((await secretNames()).zammad).toBeUndefined();
});
