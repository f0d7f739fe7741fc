import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../../utils/core/delivery.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { addDelivery } from '../../../utils/outbox/deliveries.ts';
import { createPicker } from '../../../utils/outbox/pick.ts';
import { deliveryOf, draft } from '../../support/records.ts';

const now = 1_000_000;
const nothing = new Map();

/** Due at `due`, a thread of its own unless said otherwise. */
const add = (id: string, due: number, change: Partial<Delivery> = {}) =>
  addDelivery(deliveryOf(id, { reference: `relais-${id}`, state: { status: 'waiting', dueAt: due }, ...change }), draft);

/** Every id in the order it is picked. */
async function all(picker = createPicker(() => now)): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let picked = await picker.next(nothing); picked; picked = await picker.next(nothing)) ids.push(picked.delivery.id);
  return ids;
}

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
});

describe('which delivery is next', () => {
  it('gives each once, the longest waiting first, also where all are due in the same moment', async () => {
    const ids = Array.from({ length: 100 }, (_, n) => `d${String(n).padStart(3, '0')}`);
    for (const id of [...ids].reverse()) await add(id, now - 5);
    await add('early', now - 9);
    await add('late', now + 1);
    expect(await all()).toEqual(['early', ...ids]);
  });

  it('is not held by any number of deliveries that wait behind a stopped one', async () => {
    await add('stopped', now - 99, {
      reference: 'relais-held',
      createdAt: 1,
      state: { status: 'stopped', error: { code: 'rejected', message: 'no', details: {} } } as never,
    });
    for (let n = 0; n < 70; n++) await add(`held${n}`, now - 50, { reference: 'relais-held', createdAt: 2 + n });
    await add('free', now - 1);
    expect(await all()).toEqual(['free']);
  });

  it('gives every ticket system its turn, those too that come later', async () => {
    for (let n = 0; n < 90; n++) await add(`rt${n}`, now - 90 + n);
    await add('other', now - 1, { endpointId: 'znuny' });
    const picker = createPicker(() => now);
    const first = [await picker.next(nothing), await picker.next(nothing)].map((picked) => picked?.delivery.endpointId);
    expect(first.sort()).toEqual(['rt', 'znuny']);
    await add('new', now, { endpointId: 'zammad' });
    const rest = await all(picker);
    expect(rest).toHaveLength(90);
    expect(rest.indexOf('new')).toBeLessThan(40);
  });

  it('skips a system that waits for a person, and goes on with it once it is back', async () => {
    await add('a', now - 2);
    await add('b', now - 1);
    await add('c', now - 1, { endpointId: 'znuny' });
    const picker = createPicker(() => now);
    expect((await picker.next(nothing))?.delivery.id).toBe('a');
    picker.paused('rt', { endpointId: 'rt', since: now, error: { code: 'unauthorised', message: '', details: {} }, tries: 1 });
    expect((await picker.next(nothing))?.delivery.id).toBe('c');
    picker.paused('rt', undefined);
    expect((await picker.next(nothing))?.delivery.id).toBe('b');
  });
});
