/** Keeps the ledger: every request that left, the newest `ledgerSize` of them. */

import { gathered } from '../core/gathered.ts';
import { type LedgerEntry, ledgerSize } from '../ledger.ts';
import type { LedgerPage } from '../options-views.ts';
import { database } from '../outbox/database.ts';

/** Resolves when it is kept. */
export const record = gathered<LedgerEntry>(async (entries) => {
  const tx = (await database()).transaction('ledger', 'readwrite');
  const keys = await Promise.all(entries.map((entry) => tx.store.add(entry)));
  const full = keys.find((key) => key % 100 === 0);
  if (full !== undefined) await tx.store.delete(IDBKeyRange.upperBound(full - ledgerSize));
  await tx.done;
});

/** Entries with all these words in them, newest first, from behind the entry `before` on. */
export async function readLedger(before: number | undefined, words: string, limit: number): Promise<LedgerPage> {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const range = before === undefined ? null : IDBKeyRange.upperBound(before, true);
  const rows: LedgerPage['rows'][number][] = [];
  let cursor = await (await database()).transaction('ledger').store.openCursor(range, 'prev');
  while (cursor && rows.length < limit) {
    const { host, purpose, method, status, error } = cursor.value;
    const said = [host, purpose, method, status, error].join(' ').toLowerCase();
    if (wanted.every((word) => said.includes(word))) rows.push({ ...cursor.value, id: cursor.key });
    cursor = await cursor.continue();
  }
  const last = rows.at(-1);
  return { rows, ...(cursor && last && { next: last.id }) };
}
