/**
 * Whether the browser threw the database away: that there was one is known outside it, that one was lost is said in the new
 * one until the person has read it.
 */

import type { Loss } from '../core/loss.ts';
import { readDocument, writeDocument } from '../settings/storage.ts';
import { database } from './database.ts';

const key = 'hadDatabase';

/** Whether there was a database at an earlier start, since the installation or the last wipe. */
export async function hadDatabase(): Promise<boolean> {
  return (await readDocument(key)) === true;
}

export async function rememberDatabase(): Promise<void> {
  await writeDocument(key, true);
}

/** Marks the journal as merged into this database, and what was found to be lost, in one transaction. */
export async function markRecovered(lost: Loss | undefined): Promise<void> {
  const tx = (await database()).transaction('marks', 'readwrite', { durability: 'strict' });
  await Promise.all([tx.store.put(true, 'recovered'), lost && tx.store.put(lost, 'lost'), tx.done]);
}

/** The loss that the person has not read yet. */
export async function findLoss(): Promise<Loss | undefined> {
  const lost = await (await database()).get('marks', 'lost');
  return lost === true ? undefined : lost;
}

/** The person has read it. */
export async function forgetLoss(): Promise<void> {
  await (await database()).delete('marks', 'lost');
}
