import { describe, expect, it } from 'vitest';
import { gathered } from '../../../utils/core/gathered.ts';

describe('gathered', () => {
  it('writes together what comes while others are written', async () => {
    const batches: (readonly number[])[] = [];
    const first = Promise.withResolvers<void>();
    const write = gathered<number>(async (items) => {
      batches.push(items);
      if (items.includes(1)) await first.promise;
    });
    const one = write(1);
    await Promise.resolve();
    await Promise.resolve();
    const others = [write(2), write(3), write(4)];
    first.resolve();
    await Promise.all([one, ...others]);
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('tells those of a write that failed, and goes on', async () => {
    const written: number[] = [];
    const write = gathered<number>(async (items) => {
      if (items.includes(2)) throw new Error('full');
      written.push(...items);
    });
    const [one, two] = await Promise.allSettled([write(1).then(() => write(4)), write(2)]);
    expect([one.status, two.status]).toEqual(['rejected', 'rejected']);
    await write(3);
    expect(written).toEqual([3]);
  });
});
