/** The handover, apart from extension storage, which content scripts can read in Firefox: it names people and subjects. */
import type { Handover } from '../core/handover.ts';
import { privateDatabase } from '../settings/database.ts';

const key = 'handover';

export async function readHandover(): Promise<Handover | undefined> {
  return (await (await privateDatabase()).get('documents', key)) as Handover | undefined;
}

/** Reads, applies `change`, writes, in one transaction; `undefined` takes it away. On disk when it resolves. */
export async function changeHandover(change: (before: Handover | undefined) => Handover | undefined): Promise<Handover | undefined> {
  const tx = (await privateDatabase()).transaction('documents', 'readwrite', { durability: 'strict' });
  const after = change((await tx.store.get(key)) as Handover | undefined);
  await Promise.all([after ? tx.store.put(after, key) : tx.store.delete(key), tx.done]);
  return after;
}
