/** Keeps the ledger: every request that left, the newest `ledgerSize` of them. */
import { type LedgerEntry, ledgerSize } from '../ledger.ts';
import { database } from '../outbox/database.ts';

export async function record(entry: LedgerEntry): Promise<void> {
  const tx = (await database()).transaction('ledger', 'readwrite');
  const key = await tx.store.add(entry);
  if (key % 100 === 0) await tx.store.delete(IDBKeyRange.upperBound(key - ledgerSize));
  await tx.done;
}
