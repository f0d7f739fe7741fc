/**
 * Credentials, in an IndexedDB of their own: content scripts can read `storage.local` in Firefox, and never an
 * extension's IndexedDB. They leave it only for the origins of their own endpoint.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface SecretsSchema extends DBSchema {
  secrets: { key: string; value: Readonly<Record<string, string>> };
}

let opened: Promise<IDBPDatabase<SecretsSchema>> | undefined;

function database(): Promise<IDBPDatabase<SecretsSchema>> {
  opened ??= openDB<SecretsSchema>('relais-secrets', 1, {
    upgrade: (db) => void db.createObjectStore('secrets'),
    terminated: () => {
      opened = undefined;
    },
  });
  return opened;
}

/** Field → value; empty where none are stored. */
export async function readSecrets(endpointId: string): Promise<Readonly<Record<string, string>>> {
  return (await (await database()).get('secrets', endpointId)) ?? {};
}

export async function writeSecrets(endpointId: string, secrets: Readonly<Record<string, string>>): Promise<void> {
  const tx = (await database()).transaction('secrets', 'readwrite', { durability: 'strict' });
  await Promise.all([tx.store.put(secrets, endpointId), tx.done]);
}

export async function removeSecrets(endpointId: string): Promise<void> {
  const db = await database();
  await Promise.all([db.delete('secrets', endpointId), db.delete('secrets', tokensKey(endpointId))]);
}

/** Tokens lie apart from what the person typed, so that saving a form and renewing a token don't overwrite each other. */
function tokensKey(endpointId: string): string {
  return `${endpointId}/tokens`;
}

/** Tokens that a ticket system gave to an endpoint, as the engine wrote them down. */
export async function readTokens(endpointId: string): Promise<string | undefined> {
  return (await (await database()).get('secrets', tokensKey(endpointId)))?.tokens;
}

/** Changes them; one at a time in the whole profile, whoever asks. */
export function updateTokens(endpointId: string, change: (stored: string | undefined) => Promise<string>): Promise<string> {
  return navigator.locks.request(`relais-tokens ${endpointId}`, async () => {
    const tokens = await change(await readTokens(endpointId));
    const tx = (await database()).transaction('secrets', 'readwrite', { durability: 'strict' });
    await Promise.all([tx.store.put({ tokens }, tokensKey(endpointId)), tx.done]);
    return tokens;
  });
}

/** Which fields are stored for each endpoint; never their values. */
export async function secretNames(): Promise<Readonly<Record<string, readonly string[]>>> {
  const tx = (await database()).transaction('secrets');
  const [keys, values] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
  const typed = keys.flatMap((key, index) => (key.includes('/') ? [] : [[key, Object.keys(values[index] ?? {})] as const]));
  return Object.fromEntries(typed);
}
