/**
 * An IndexedDB for what no content script may ever read: extension storage is open to them in Firefox, and an extension's
 * IndexedDB is not in any browser.
 */
import type { DBSchema } from 'idb';
import { databaseApart } from '../bucket.ts';
import type { Sealed } from './vault.ts';

/** Fields of one endpoint, with the origins they were entered for; under a passphrase only their names can be read. */
export type StoredFields = { readonly origins: readonly string[] } & (
  | { readonly fields: Readonly<Record<string, string>> }
  | { readonly names: readonly string[]; readonly sealed: Sealed }
);

interface PrivateSchema extends DBSchema {
  secrets: { key: string; value: StoredFields };
  documents: { key: string; value: unknown };
}

/** Apart from the outbox, whose writing is what a kill damages: a credential is written once and read for years. */
export const privateDatabase = databaseApart<PrivateSchema>({
  name: 'relais-secrets',
  version: 1,
  stores: ['secrets', 'documents'],
  durability: 'strict',
}).open;

/** Forgets all of it. */
export async function clearPrivate(): Promise<void> {
  const tx = (await privateDatabase()).transaction(['secrets', 'documents'], 'readwrite', { durability: 'strict' });
  await Promise.all([tx.objectStore('secrets').clear(), tx.objectStore('documents').clear(), tx.done]);
}
