import { coalesced } from './coalesced.ts';

/**
 * Writes one by one what comes one by one, and together what comes while others are written: several wait for one write.
 * Each call resolves or rejects with the write that its item was in.
 */
export function gathered<Item>(write: (items: readonly Item[]) => Promise<void>): (item: Item) => Promise<void> {
  let waiting: Item[] = [];
  let written = Promise.withResolvers<void>();
  const flush = coalesced(async () => {
    if (waiting.length === 0) return;
    const items = waiting;
    const { resolve, reject } = written;
    waiting = [];
    written = Promise.withResolvers();
    await write(items).then(resolve, reject);
  });
  return (item) => {
    waiting.push(item);
    const { promise } = written;
    void flush();
    return promise;
  };
}
