import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Delivery } from '../../../utils/core/delivery.ts';
import { type ErrorCode, RelaisError } from '../../../utils/core/errors.ts';
import type { Receipt } from '../../../utils/core/ticket.ts';
import { createCourier } from '../../../utils/outbox/courier.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { appended, repeated, resumed } from '../../../utils/outbox/decide.ts';
import { addDelivery, changeDelivery, findDelivery, findPause } from '../../../utils/outbox/deliveries.ts';
import type { Engine, Found, Job, Progress } from '../../../utils/recipes/interface.ts';
import { deliveryOf, draft } from '../../support/records.ts';
import { until } from '../../support/until.ts';

type Script = (job: Job, progress: Progress) => Promise<Receipt>;

const receipt: Receipt = { ticketId: '7', number: '4711', warnings: [] };
let now = 1_000_000;
const alarms: (number | undefined)[] = [];
/** Told of each alarm while it is set. */
let woken: (when: number | undefined) => Promise<void>;

/** Answers each look-up of a reference in turn; nothing is found when they run out. */
let lookUps: (Found | undefined | RelaisError)[] = [];

function courierWith(script: Script, changed: (delivery: Delivery) => Promise<void> = async () => undefined) {
  const engine = {
    deliver: (job: Job, _: unknown, progress: Progress) => script(job, progress),
    lookUp: async () => {
      const next = lookUps.shift();
      if (next instanceof RelaisError) throw next;
      return next;
    },
  } as unknown as Engine;
  return createCourier({
    engine,
    connection: async (id) =>
      id === 'gone' ? undefined : ({ recipe: { dedupe: { class: 'exact' } }, values: { id }, secrets: {} } as never),
    http: () => Promise.reject(new Error('not used')),
    readBlob: () => Promise.reject(new Error('not used')),
    now: () => now,
    random: () => 0.5,
    holder: crypto.randomUUID(),
    changed,
    wakeAt: async (when) => {
      alarms.push(when);
      await woken(when);
    },
  });
}

const add = (id: string, change: Partial<Delivery> = {}) => addDelivery(deliveryOf(id, change), draft);
const fail = (code: ErrorCode, details = {}) => Promise.reject(new RelaisError(code, code, details));

/** Resolves once nothing is asked of the database for a while. */
async function rests(): Promise<void> {
  const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await until('nothing is asked of the database', async () => {
    const before = transactions.mock.calls.length;
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    return transactions.mock.calls.length === before;
  });
  transactions.mockRestore();
}

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
  now = 1_000_000;
  alarms.length = 0;
  woken = async () => undefined;
  lookUps = [];
});

