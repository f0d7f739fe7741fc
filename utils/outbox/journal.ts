/**
 * The second home of what must not be lost. A kill in mid-write can make Chromium drop a whole IndexedDB without an
 * error; this one has a log of its own.
 *
 * It doesn't wait for the disk: a kill of the browser leaves it whole, and what a power cut could take from it is on disk in
 * the first home.
 *
 * It holds what was handed over, typed and submitted, each written once; not what can be made of it again, nor the
 * progress of a delivery: what comes back from here is taken for unknown and looked up before anything is sent.
 */
import type { DBSchema } from 'idb';
import { databaseApart } from '../bucket.ts';
import type { Capture, DraftEdits } from '../core/capture.ts';
import type { CapturedThread } from '../core/captured.ts';
import type { Delivery } from '../core/delivery.ts';
import { gathered } from '../core/gathered.ts';
import type { TicketDraft } from '../core/ticket.ts';

/** One piece about a capture or a note; its key is `<id>/<kind>`. */
export type JournalPiece =
  | { readonly kind: 'captured'; readonly capture: Capture; readonly captured: CapturedThread }
  | { readonly kind: 'edits'; readonly edits: DraftEdits }
  | { readonly kind: 'delivery'; readonly delivery: Delivery; readonly draft: TicketDraft };

export const journalName = 'relais-journal';

interface JournalSchema extends DBSchema {
  pieces: { key: string; value: JournalPiece };
  blobs: { key: string; value: Blob };
  /** `whole`: everything open was written here since this journal was made. */
  marks: { key: 'whole'; value: boolean };
}

const journal = databaseApart<JournalSchema>({
  name: journalName,
  version: 1,
  stores: ['pieces', 'blobs', 'marks'],
  durability: 'relaxed',
});
const database = journal.open;

/** Closes and forgets the connection. */
export const closeJournal = journal.close;

/** Beyond the reach of a kill when it resolves. */
export async function journalPiece(id: string, piece: JournalPiece): Promise<void> {
  const tx = (await database()).transaction('pieces', 'readwrite');
  await Promise.all([tx.store.put(piece, `${id}/${piece.kind}`), tx.done]);
}

const journalBlobs = gathered<readonly [key: string, blob: Blob]>(async (blobs) => {
  const tx = (await database()).transaction('blobs', 'readwrite');
  await Promise.all([...blobs.map(([key, blob]) => tx.store.put(blob, key)), tx.done]);
});

/** Beyond the reach of a kill when it resolves. `key` as in the blob store: it begins with the capture's id. */
export const journalBlob = (key: string, blob: Blob): Promise<void> => journalBlobs([key, blob]);

/** Forgets everything about a capture or note. */
export async function forgetJournal(id: string): Promise<void> {
  const tx = (await database()).transaction(['pieces', 'blobs'], 'readwrite');
  await Promise.all([tx.objectStore('pieces').delete(below(id)), tx.objectStore('blobs').delete(below(id)), tx.done]);
}

/** Forgets all of it, and that it was whole. */
export async function clearJournal(): Promise<void> {
  const tx = (await database()).transaction(['pieces', 'blobs', 'marks'], 'readwrite', { durability: 'strict' });
  await Promise.all([...(['pieces', 'blobs', 'marks'] as const).map((name) => tx.objectStore(name).clear()), tx.done]);
}

/** Forgets that a capture was submitted: it is a draft again. */
export async function forgetDeliveryPiece(id: string): Promise<void> {
  await (await database()).delete('pieces', `${id}/delivery`);
}

/** Ids of all captures and notes in the journal. */
export async function journalIds(): Promise<readonly string[]> {
  const keys = await (await database()).getAllKeys('pieces');
  return [...new Set(keys.map((key) => key.slice(0, key.lastIndexOf('/'))))];
}

/** What the journal knows of one capture or note. */
export async function readJournal(id: string): Promise<readonly JournalPiece[]> {
  return (await database()).getAll('pieces', below(id));
}

export async function journalBlobKeys(id: string): Promise<readonly string[]> {
  return (await database()).getAllKeys('blobs', below(id));
}

export async function readJournalBlob(key: string): Promise<Blob | undefined> {
  return (await database()).get('blobs', key);
}

/** Whether the journal holds everything that is open; a new one, made after the old one was lost, does not. */
export async function isJournalWhole(): Promise<boolean> {
  return (await (await database()).get('marks', 'whole')) === true;
}

export async function markJournalWhole(): Promise<void> {
  await (await database()).put('marks', true, 'whole');
}

/** Something could not be written here: the next start writes everything anew. */
export async function markJournalTorn(): Promise<void> {
  await (await database()).delete('marks', 'whole');
}

/** U+FFFF sorts behind every character that a key can hold. */
function below(id: string): IDBKeyRange {
  return IDBKeyRange.bound(`${id}/`, `${id}/\uffff`);
}
