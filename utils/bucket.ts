/**
 * Databases with a log of their own. All of an origin's IndexedDB shares one log in Chromium, and damage to it, as by a
 * kill in mid-write, takes every database of the origin along; what lies in a storage bucket is not touched by that.
 * Firefox keeps each database in a file of its own, and has no buckets.
 */
import { type DBSchema, type IDBPDatabase, wrap } from 'idb';

interface Bucket {
  readonly indexedDB: IDBFactory;
}

interface Buckets {
  open(name: string, options: { durability: Durability; persisted: boolean }): Promise<Bucket>;
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
  let opened: Promise<Open<Schema>> | undefined;
  const forget = () => {
    opened = undefined;
  };
  return {
    open: async () => {
      opened ??= open<Schema>(apart, forget).catch((error: unknown) => {
        forget();
        throw error;
      });
      return (await opened).db;
    },
    close: async () => {
      const found = await opened?.catch(() => undefined);
      forget();
      found?.db.close();
    },
  };
}

export interface Connection<Schema extends DBSchema> {
  open(): Promise<IDBPDatabase<Schema>>;
  /** Closes and forgets the connection. */
  close(): Promise<void>;
}

interface Open<Schema extends DBSchema> {
  readonly db: IDBPDatabase<Schema>;
  /** Kept as long as the database: once Chromium has collected them, its transactions end neither well nor badly. */
  readonly held: readonly (Bucket | IDBFactory | undefined)[];
}

async function open<Schema extends DBSchema>({ name, version, stores, durability }: Apart, closed: () => void): Promise<Open<Schema>> {
  const { storageBuckets } = navigator as unknown as { storageBuckets?: Buckets };
  const bucket = await storageBuckets?.open(name, { durability, persisted: true });
  const factory = bucket?.indexedDB ?? indexedDB;
  const request = factory.open(name, version);
  request.onupgradeneeded = () => {
    const { result } = request;
    for (const store of stores) if (!result.objectStoreNames.contains(store)) result.createObjectStore(store);
  };
  const db = (await wrap(request)) as unknown as IDBPDatabase<Schema>;
  db.addEventListener('close', closed);
  return { db, held: [bucket, factory] };
}
