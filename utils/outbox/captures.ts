/** The stored captures: what a page handed over, what became of it, what was typed about it. */
import type { Capture, DraftEdits } from '../core/capture.ts';
import type { CapturedThread } from '../core/captured.ts';
import type { Receipt, TicketDraft } from '../core/ticket.ts';
import type { EditPatch } from '../views.ts';
import { blobsOf } from './blobs.ts';
import { database, type Link } from './database.ts';
import { forgetJournal, journalPiece } from './journal.ts';

const strict = { durability: 'strict' } as const;

export async function putCapture(capture: Capture): Promise<void> {
  const tx = (await database()).transaction('captures', 'readwrite', strict);
  await Promise.all([tx.store.put(capture), tx.done]);
}

export async function findCapture(id: string): Promise<Capture | undefined> {
  return (await database()).get('captures', id);
}

/** Reads, applies `change`, writes, in one transaction; `undefined` where the capture is not there. */
export async function changeCapture(id: string, change: (capture: Capture) => Capture): Promise<Capture | undefined> {
  const tx = (await database()).transaction('captures', 'readwrite', strict);
  const before = await tx.store.get(id);
  const after = before && change(before);
  await Promise.all([after && tx.store.put(after), tx.done]);
  return after;
}

/** The newest capture of a thread that is open in a webmail. */
export async function findCaptureOf(origin: string, threadKey: string): Promise<Capture | undefined> {
  const all = await (await database()).getAllFromIndex('captures', 'thread', [origin, threadKey]);
  return all.sort((a, b) => b.createdAt - a.createdAt)[0];
}

/** Captures in a state, newest first, from `before` (a creation time) on. */
export async function capturesIn(status: Capture['status'], limit: number, before = Number.POSITIVE_INFINITY): Promise<readonly Capture[]> {
  const found: Capture[] = [];
  const range = IDBKeyRange.bound([status, Number.NEGATIVE_INFINITY], [status, before]);
  let cursor = await (await database()).transaction('captures').store.index('status').openCursor(range, 'prev');
  while (cursor && found.length < limit) {
    found.push(cursor.value);
    cursor = await cursor.continue();
  }
  return found;
}

export async function countCaptures(status: Capture['status']): Promise<number> {
  const range = IDBKeyRange.bound([status, Number.NEGATIVE_INFINITY], [status, Number.POSITIVE_INFINITY]);
  return (await database()).countFromIndex('captures', 'status', range);
}

/** Lays a patch over what was typed; `null` takes an edit back. */
function patched(edits: DraftEdits, patch: EditPatch): DraftEdits {
  const merged = { ...edits, ...patch };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined)) as DraftEdits;
}

/** Deletes a capture with everything that was handed over. */
export async function removeCapture(id: string): Promise<void> {
  // First the journal: the other way round, a stop in between would bring back what was deleted.
  await forgetJournal(id);
  const tx = (await database()).transaction(['captures', 'captured', 'blobs'], 'readwrite', strict);
  await Promise.all([
    tx.objectStore('captures').delete(id),
    tx.objectStore('captured').delete(id),
    tx.objectStore('blobs').delete(blobsOf(id)),
    tx.done,
  ]);
}

/** Keeps what the page handed over, here and in the journal, for as long as it is not delivered. */
export async function putCaptured(captured: CapturedThread): Promise<void> {
  const tx = (await database()).transaction(['captured', 'captures'], 'readwrite', strict);
  const capture = await tx.objectStore('captures').get(captured.captureId);
  await Promise.all([
    tx.objectStore('captured').put(captured),
    tx.done,
    capture && journalPiece(captured.captureId, { kind: 'captured', capture, captured }),
  ]);
}

/**
 * After a delivery, in one transaction: remembers in which ticket its thread and messages lie, and lets go of what only the
 * sending needed; the capture stays for the popup. Gives the draft that was sent.
 */
export async function settleDelivered(id: string, endpointId: string, receipt: Receipt): Promise<TicketDraft | undefined> {
  const tx = (await database()).transaction(['captures', 'links', 'captured', 'drafts', 'blobs'], 'readwrite');
  const [capture, draft, captured] = await Promise.all([
    tx.objectStore('captures').get(id),
    tx.objectStore('drafts').get(id),
    tx.objectStore('captured').get(id),
  ]);
  if (capture && receipt.mailedTo === undefined) {
    const { origin, threadKey, thread } = capture;
    const before = (await tx.objectStore('links').get([origin, threadKey]))?.receipt;
    // Of a ticket that something was added to, a system may tell no more than its id.
    const named = before?.ticketId === receipt.ticketId ? { ...before, ...receipt, number: before.number } : receipt;
    const copies = captured?.messages.flatMap((message) => message.copies ?? []) ?? [];
    const keys = [threadKey, ...(thread?.messages ?? []).map((message) => message.id), ...copies];
    for (const key of keys) void tx.objectStore('links').put({ origin, key, endpointId, deliveryId: id, receipt: named });
  }
  await Promise.all([
    tx.objectStore('captured').delete(id),
    tx.objectStore('drafts').delete(id),
    tx.objectStore('blobs').delete(blobsOf(id)),
    tx.done,
  ]);
  return draft;
}

/** Lays a patch over what was typed, here and in the journal. */
export async function editCapture(id: string, patchOf: (capture: Capture) => EditPatch): Promise<Capture | undefined> {
  const changed = await changeCapture(id, (capture) => ({ ...capture, edits: patched(capture.edits, patchOf(capture)) }));
  if (changed) await journalPiece(id, { kind: 'edits', edits: changed.edits });
  return changed;
}

export async function findCaptured(id: string): Promise<CapturedThread | undefined> {
  return (await database()).get('captured', id);
}

/** In which ticket a thread or a message of it lies. */
export async function findLink(origin: string, key: string): Promise<Link | undefined> {
  return (await database()).get('links', [origin, key]);
}
