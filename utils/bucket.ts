/**
 * Databases with a log of their own. All of an origin's IndexedDB shares one log in Chromium, and damage to it, as by a
 * kill in mid-write, takes every database of the origin along; what lies in a storage bucket is not touched by that.
 * Firefox keeps each database in a file of its own, and has no buckets.
 */
import { type DBSchema, type IDBPDatabase, wrap } from 'idb';

interface Buckets {
  open(name: string, options: { durability: Durability; persisted: boolean }): Promise<{ readonly indexedDB: IDBFactory }>;
}

/** `strict` waits for the disk with every change; `relaxed` survives a kill of the browser, not a power cut. */
type Durability = 'strict' | 'relaxed';

export interface Apart {
  /** The bucket's name and the database's. */
  readonly name: string;
  readonly version: number;
  readonly stores: readonly string[];
  readonly durability: Durability;
}

/**
 * Gives the open database, and opens it again after it was closed or could not be opened. Stores that are missing are made.
 */
export function databaseApart<Schema extends DBSchema>(apart: Apart): Connection<Schema> {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const forget = () => {
    opened = undefined;
  };
  return {
    open: () => {
      opened ??= open<Schema>(apart, forget).catch((error: unknown) => {
        forget();
        throw error;
      });
      return opened;
    },
    close: async () => {
      const db = await opened?.catch(() => undefined);
      forget();
      db?.close();
    },
  };
}

export interface Connection<Schema extends DBSchema> {
  open(): Promise<IDBPDatabase<Schema>>;
  /** Closes and forgets the connection. */
  close(): Promise<void>;
}

async function open<Schema extends DBSchema>({ name, version, stores, durability }: Apart, closed: () => void) {
  const { storageBuckets } = navigator as unknown as { storageBuckets?: Buckets };
  const factory = storageBuckets ? (await storageBuckets.open(name, { durability, persisted: true })).indexedDB : indexedDB;
  const request = factory.open(name, version);
  request.onupgradeneeded = () => {
    const { result } = request;
    for (const store of stores) if (!result.objectStoreNames.contains(store)) result.createObjectStore(store);
  };
  const db = (await wrap(request)) as unknown as IDBPDatabase<Schema>;
  db.addEventListener('close', closed);
  return db;
}
