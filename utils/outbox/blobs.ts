/** Bytes, apart from the records that name them. Keys begin with the capture's id and a slash. */
import { RelaisError } from '../core/errors.ts';
import { gathered } from '../core/gathered.ts';
import { database } from './database.ts';

export interface Blobs {
  /** Rejects with `unexpected` where the key is unknown. */
  read(key: string): Promise<Blob>;
  /** Resolves when the bytes are on disk. */
  write(key: string, blob: Blob): Promise<void>;
  /** Deletes everything below a capture. */
  clear(captureId: string): Promise<void>;
}

export async function openBlobs(): Promise<Blobs> {
  await database();
  return { read, write, clear };
}

async function read(key: string): Promise<Blob> {
  const blob = await (await database()).get('blobs', key);
  if (blob === undefined) throw new RelaisError('unexpected', 'A stored file is not there any more', { key });
  return blob;
}

const writeAll = gathered<readonly [key: string, blob: Blob]>(async (blobs) => {
  const tx = (await database()).transaction('blobs', 'readwrite', { durability: 'strict' });
  await Promise.all([...blobs.map(([key, blob]) => tx.store.put(blob, key)), tx.done]);
});

const write = (key: string, blob: Blob) => writeAll([key, blob]);

async function clear(captureId: string): Promise<void> {
  await (await database()).delete('blobs', blobsOf(captureId));
}

/** Keys of everything below a capture: U+FFFF sorts behind every character that a key can hold. */
export function blobsOf(captureId: string): IDBKeyRange {
  return IDBKeyRange.bound(`${captureId}/`, `${captureId}/\uffff`);
}
