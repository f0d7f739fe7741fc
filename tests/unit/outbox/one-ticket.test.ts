/** The whole way from the store to a ticket system that is only a model: whatever happens in whatever order, one ticket. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { RelaisError } from '../../../utils/core/errors.ts';
import type { HttpResponse } from '../../../utils/http.ts';
import { createCourier } from '../../../utils/outbox/courier.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { resumed } from '../../../utils/outbox/decide.ts';
import { addDelivery, changeDelivery, findDelivery, removePause } from '../../../utils/outbox/deliveries.ts';
import { closeJournal, journalName } from '../../../utils/outbox/journal.ts';
import { engine } from '../../../utils/recipes/engine.ts';
import { deliveryOf } from '../../support/records.ts';
import { type Asked, article, connection, draft, small } from '../recipes/support.ts';

/** What meets one request. `acts`: the system carries it out; `late`: so much later, in ms. */
interface Fate {
  readonly acts: boolean;
  readonly late?: number;
  readonly outcome: 'answer' | 'lost' | 'stop' | Partial<HttpResponse>;
}

const page = { status: 200, body: '<!doctype html><title>Sign in</title>', headers: { 'content-type': 'text/html' } };
const fates: readonly Fate[] = [
  { acts: true, outcome: 'answer' },
  { acts: false, outcome: 'lost' },
  { acts: true, outcome: 'lost' },
  { acts: true, late: 1_500, outcome: 'lost' },
  { acts: false, outcome: 'stop' },
  { acts: true, outcome: 'stop' },
  { acts: true, outcome: { status: 500 } },
  { acts: false, outcome: { status: 502 } },
  { acts: true, outcome: { status: 422, body: '{"message":"a notification failed"}' } },
  { acts: true, outcome: { status: 200, body: '{"id": "' } },
  { acts: true, outcome: { status: 200, body: '' } },
  { acts: false, outcome: { status: 429 } },
  { acts: false, outcome: { status: 429, headers: { 'retry-after': '90' } } },
  { acts: false, outcome: { status: 503, headers: { 'retry-after': '5' } } },
  { acts: false, outcome: { status: 302, redirected: true } },
  { acts: true, outcome: { status: 303, redirected: true } },
  { acts: false, outcome: { status: 401 } },
  { acts: false, outcome: page },
  { acts: true, outcome: page },
];

interface ModelTicket {
  readonly id: string;
  readonly ref: string;
  readonly from: number;
  readonly articles: { readonly ref: string; readonly from: number }[];
}

const three = draft({ articles: [article(1), article(2), article(3)] });
const originalLocks = Object.getOwnPropertyDescriptor(globalThis.navigator, 'locks');
afterAll(() => {
  if (originalLocks) Object.defineProperty(globalThis.navigator, 'locks', originalLocks);
});

/** A worker that was stopped takes its lock along. */
function newLocks(): void {
  const request = (_: string, run: () => Promise<void>) => run();
  Object.defineProperty(globalThis.navigator, 'locks', { configurable: true, value: { request } });
}

async function emptyStores(): Promise<void> {
  await closeDatabase();
  await closeJournal();
  for (const name of [databaseName, journalName]) {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    indexedDB.deleteDatabase(name).onsuccess = resolve;
    await promise;
  }
}

/** Sends one thread through everything that `script` holds in store; the tickets that the model then has. */
async function endured(script: readonly Fate[], stopsAtChange: readonly boolean[], classOf: string): Promise<readonly ModelTicket[]> {
  await emptyStores();
  const coming = [...script];
  const changes = [...stopsAtChange];
  const tickets: ModelTicket[] = [];
  let now = 1_000_000;
  let alarm: number | undefined;
  const base = small();
  const recipe = small({
    dedupe: { ...(base.dedupe as object), class: classOf },
    append: [{ ...(base.create as object[])[1], when: undefined }],
  });

  /** Carries a request out and answers it; what is late is not seen before its time. */
  function act({ method, path, body }: Asked, late = 0): Partial<HttpResponse> {
    const [, , id, part] = path.split('?')[0]?.split('/') ?? [];
    const ticket = tickets.find((one) => one.id === id && one.from <= now);
    const seen = (one: { readonly from: number }) => one.from <= now;
    const json = (value: unknown) => ({ status: 200, body: JSON.stringify(value) });
    if (method === 'GET') {
      if (part === 'articles') return json(ticket?.articles.filter(seen).map(({ ref }) => ({ ref })) ?? []);
      if (id) return ticket ? json({ id: ticket.id, ref: ticket.ref, number: ticket.id }) : { status: 404 };
      return json(tickets.filter(seen).map((one) => ({ id: one.id })));
    }
    const { ref } = JSON.parse(String(body)) as { readonly ref: string };
    if (part === 'articles') {
      ticket?.articles.push({ ref, from: now + late });
      return json({ id: 'a' });
    }
    tickets.push({ id: String(tickets.length + 1), ref, from: now + late, articles: [] });
    return json({ id: String(tickets.length) });
  }

  /** One worker's life: until nothing is due, or until it is stopped. */
  async function live(): Promise<void> {
    newLocks();
    const stopped = Promise.withResolvers<void>();
    const stop = (): Promise<never> => {
      stopped.resolve();
      return new Promise(() => undefined);
    };
    const courier = createCourier({
      engine,
      connection: async () => connection(recipe),
      http: async (request) => {
        const { pathname, search } = new URL(request.url);
        const asked = { ...request, path: pathname + search } as Asked;
        const { acts, late, outcome } = coming.shift() ?? { acts: true, outcome: 'answer' };
        const answer = acts ? act(asked, late) : undefined;
        if (outcome === 'stop') return stop();
        if (outcome === 'lost') throw new RelaisError(request.method === 'GET' ? 'offline' : 'connection-lost', 'lost');
        return { headers: {}, redirected: false, body: '', status: 200, ...(outcome === 'answer' ? answer : outcome) };
      },
      readBlob: async () => new Blob([]),
      now: () => now,
      random: () => 0.5,
      holder: crypto.randomUUID(),
      changed: async () => (changes.shift() ? stop() : undefined),
      wakeAt: async (when) => {
        alarm = when;
      },
    });
    await Promise.race([courier.look(), stopped.promise]);
  }

  await addDelivery(deliveryOf('d1', { reference: three.reference, articles: three.articles.map(({ reference }) => reference) }), three);
  for (let round = 0; round < 300; round++) {
    await live();
    const delivery = await findDelivery('d1');
    if (delivery?.state.status === 'delivered') return tickets;
    // A person looks at what has stopped, or mends the sign-in; else the alarm rings, or the browser starts anew.
    if (delivery?.state.status === 'stopped') await changeDelivery('d1', (found) => resumed(found, now));
    await removePause('rt');
    now = Math.max(now + 1, alarm ?? now + 60_000);
  }
  throw new Error(`Not delivered: ${JSON.stringify((await findDelivery('d1'))?.state)}`);
}

describe('one thread', () => {
  it.each(['exact', 'indexed'])(
    'is one ticket with each message once, whatever happens in whatever order (%s look-up)',
    { timeout: 240_000 },
    async (classOf) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...fates), { maxLength: 24 }),
          fc.array(fc.boolean(), { maxLength: 12 }),
          async (script, stopsAtChange) => {
            const tickets = await endured(script, stopsAtChange, classOf);
            expect(tickets.map(({ ref }) => ref)).toEqual([three.reference]);
            expect(tickets[0]?.articles.map(({ ref }) => ref)).toEqual([article(2).reference, article(3).reference]);
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});
