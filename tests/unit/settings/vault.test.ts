import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { browser } from '../../../utils/browser.ts';
import { clearPrivate, privateDatabase } from '../../../utils/settings/database.ts';
import {
  changePassphrase,
  forgetSecrets,
  lockSecrets,
  readSecrets,
  readTokens,
  removeSecrets,
  secretNames,
  unlockSecrets,
  updateTokens,
  vaultState,
  writeSecrets,
} from '../../../utils/settings/secrets.ts';

const here = ['https://tickets.example.org'];
const locked = { code: 'locked' };

/** Everything that is stored, as somebody who copies the profile reads it. */
async function onDisk(): Promise<string> {
  const db = await privateDatabase();
  const all = [...(await db.getAll('secrets')), ...(await db.getAll('documents'))];
  const text = (value: unknown): unknown => (value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : value);
  return JSON.stringify(all, (_key, value) => text(value));
}

beforeEach(async () => {
  await clearPrivate();
  await browser.storage.session.clear();
  await writeSecrets('rt', here, { token: 'typed-secret' });
  await updateTokens('rt', here, async () => 'given-secret');
});

describe('under a passphrase, credentials', () => {
  it('are not on the disk, and are given out while it is unlocked', async () => {
    expect(await onDisk()).toContain('typed-secret');
    await changePassphrase('', 'correct horse');
    expect(await vaultState()).toBe('open');
    const disk = await onDisk();
    for (const word of ['typed-secret', 'given-secret', 'correct horse']) expect(disk).not.toContain(word);
    expect(await readSecrets('rt', here)).toEqual({ token: 'typed-secret' });
    expect(await readTokens('rt', here)).toBe('given-secret');
  });

  it('stay so when they are typed and renewed later', async () => {
    await changePassphrase('', 'correct horse');
    await writeSecrets('zammad', here, { password: 'later-secret' });
    await updateTokens('rt', here, async (before) => `${before}-renewed`);
    expect(await onDisk()).not.toMatch(/later-secret|given-secret/);
    expect(await readSecrets('zammad', here)).toEqual({ password: 'later-secret' });
    expect(await readTokens('rt', here)).toBe('given-secret-renewed');
  });

  it('are locked once the browser ended, by name still known, and open with the passphrase alone', async () => {
    await changePassphrase('', 'correct horse');
    await browser.storage.session.clear();
    expect(await vaultState()).toBe('locked');
    await expect(readSecrets('rt', here)).rejects.toMatchObject(locked);
    await expect(readTokens('rt', here)).rejects.toMatchObject(locked);
    await expect(writeSecrets('rt', here, { token: 'another' })).rejects.toMatchObject(locked);
    expect(await secretNames()).toEqual({ rt: ['token'] });
    await expect(unlockSecrets('correct hors')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect(await vaultState()).toBe('locked');
    await unlockSecrets('correct horse');
    expect(await readSecrets('rt', here)).toEqual({ token: 'typed-secret' });
    await lockSecrets();
    await expect(readSecrets('rt', here)).rejects.toMatchObject(locked);
  });

  it('ask for no passphrase where there is nothing to open', async () => {
    await changePassphrase('', 'correct horse');
    await lockSecrets();
    expect(await readSecrets('hook', here)).toEqual({});
    expect(await readSecrets('rt', ['https://elsewhere.example'])).toEqual({});
  });

  it('go from one passphrase to another and into the open only with the right one', async () => {
    await changePassphrase('', 'correct horse');
    await expect(changePassphrase('wrong', 'battery staple')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await changePassphrase('correct horse', 'battery staple');
    await lockSecrets();
    await expect(unlockSecrets('correct horse')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await unlockSecrets('battery staple');
    expect(await readTokens('rt', here)).toBe('given-secret');
    await expect(changePassphrase('', '')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await changePassphrase('battery staple', '');
    expect(await vaultState()).toBe('none');
    expect(await readSecrets('rt', here)).toEqual({ token: 'typed-secret' });
    expect(await browser.storage.session.get()).toEqual({});
  });

  it('open with the same letters, however they were composed', async () => {
    await changePassphrase('', 'cl\u00e9 secr\u00e8te');
    await lockSecrets();
    await unlockSecrets('cle\u0301 secre\u0300te');
    expect(await vaultState()).toBe('open');
  });

  it('can be forgotten without it, one or all', async () => {
    await writeSecrets('zammad', here, { token: 'other' });
    await changePassphrase('', 'correct horse');
    await lockSecrets();
    await removeSecrets('zammad');
    expect(await secretNames()).toEqual({ rt: ['token'] });
    await forgetSecrets();
    expect(await vaultState()).toBe('none');
    expect(await secretNames()).toEqual({});
    expect(await readTokens('rt', here)).toBeUndefined();
  });

  it('can not be had sent elsewhere by whoever writes to the profile', async () => {
    await changePassphrase('', 'correct horse');
    const db = await privateDatabase();
    const record = await db.get('secrets', 'rt');
    if (!record) throw new Error('Nothing is stored');
    await db.put('secrets', { ...record, origins: [...here, 'https://attacker.example'] }, 'rt');
    await db.put('secrets', record, 'other');
    expect(await readSecrets('rt', ['https://attacker.example'])).toEqual({});
    expect(await readSecrets('other', here)).toEqual({});
  });
});

it('are kept open by nobody whose administrator wants a passphrase', async () => {
  await browser.storage.managed.set({ requirePassphrase: true });
  try {
    await expect(writeSecrets('rt', here, { token: 'another' })).rejects.toMatchObject({ code: 'passphrase-needed' });
    await changePassphrase('', 'correct horse');
    await writeSecrets('rt', here, { token: 'another' });
    await expect(changePassphrase('correct horse', '')).rejects.toMatchObject({ code: 'passphrase-needed' });
    expect(await readSecrets('rt', here)).toEqual({ token: 'another' });
  } finally {
    await browser.storage.managed.clear();
  }
});
