import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { RelaisError } from '../../../utils/core/errors.ts';
import type { TicketState } from '../../../utils/core/ticket.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { putPause } from '../../../utils/outbox/deliveries.ts';
import { changedIn, findTicket, markShown, putTold } from '../../../utils/outbox/tickets.ts';
import { createTickets, freshMs, mostAsked } from '../../../utils/worker/tickets.ts';
import { ticketRow } from '../../../utils/worker/views.ts';
import { deliveryOf } from '../../support/records.ts';

let now = 1_000_000;
let isOnline = true;
let told: Partial<TicketState> | Error = {};
const asked: string[] = [];
const tickets = createTickets({
  now: () => now,
  isOnline: () => isOnline,
  read: async (endpointId, ticketId) => {
    asked.push(`${endpointId}/${ticketId}`);
    if (told instanceof Error) throw told;
    return { ticketId, number: ticketId, ...told };
  },
});
const key = ['rt', '7'] as const;
const ask = () => tickets.refresh([key]);
/** What the list with this name shows as changed. */
const changes = async (look: string) => {
  const cached = await markShown(key, look);
  return changedIn(cached?.seen, cached?.told);
};

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
  now = 1_000_000;
  isOnline = true;
  told = { state: 'new', queue: 'Support' };
  asked.length = 0;
});

describe('asking how a ticket stands', () => {
  it('asks once within a minute, whatever came of it', async () => {
    expect(await ask()).toBe(true);
    expect(await ask()).toBe(false);
    now += freshMs - 1;
    expect(await ask()).toBe(false);
    expect(asked).toHaveLength(1);
    now += 1;
    told = new Error('gone');
    expect(await ask()).toBe(false);
    expect(await ask()).toBe(false);
    expect(asked).toHaveLength(2);
    expect(await findTicket(key)).toMatchObject({ told: { state: 'new' } });
  });

  it('keeps what was told of a ticket that is no longer shown, and says so until it is shown again', async () => {
    await ask();
    now += freshMs;
    told = new RelaisError('not-found', 'No such ticket');
    expect(await ask()).toBe(true);
    const cached = await findTicket(key);
    expect(cached).toMatchObject({ told: { state: 'new' }, isHidden: true });
    const receipt = { ticketId: '7', number: '7', warnings: [] };
    const sent = deliveryOf('d1', { state: { status: 'delivered', at: now, receipt } });
    expect(ticketRow([sent], 'RT', cached)).toMatchObject({ state: 'new', isHidden: true });
    now += freshMs;
    expect(await ask()).toBe(false);
    now += freshMs;
    told = { state: 'new', queue: 'Support' };
    expect(await ask()).toBe(true);
    expect(await findTicket(key)).not.toHaveProperty('isHidden');
  });

  it('asks again when the clock was set back by more', async () => {
    await ask();
    now -= 10 * freshMs;
    await ask();
    expect(asked).toHaveLength(2);
  });

  it('asks nothing offline, and nothing of a system that is paused', async () => {
    isOnline = false;
    await ask();
    isOnline = true;
    await putPause({ endpointId: 'rt', since: now, error: { code: 'unauthorised', message: '', details: {} }, tries: 1 });
    await ask();
    expect(asked).toEqual([]);
    await tickets.refresh([['other', '7']]);
    expect(asked).toEqual(['other/7']);
  });

  it('asks for no more than the newest of a long list', async () => {
    await tickets.refresh(Array.from({ length: 50 }, (_, index) => ['rt', String(index)] as const));
    expect(asked).toHaveLength(mostAsked);
    expect(asked[0]).toBe('rt/0');
  });

  it('tells news from what is known', async () => {
    await ask();
    now += freshMs;
    expect(await ask()).toBe(false);
    now += freshMs;
    told = { state: 'open', queue: 'Support' };
    expect(await ask()).toBe(true);
    expect(await findTicket(key)).toMatchObject({ changedAt: now, told: { state: 'open' } });
  });
});

describe('what changed since the person last looked', () => {
  const put = (state: string, owner?: string) => putTold(key, { ticketId: '7', number: '7', state, ...(owner && { owner }) }, now);

  it('is nothing at first, stays marked while the list is open, and is seen when the next one opens', async () => {
    await put('new');
    expect(await changes('monday')).toEqual([]);
    await put('closed', 'Ana');
    expect(await changes('monday')).toEqual(['state', 'owner']);
    expect(await changes('monday')).toEqual(['state', 'owner']);
    expect(await changes('tuesday')).toEqual([]);
  });

  it('is marked when it came while nobody looked', async () => {
    await put('new');
    await put('open');
    expect(await changes('monday')).toEqual(['state']);
    expect(await changes('tuesday')).toEqual([]);
    await put('closed');
    expect(await changes('wednesday')).toEqual(['state']);
  });

  it('is forgotten when it was taken back before anybody saw it', async () => {
    await put('new');
    await put('open');
    await put('new');
    expect(await changes('monday')).toEqual([]);
  });
});
