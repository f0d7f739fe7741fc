/**
 * Credentials. Each lies with the origins it was entered for, and is given out for those alone: whoever changes an
 * address, by hand, by a file or by a policy, must type the credentials again. Under a passphrase they are sealed, and
 * asking for one while it is locked throws `locked`.
 */
import { RelaisError } from '../core/errors.ts';
import type { VaultState } from '../core/passphrase.ts';
import { privateDatabase, type StoredFields } from './database.ts';
import { readPolicy } from './policy.ts';
import { dropKey, heldKey, holdKey, keyOf, makeVault, seal, unseal, type Vault } from './vault.ts';

const strict = { durability: 'strict' } as const;
type Fields = Readonly<Record<string, string>>;
type Origins = readonly string[];

/** Field → value; empty where none are stored for these origins. */
export async function readSecrets(endpointId: string, origins: Origins): Promise<Fields> {
  return (await read(endpointId, origins)) ?? {};
}

/** Tokens that were given for other origins go with it. */
export async function writeSecrets(endpointId: string, origins: Origins, fields: Fields): Promise<void> {
  await alone(async () => {
    const record = await recordOf(endpointId, origins, fields, await openVault());
    const tx = (await privateDatabase()).transaction('secrets', 'readwrite', strict);
    const tokens = await tx.store.get(tokensKey(endpointId));
    const stale = tokens !== undefined && !isBound(origins, tokens);
    await Promise.all([tx.store.put(record, endpointId), stale && tx.store.delete(tokensKey(endpointId)), tx.done]);
  });
}

export async function removeSecrets(endpointId: string): Promise<void> {
  await alone(async () => {
    const tx = (await privateDatabase()).transaction('secrets', 'readwrite', strict);
    await Promise.all([tx.store.delete(endpointId), tx.store.delete(tokensKey(endpointId)), tx.done]);
  });
}

/** Tokens lie apart from what the person typed, so that saving a form and renewing a token don't overwrite each other. */
function tokensKey(endpointId: string): string {
  return `${endpointId}/tokens`;
}

/** Tokens that a ticket system gave to an endpoint, as the engine wrote them down. */
export async function readTokens(endpointId: string, origins: Origins): Promise<string | undefined> {
  return (await read(tokensKey(endpointId), origins))?.tokens;
}

/** Changes them; one at a time in the whole profile, whoever asks. */
export function updateTokens(
  endpointId: string,
  origins: Origins,
  change: (stored: string | undefined) => Promise<string>,
): Promise<string> {
  return navigator.locks.request(`relais-tokens ${endpointId}`, async () => {
    const tokens = await change(await readTokens(endpointId, origins));
    await alone(async () => {
      const record = await recordOf(tokensKey(endpointId), origins, { tokens }, await openVault());
      const tx = (await privateDatabase()).transaction('secrets', 'readwrite', strict);
      await Promise.all([tx.store.put(record, tokensKey(endpointId)), tx.done]);
    });
    return tokens;
  });
}

/** Which fields are stored for each endpoint; never their values. */
export async function secretNames(): Promise<Readonly<Record<string, readonly string[]>>> {
  const typed = (await allRecords()).filter(([key]) => !key.includes('/'));
  return Object.fromEntries(typed.map(([key, record]) => [key, 'sealed' in record ? record.names : Object.keys(record.fields)]));
}

export async function vaultState(): Promise<VaultState> {
  const vault = await readVault();
  if (!vault) return 'none';
  return (await heldKey(vault)) ? 'open' : 'locked';
}

/** Until the browser ends, or `lockSecrets`. Throws `wrong-passphrase`. */
export async function unlockSecrets(passphrase: string): Promise<void> {
  const vault = await readVault();
  if (vault) await holdKey(vault, await keyOf(vault, passphrase));
}

export const lockSecrets = dropKey;

/**
 * Seals every credential with another passphrase, all of them or none; with an empty one they lie open again. `current`
 * is empty where there is none yet. Throws `wrong-passphrase`; `passphrase-needed` for an empty one that an administrator forbids.
 */