describe('the courier', () => {
  it('stores a step before and after its request, and the receipt at the end', async () => {
    await add('d1');
    const seen: (string | undefined)[] = [];
    await courierWith(async (_, progress) => {
      await progress.started('create');
      seen.push((await findDelivery('d1'))?.inDoubt?.step);
      await progress.finished('create', { id: '7' });
      seen.push((await findDelivery('d1'))?.inDoubt?.step);
      return receipt;
    }).look();
    expect(seen).toEqual(['create', undefined]);
    expect(await findDelivery('d1')).toMatchObject({ state: { status: 'delivered', receipt }, finished: { create: { out: { id: '7' } } } });
    // One while it sends, for the case that the worker is stopped; none when everything is done.
    expect(alarms).toEqual([now + 60_000, undefined]);
  });

  it('hands what is in doubt back to the engine, with what was finished', async () => {
    await add('d1');
    await courierWith(async (_, progress) => {
      await progress.finished('upload', { token: 't' });
      await progress.started('create');
      return fail('connection-lost');
    }).look();
    const waiting = await findDelivery('d1');
    expect(waiting).toMatchObject({ state: { status: 'unsure' }, inDoubt: { step: 'create' } });
    expect(alarms.at(-1)).toBe(waiting?.state.status === 'unsure' ? waiting.state.dueAt : 0);
    now += 60_000;
    let job: Job | undefined;
    await courierWith(async (given) => {
      job = given;
      return receipt;
    }).look();
    expect(job).toMatchObject({ inDoubt: 'create', finished: { upload: { out: { token: 't' } } } });
  });

  it('finds what a stopped worker left in mid-flight and treats it as unknown', async () => {
    await add('d1', { state: { status: 'sending', leaseUntil: now + 900_000, holder: 'dead' }, inDoubt: { step: 'create', since: 1 } });
    let doubt: string | undefined;
    await courierWith(async (job) => {
      doubt = job.inDoubt;
      return receipt;
    }).look();
    expect(doubt).toBe('create');
  });

  it('pauses the endpoint, not its deliveries, and probes with one when the pause is over', async () => {
    for (const id of ['a', 'b', 'c']) await add(id, { reference: `relais-${id}` });
    let calls = 0;
    const signedOut = courierWith(() => {
      calls++;
      return fail('unauthorised');
    });
    await signedOut.look();
    expect(calls).toBeLessThanOrEqual(4);
    expect(await findPause('rt')).toMatchObject({ error: { code: 'unauthorised' } });
    const before = calls;
    await signedOut.look();
    expect(calls).toBe(before);
    expect(alarms.at(-1)).toBeUndefined();
  });

  it('does not let one delivery hold the others', async () => {
    await add('stuck', { reference: 'relais-stuck' });
    for (const id of ['a', 'b', 'c', 'd', 'e']) await add(id, { reference: `relais-${id}` });
    const freed = Promise.withResolvers<Receipt>();
    const others: string[] = [];
    let calls = 0;
    const looking = courierWith(async () => {
      if (calls++ === 0) return freed.promise;
      if (others.push('sent') === 5) freed.resolve(receipt);
      return receipt;
    }).look();
    await looking;
    expect(others).toHaveLength(5);
  });

  it('sends what comes while something slow is under way, and rests in between', async () => {
    await add('slow', { reference: 'relais-slow' });
    const upload = Promise.withResolvers<Receipt>();
    const begun = Promise.withResolvers<void>();
    let calls = 0;
    const courier = courierWith(async () => {
      if (calls++ > 0) return receipt;
      begun.resolve();
      return upload.promise;
    });
    const looking = courier.look();
    await begun.promise;
    await rests();
    await add('note', { reference: 'relais-note' });
    await add('held', { reference: 'relais-held', state: { status: 'held', dueAt: now + 5_000 } });
    void courier.look();
    await until('the note is sent', async () => (await findDelivery('note'))?.state.status === 'delivered');
    expect((await findDelivery('slow'))?.state.status).toBe('waiting');
    expect(alarms.at(-1)).toBe(now + 5_000);
    await rests();
    upload.resolve(receipt);
    await looking;
    expect((await findDelivery('slow'))?.state.status).toBe('delivered');
  });

  it('hears who calls while it is about to rest', async () => {
    await add('first', { reference: 'relais-first' });
    const courier = courierWith(async () => receipt);
    woken = async (when) => {
      if (when !== undefined || (await findDelivery('late'))) return;
      await add('late', { reference: 'relais-late' });
      void courier.look();
    };
    await courier.look();
    expect((await findDelivery('late'))?.state.status).toBe('delivered');
    expect(alarms.at(-1)).toBeUndefined();
  });

  it('does not let one ticket system that hangs hold another', async () => {
    for (let n = 0; n < 20; n++) await add(`rt${n}`, { reference: `relais-${n}` });
    await add('other', { reference: 'relais-other', endpointId: 'znuny' });
    const freed = Promise.withResolvers<Receipt>();
    let hanging = 0;
    const looking = courierWith(async ({ connection }) => {
      if (connection.values.id === 'znuny') {
        freed.resolve(receipt);
        return receipt;
      }
      hanging += 1;
      return freed.promise;
    }).look();
    await freed.promise;
    expect(hanging).toBeLessThanOrEqual(4);
    await looking;
    expect(hanging).toBe(20);
  });

  it('tries again what its person says, or what is due again, while another still hangs', async () => {
    await add('hangs', { reference: 'relais-hangs', endpointId: 'znuny' });
    await add('failed', { reference: 'relais-failed' });
    const freed = Promise.withResolvers<Receipt>();
    let tries = 0;
    const courier = courierWith(({ connection }) => {
      if (connection.values.id === 'znuny') return freed.promise;
      tries += 1;
      return tries === 1 ? fail('rejected') : Promise.resolve(receipt);
    });
    const looking = courier.look();
    try {
      await until('it is refused', async () => (await findDelivery('failed'))?.state.status === 'stopped');
      await changeDelivery('failed', (delivery) => resumed(delivery, now));
      void courier.look();
      await until('it is delivered', async () => (await findDelivery('failed'))?.state.status === 'delivered');
    } finally {
      freed.resolve(receipt);
      await looking;
    }
    expect(tries).toBe(2);
  });

  it('tries again what comes due again while another hangs, though nobody calls', async () => {
    await add('hangs', { reference: 'relais-hangs', endpointId: 'znuny' });
    await add('failed', { reference: 'relais-failed' });
    await add('after', { reference: 'relais-after', endpointId: 'redmine' });
    const freed = Promise.withResolvers<Receipt>();
    const late = Promise.withResolvers<Receipt>();
    let tries = 0;
    const courier = courierWith(({ connection }) => {
      if (connection.values.id === 'znuny') return freed.promise;
      if (connection.values.id === 'redmine') return late.promise;
      tries += 1;
      return tries === 1 ? fail('rate-limited') : Promise.resolve(receipt);
    });
    const looking = courier.look();
    try {
      await until('it has to wait', async () => (await findDelivery('failed'))?.error?.code === 'rate-limited');
      now += 24 * 60 * 60_000;
      late.resolve(receipt);
      await until('it is delivered', async () => (await findDelivery('failed'))?.state.status === 'delivered');
    } finally {
      freed.resolve(receipt);
      late.resolve(receipt);
      await looking;
    }
    expect(tries).toBe(2);
  });

  it('comes back for what came due in the moment in which it went to rest', async () => {
    await add('failed', { reference: 'relais-failed' });
    const courier = courierWith(() => fail('rate-limited'));
    await courier.look();
    const { state } = (await findDelivery('failed')) as Delivery;
    const dueAt = state.status === 'waiting' ? state.dueAt : 0;
    expect(alarms.at(-1)).toBe(dueAt);
    // The clock passes it between the last search and the setting of the alarm.
    now = dueAt;
    const quiet = courierWith(() => Promise.reject(new Error('not used')));
    vi.spyOn(navigator.locks, 'request').mockImplementationOnce(async () => undefined);
    await quiet.look();
    expect(alarms.at(-1)).toBe(dueAt);
    vi.restoreAllMocks();
  });

  it('keeps the order within a thread, and gives a later delivery of it only what is new', async () => {
    const article = (reference: string) => ({ reference }) as never;
    await addDelivery(deliveryOf('first', { articles: ['m1'] }), { ...draft, articles: [article('m1')] });
    await addDelivery(deliveryOf('second', { articles: ['m1', 'm2'], createdAt: 2_000 }), {
      ...draft,
      articles: [article('m1'), article('m2')],
    });
    await addDelivery(deliveryOf('third', { articles: ['m1', 'm2'], createdAt: 3_000 }), {
      ...draft,
      articles: [article('m1'), article('m2')],
    });
    const jobs: string[] = [];
    await courierWith(async ({ action, draft: { articles } }) => {
      jobs.push(`${action.kind} ${articles.map(({ reference }) => reference)}`);
      return receipt;
    }).look();
    expect(jobs).toEqual(['create m1', 'append m2']);
    expect(await findDelivery('third')).toMatchObject({ state: { status: 'delivered', receipt: { adopted: true, ticketId: '7' } } });
  });

  it.each([
    ['the clock was set back since', { createdAt: 500 }],
    ['both came in the same moment', { createdAt: 1_000 }],
  ])('looks for what an earlier delivery of the thread may have made before it makes another: %s', async (_, later) => {
    await add('b-first', { state: { status: 'unsure', since: 0, dueAt: now + 60_000 }, inDoubt: { step: 'create', since: 0 } });
    await add('a-second', later);
    const jobs: (string | undefined)[] = [];
    const courier = courierWith(async ({ inDoubt, action }) => {
      jobs.push(inDoubt ?? action.kind);
      return receipt;
    });
    await courier.look();
    expect(jobs).toEqual([]);
    now += 60_000;
    await courier.look();
    expect(jobs).toEqual(['create']);
    expect(await findDelivery('a-second')).toMatchObject({ state: { receipt: { adopted: true } } });
  });

  it('sends one of two that came in the same moment first, and what is left of the other after it', async () => {
    await add('b');
    await add('a');
    let calls = 0;
    await courierWith(async (_, progress) => {
      calls++;
      await progress.started('create');
      return fail('timeout');
    }).look();
    expect(calls).toBe(1);
  });

  it('lets go of its lock only when nothing is under way any more, whatever goes wrong beside it', async () => {
    await add('broken', { reference: 'relais-broken' });
    await add('slow', { reference: 'relais-slow', state: { status: 'waiting', dueAt: 1 } });
    const slow = Promise.withResolvers<Receipt>();
    let [calls, failures] = [0, 0];
    const courier = courierWith(
      async () => (++calls === 1 ? receipt : slow.promise),
      async ({ id, state }) => {
        if (id !== 'broken' || state.status !== 'delivered') return;
        failures += 1;
        throw new Error('No room for the links');
      },
    );
    let isOver = false;
    const looking = courier.look().catch((error: Error) => {
      isOver = true;
      return error.message;
    });
    await until('both were tried', async () => calls === 2 && failures > 0);
    await rests();
    expect(isOver).toBe(false);
    slow.resolve(receipt);
    expect(await looking).toBe('No room for the links');
    expect((await findDelivery('slow'))?.state.status).toBe('delivered');
    // Somebody comes back for what it left.
    expect(alarms.at(-1)).toBeGreaterThan(0);
  });

  it('leaves a later delivery waiting while an earlier one of its thread needs a person, without an alarm storm', async () => {
    await add('first');
    await add('second', { createdAt: 2_000 });
    await courierWith(() => fail('rejected', { said: 'No such queue' })).look();
    expect((await findDelivery('first'))?.state.status).toBe('stopped');
    expect((await findDelivery('second'))?.state.status).toBe('waiting');
    expect(alarms.at(-1)).toBeUndefined();
  });

  it('gives up its work when a person takes the delivery back in the middle', async () => {
    await add('d1');
    await courierWith(async (_, progress) => {
      await changeDelivery('d1', (delivery) => ({ ...delivery, state: { status: 'stopped' } }));
      await progress.started('create');
      return receipt;
    }).look();
    expect(await findDelivery('d1')).toMatchObject({ state: { status: 'stopped' } });
    expect(await findDelivery('d1')).not.toHaveProperty('inDoubt');
  });

  it('stops where the endpoint is gone, and says so', async () => {
    await add('d1', { endpointId: 'gone' });
    await courierWith(async () => receipt).look();
    expect(await findDelivery('d1')).toMatchObject({ state: { status: 'stopped' }, error: { code: 'no-endpoint' } });
  });

  it('makes no second ticket of a thread that a colleague sent, and adds to theirs when told', async () => {
    await add('d1');
    lookUps = [{ ticketId: '9', number: '9009' }];
    const jobs: Job['action'][] = [];
    const courier = courierWith(async ({ action }) => {
      jobs.push(action);
      return receipt;
    });
    await courier.look();
    expect(jobs).toEqual([]);
    expect(await findDelivery('d1')).toMatchObject({
      state: { status: 'stopped' },
      error: { code: 'already-in-tickets', details: { number: '9009' } },
    });
    await changeDelivery('d1', (delivery) => appended(delivery, '9', now));
    await courier.look();
    expect(jobs).toEqual([{ kind: 'append', ticketId: '9' }]);
  });

  it('makes a ticket all the same when a person says so, or where nothing can be looked up', async () => {
    await add('d1');
    await add('d2', { reference: 'relais-other' });
    lookUps = [{ ticketId: '9', number: '9009' }, new RelaisError('cannot-look-up', 'No way')];
    const courier = courierWith(async () => receipt);
    await courier.look();
    expect([(await findDelivery('d1'))?.state.status, (await findDelivery('d2'))?.state.status].sort()).toEqual(['delivered', 'stopped']);
    const stopped = (await findDelivery('d1'))?.state.status === 'stopped' ? 'd1' : 'd2';
    await changeDelivery(stopped, (delivery) => repeated(delivery, now));
    lookUps = [{ ticketId: '9', number: '9009' }];
    await courier.look();
    expect((await findDelivery(stopped))?.state.status).toBe('delivered');
  });

  it('sends again after a refusal where nothing can be looked up: the refusal has to do for an answer', async () => {
    await add('d1');
    const jobs: (boolean | undefined)[] = [];
    const courier = courierWith(async ({ inDoubt, inDoubtSince, repeatAnyway }, progress) => {
      jobs.push(repeatAnyway);
      // A system that has answered is not waited for.
      if (inDoubt !== undefined) expect(inDoubtSince).toBe(0);
      if (inDoubt !== undefined && !repeatAnyway) return fail('cannot-look-up');
      await progress.started('create');
      return jobs.length === 1 ? fail('rejected', { said: 'No such queue' }) : receipt;
    });
    await courier.look();
    expect((await findDelivery('d1'))?.state.status).toBe('stopped');
    await changeDelivery('d1', (delivery) => resumed(delivery, now));
    await courier.look();
    expect(jobs).toEqual([undefined, undefined, true]);
    expect((await findDelivery('d1'))?.state.status).toBe('delivered');
  });

  it('names the older ticket to the one of two colleagues who came second', async () => {
    await add('d1');
    const older = { ticketId: '3', number: '4707' };
    lookUps = [undefined, older];
    await courierWith(async () => receipt).look();
    expect(await findDelivery('d1')).toMatchObject({ state: { receipt: { ticketId: '7', twin: older } } });
  });

  it('is not put off for years by a clock that was set back', async () => {
    await add('d1', { state: { status: 'waiting', dueAt: now + 400 * 24 * 60 * 60_000 } });
    await courierWith(async () => receipt).look();
    expect((await findDelivery('d1'))?.state.status).toBe('delivered');
  });

  it('sends what is held when a clock that was set back makes its time to undo last for hours', async () => {
    await add('d1', { state: { status: 'held', dueAt: now + 3 * 60 * 60_000 } });
    await add('d2', { state: { status: 'held', dueAt: now + 6_000 }, reference: 'relais-young' });
    await courierWith(async () => receipt).look();
    expect((await findDelivery('d1'))?.state.status).toBe('delivered');
    expect((await findDelivery('d2'))?.state.status).toBe('held');
  });

  it('keeps what it sent before in doubt when the repeat of it is told to come later', async () => {
    await add('d1', { state: { status: 'unsure', since: 0, dueAt: now }, inDoubt: { step: 'create', since: 0 } });
    await courierWith(async (_, progress) => {
      await progress.started('create');
      return fail('rate-limited');
    }).look();
    expect(await findDelivery('d1')).toMatchObject({ state: { status: 'unsure' }, inDoubt: { step: 'create' } });
  });

  it('makes exactly one ticket whatever fails, as long as the engine looks up what is in doubt', async () => {
    const fate = fc.constantFrom('ok', 'lost before', 'lost after', 'refused once', 'died before', 'died after');
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 8 }), async (fates) => {
        const id = crypto.randomUUID();
        const reference = `relais-${id}`;
        await addDelivery(deliveryOf(id, { reference }), { ...draft, reference });
        let tickets = 0;
        let onDisk: Delivery | undefined;
        const left = [...fates];
        /** The worker stops here: what is on disk now is what the next one finds. */
        const stop = async () => {
          onDisk = await findDelivery(id);
          throw new RelaisError('interrupted', 'stopped');
        };
        const server: Script = async (job, progress) => {
          if (job.inDoubt === undefined || tickets === 0) {
            await progress.started('create');
            const happens = left.shift() ?? 'ok';
            if (happens === 'refused once') return fail('unavailable');
            if (happens === 'lost before') return fail('timeout');
            if (happens === 'died before') await stop();
            tickets++;
            if (happens === 'lost after') return fail('connection-lost');
            if (happens === 'died after') await stop();
          }
          await progress.finished('create', { id: '7' });
          return receipt;
        };
        for (let look = 0; look <= fates.length; look++) {
          now += 24 * 60 * 60_000;
          onDisk = undefined;
          await courierWith(server).look();
          const found = onDisk as Delivery | undefined;
          if (found) await changeDelivery(id, () => found);
        }
        expect(tickets).toBe(1);
        expect((await findDelivery(id))?.state.status).toBe('delivered');
      }),
    );
  }, 60_000);
});
