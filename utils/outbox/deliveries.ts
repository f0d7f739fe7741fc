/** The stored deliveries. Every write is on disk when it resolves. */

import type { Delivery, EndpointPause } from '../core/delivery.ts';
import { RelaisError } from '../core/errors.ts';
import { gathered } from '../core/gathered.ts';
import type { TicketDraft } from '../core/ticket.ts';
import { type DeliveryRow, database } from './database.ts';
import { dueOf, mailedTo } from './decide.ts';
import { forgetDeliveryPiece, journalPiece, markJournalTorn } from './journal.ts';

const strict = { durability: 'strict' } as const;

function row(delivery: Delivery): DeliveryRow {
  const { due: _, ...plain } = delivery as DeliveryRow;
  const due = dueOf(plain);
  return due === undefined ? plain : { ...plain, due };
}

/**
 * Stores a delivery with its draft, and marks its capture as submitted, in one transaction; and in the journal. `isNew`:
 * else in the place of one that has stopped. Gives the one that is stored then: whatever else has this id stays as it is.
 */
export async function addDelivery(delivery: Delivery, draft: TicketDraft, isNew = true): Promise<Delivery> {
  const { id } = delivery;
  // Where the second home has no room, the first has to do until the next start.
  const journaled = journalPiece(id, { kind: 'delivery', delivery, draft }).catch(markJournalTorn);
  try {
    await Promise.all([store(delivery, draft, isNew), journaled]);
    return delivery;
  } catch (thrown) {
    const other = await findDelivery(id);
    if (other && other.state.status !== 'stopped') return other;
    await forgetDeliveryPiece(id);
    throw thrown;
  }
}

async function store(delivery: Delivery, draft: TicketDraft, isNew: boolean): Promise<void> {
  const tx = (await database()).transaction(['deliveries', 'drafts', 'captures'], 'readwrite', strict);
  const [deliveries, captures] = [tx.objectStore('deliveries'), tx.objectStore('captures')];
  if (!isNew && (await deliveries.get(delivery.id))?.state.status !== 'stopped') throw new RelaisError('rejected', 'It has gone on');
  const markSubmitted = async () => {
    const capture = await captures.get(delivery.id);
    const put = capture && captures.put({ ...capture, status: 'submitted', sendWhenReady: false });
    // Nothing follows: the disk needn't wait until each part of it has been answered.
    tx.commit();
    await put;
  };
  await Promise.all([
    markSubmitted(),
    isNew ? deliveries.add(row(delivery)) : deliveries.put(row(delivery)),
    tx.objectStore('drafts').put(draft, delivery.id),
    tx.done,
  ]);
}

/** Stores a delivery that comes back from the journal; its capture stays as it is. */
export async function putDelivery(delivery: Delivery, draft: TicketDraft): Promise<void> {
  const tx = (await database()).transaction(['deliveries', 'drafts'], 'readwrite', strict);
  await Promise.all([tx.objectStore('deliveries').put(row(delivery)), tx.objectStore('drafts').put(draft, delivery.id), tx.done]);
}

export async function findDelivery(id: string): Promise<Delivery | undefined> {
  return (await database()).get('deliveries', id);
}

/** Deliveries of one thread to one endpoint, oldest first; without what a person sent by mail, of which no ticket is known. */
export async function deliveriesOfThread(endpointId: string, reference: string): Promise<readonly Delivery[]> {
  const rows = await (await database()).getAllFromIndex('deliveries', 'thread', [endpointId, reference]);
  return rows.filter((one) => mailedTo(one) === undefined).sort((a, b) => a.createdAt - b.createdAt);
}

export async function readDraft(id: string): Promise<TicketDraft> {
  const draft = await (await database()).get('drafts', id);
  if (draft === undefined) throw new RelaisError('unexpected', 'A delivery has lost its draft', { id });
  return draft;
}

interface Change {
  readonly id: string;
  readonly change: (delivery: Delivery) => Delivery | undefined;
  readonly durability: 'strict' | 'relaxed';
  readonly done: PromiseWithResolvers<Delivery | undefined>;
}

/** Changes that come while others are written go to the disk together: several hands wait for one write. */
const writeChange = gathered<Change>(async (batch) => {
  const durability = batch.some((one) => one.durability === 'strict') ? 'strict' : 'relaxed';
  const tx = (await database()).transaction('deliveries', 'readwrite', { durability });
  const ids = [...new Set(batch.map(({ id }) => id))];
  const known = new Map(await Promise.all(ids.map(async (id) => [id, await tx.store.get(id)] as const)));
  const settled = batch.map(({ id, change, done }) => {
    try {
      const before = known.get(id);
      const after = before && change(before);
      if (after) known.set(id, row(after));
      if (after) void tx.store.put(row(after)).catch(() => undefined);
      return () => done.resolve(after);
    } catch (error) {
      return () => done.reject(error);
    }
  });
  await tx.done;
  for (const settle of settled) settle();
});

/**
 * Changes a delivery in one transaction: reads, applies `change`, writes. `undefined` where it is not there or where
 * `change` returns `undefined`; nothing is written then. `relaxed` is for what a power cut may take back without harm:
 * it doesn't wait for the disk, and a later strict write takes it along.
 */