export async function changePassphrase(current: string, next: string): Promise<void> {
  await alone(async () => {
    const vault = await readVault();
    const from = vault && { vault, key: await keyOf(vault, current) };
    const to = next === '' ? undefined : await makeVault(next);
    const records = await Promise.all(
      (await allRecords()).map(async ([key, record]) => {
        const fields = await fieldsOf(key, record, from);
        return fields && ([key, await recordOf(key, record.origins, fields, to)] as const);
      }),
    );
    const tx = (await privateDatabase()).transaction(['secrets', 'documents'], 'readwrite', strict);
    const secrets = tx.objectStore('secrets');
    const documents = tx.objectStore('documents');
    await Promise.all([
      ...records.map((entry) => entry && secrets.put(entry[1], entry[0])),
      to ? documents.put(to.vault, vaultKey) : documents.delete(vaultKey),
      tx.done,
    ]);
    await (to ? holdKey(to.vault, to.key) : dropKey());
  });
}

/** Every credential goes, and the passphrase with them: for whoever no longer knows it. */
export async function forgetSecrets(): Promise<void> {
  await alone(async () => {
    const tx = (await privateDatabase()).transaction(['secrets', 'documents'], 'readwrite', strict);
    await Promise.all([tx.objectStore('secrets').clear(), tx.objectStore('documents').delete(vaultKey), tx.done]);
    await dropKey();
  });
}

interface Open {
  readonly vault: Vault;
  readonly key: CryptoKey;
}

const vaultKey = 'vault';

async function readVault(): Promise<Vault | undefined> {
  return (await (await privateDatabase()).get('documents', vaultKey)) as Vault | undefined;
}

/** `undefined` without a passphrase. Throws `locked`. */
async function openVault(): Promise<Open | undefined> {
  const vault = await readVault();
  return vault && unlocked(vault);
}

async function unlocked(vault: Vault): Promise<Open> {
  const key = await heldKey(vault);
  if (!key) throw new RelaisError('locked', 'The credentials are locked');
  return { vault, key };
}

/** No record is written while all of them are sealed anew. */
function alone<Value>(run: () => Promise<Value>): Promise<Value> {
  return navigator.locks.request('relais-vault', run);
}

async function allRecords(): Promise<readonly (readonly [key: string, record: StoredFields])[]> {
  const tx = (await privateDatabase()).transaction('secrets');
  const [keys, records] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
  return keys.flatMap((key, index) => {
    const record = records[index];
    return record ? [[key, record] as const] : [];
  });
}

/** `undefined` where nothing is stored for these origins. */
async function read(key: string, origins: Origins): Promise<Fields | undefined> {
  // Together: a passphrase that changes in between must not be tried on what an older one sealed.
  const tx = (await privateDatabase()).transaction(['secrets', 'documents']);
  const [record, vault] = await Promise.all([tx.objectStore('secrets').get(key), tx.objectStore('documents').get(vaultKey)]);
  if (!record || !isBound(origins, record)) return undefined;
  return fieldsOf(key, record, 'sealed' in record && vault ? await unlocked(vault as Vault) : undefined);
}

function isBound(origins: Origins, stored: StoredFields): boolean {
  return origins.every((origin) => stored.origins.includes(origin));
}

/** `undefined` where it can't be opened: it was not sealed for these origins. */
async function fieldsOf(key: string, record: StoredFields, open: Open | undefined): Promise<Fields | undefined> {
  if (!('sealed' in record)) return record.fields;
  return open && ((await unseal(open.key, sealedAs(key, record.origins), record.sealed)) as Fields | undefined);
}

/** Throws `passphrase-needed` where an administrator wants one and there is none. */
async function recordOf(key: string, origins: Origins, fields: Fields, open: Open | undefined): Promise<StoredFields> {
  if (!open) {
    if (Object.keys(fields).length > 0 && (await readPolicy()).policy.requirePassphrase)
      throw new RelaisError('passphrase-needed', 'The policy wants a passphrase over credentials');
    return { origins, fields };
  }
  return { origins, names: Object.keys(fields), sealed: await seal(open.key, sealedAs(key, origins), fields) };
}

/** Whoever can write to the profile could else have a sealed credential sent to another origin. */
function sealedAs(key: string, origins: Origins): string {
  return JSON.stringify([key, origins]);
}
