/**
 * An IndexedDB for what no content script may ever read: extension storage is open to them in Firefox, and an extension's
 * IndexedDB is not in any browser.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** Fields of one endpoint, with the origins they were entered for. */
export interface StoredFields {
  readonly origins: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
}

interface PrivateSchema extends DBSchema {
  secrets: { key: string; value: StoredFields };
  documents: { key: string; value: unknown };
}

export const privateName = 'relais-secrets';

let opened: Promise<IDBPDatabase<PrivateSchema>> | undefined;

/** The open database; opened again when the browser closed it. */
export function privateDatabase(): Promise<IDBPDatabase<PrivateSchema>> {
  opened ??= openDB<PrivateSchema>(privateName, 2, {
    upgrade(db) {
      for (const name of ['secrets', 'documents'] as const) if (!db.objectStoreNames.contains(name)) db.createObjectStore(name);
    },
    terminated: () => {
      opened = undefined;
    },
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** Forgets all of it. */
export async function clearPrivate(): Promise<void> {
  const tx = (await privateDatabase()).transaction(['secrets', 'documents'], 'readwrite', { durability: 'strict' });
  await Promise.all([tx.objectStore('secrets').clear(), tx.objectStore('documents').clear(), tx.done]);
}