export function changeDelivery(
  id: string,
  change: (delivery: Delivery) => Delivery | undefined,
  durability: 'strict' | 'relaxed' = 'strict',
): Promise<Delivery | undefined> {
  const done = Promise.withResolvers<Delivery | undefined>();
  writeChange({ id, change, durability, done }).catch(done.reject);
  return done.promise;
}

/** Takes a delivery away with its draft; its capture and files stay. */
export async function removeDelivery(id: string): Promise<void> {
  await forgetDeliveryPiece(id);
  const tx = (await database()).transaction(['deliveries', 'drafts'], 'readwrite', strict);
  await Promise.all([tx.objectStore('deliveries').delete(id), tx.objectStore('drafts').delete(id), tx.done]);
}

/** The deliveries of an endpoint that are due at `now`, the longest waiting first, `limit` at most, from behind `last` on. */
export async function dueDeliveries(endpointId: string, now: number, limit: number, last?: DeliveryRow): Promise<readonly DeliveryRow[]> {
  const range = IDBKeyRange.bound([endpointId, last?.due ?? Number.NEGATIVE_INFINITY], [endpointId, now]);
  const rows: DeliveryRow[] = [];
  let cursor = await (await database()).transaction('deliveries').store.index('due').openCursor(range);
  // Ten thousand may be due in the same millisecond: those that were read are not read again.
  if (cursor && last?.due !== undefined && cursor.value.due === last.due && cursor.primaryKey < last.id)
    cursor = await cursor.continuePrimaryKey([endpointId, last.due], last.id);
  while (cursor && rows.length < limit) {
    if (cursor.primaryKey !== last?.id) rows.push(cursor.value);
    cursor = await cursor.continue();
  }
  return rows;
}

/** When the next delivery of an endpoint comes due after `after`; `undefined` when none does. */
export async function nextDue(endpointId: string, after: number): Promise<number | undefined> {
  const range = IDBKeyRange.bound([endpointId, after], [endpointId, Number.POSITIVE_INFINITY], true);
  const cursor = await (await database()).transaction('deliveries').store.index('due').openKeyCursor(range);
  return cursor ? (cursor.key as [string, number])[1] : undefined;
}

/** Ids of deliveries due later than `after`, of whatever endpoint. */
export async function dueBeyond(after: number): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const endpointId of await endpointsWithDue()) {
    const range = IDBKeyRange.bound([endpointId, after], [endpointId, Number.POSITIVE_INFINITY], true);
    keys.push(...(await (await database()).getAllKeysFromIndex('deliveries', 'due', range)));
  }
  return keys;
}

/** Delivered ones whose draft is still there: the worker was stopped before they were settled. */
export async function unsettled(): Promise<readonly Delivery[]> {
  const tx = (await database()).transaction(['deliveries', 'drafts']);
  const deliveries = tx.objectStore('deliveries');
  const [drafts, delivered] = await Promise.all([
    tx.objectStore('drafts').getAllKeys(),
    deliveries.index('status').getAllKeys(allIn('delivered')),
  ]);
  const done = new Set(delivered);
  const left = await Promise.all(drafts.filter((id) => done.has(id)).map((id) => deliveries.get(id)));
  return left.filter((one) => one !== undefined);
}

/** Every delivery in a state, newest first, from `before` (a creation time) on. */
export async function deliveriesIn(
  status: Delivery['state']['status'],
  limit: number,
  before = Number.POSITIVE_INFINITY,
): Promise<readonly Delivery[]> {
  const found: Delivery[] = [];
  let cursor = await (await database()).transaction('deliveries').store.index('status').openCursor(allIn(status, before), 'prev');
  while (cursor && found.length < limit) {
    found.push(cursor.value);
    cursor = await cursor.continue();
  }
  return found;
}

export async function countIn(status: Delivery['state']['status']): Promise<number> {
  return (await database()).countFromIndex('deliveries', 'status', allIn(status));
}

function allIn(status: Delivery['state']['status'], before = Number.POSITIVE_INFINITY): IDBKeyRange {
  return IDBKeyRange.bound([status, Number.NEGATIVE_INFINITY], [status, before]);
}

/** Deliveries to an endpoint that are neither delivered nor stopped. */
export async function countOpen(endpointId: string): Promise<number> {
  const range = IDBKeyRange.bound([endpointId, Number.NEGATIVE_INFINITY], [endpointId, Number.POSITIVE_INFINITY]);
  return (await database()).countFromIndex('deliveries', 'due', range);
}

/** Endpoint ids that deliveries name, those of removed endpoints too. */
export async function endpointsWithDue(): Promise<readonly string[]> {
  const ids: string[] = [];
  const index = (await database()).transaction('deliveries').store.index('due');
  let cursor = await index.openKeyCursor();
  while (cursor) {
    const [endpointId] = cursor.key as [string, number];
    ids.push(endpointId);
    cursor = await cursor.continue([endpointId, []] as unknown as [string, number]);
  }
  return ids;
}

export async function findPause(endpointId: string): Promise<EndpointPause | undefined> {
  return (await database()).get('pauses', endpointId);
}

export async function allPauses(): Promise<readonly EndpointPause[]> {
  return (await database()).getAll('pauses');
}

export async function putPause(pause: EndpointPause): Promise<void> {
  await (await database()).put('pauses', pause);
}

export async function removePause(endpointId: string): Promise<void> {
  await (await database()).delete('pauses', endpointId);
}
