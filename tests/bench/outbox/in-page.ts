/** Runs in a page of the extension, on the extension's own database; `bench` is called from outside through the debugger. */
import { openDB } from 'idb';
import type { Delivery } from '../../../utils/core/delivery.ts';
import type { SafeHtml } from '../../../utils/core/thread.ts';
import type { TicketDraft } from '../../../utils/core/ticket.ts';
import { database } from '../../../utils/outbox/database.ts';
import { dueOf } from '../../../utils/outbox/decide.ts';
import { addDelivery, countIn, putPause, removeDelivery, removePause } from '../../../utils/outbox/deliveries.ts';
import { forgetJournal } from '../../../utils/outbox/journal.ts';

const strict = { durability: 'strict' } as const;

/** A thread of two messages of a page each; what a person submits most. */
function sample(id: string, createdAt: number): { readonly delivery: Delivery; readonly draft: TicketDraft } {
  const client = { address: 'client@client.example.net', name: 'Client' };
  const reference = `relais-${id.padStart(20, '0')}`;
  const text = 'The display case we had in February has cracked over night. '.repeat(40);
  const draft: TicketDraft = {
    reference,
    title: `Display case ${id}`,
    requester: client,
    queue: { id: 'Support', label: 'Support' },
    note: '',
    articles: [1, 2].map((n) => ({
      id: `m${n}`,
      reference: `${reference}-${n}`,
      messageId: `${id}.${n}@client.example.net`,
      from: client,
      to: [{ address: 'lead@example.org', name: 'Lead' }],
      cc: [],
      subject: `Display case ${id}`,
      sentAt: '2026-03-02T09:00:00+01:00',
      text,
      markdown: text,
      html: `<p>${text}</p>` as SafeHtml,
      files: [],
    })),
    incomplete: '',
    sourceUrl: 'https://mail.example.org/',
  } as TicketDraft;
  const delivery: Delivery = {
    version: 1,
    id,
    kind: 'thread',
    endpointId: 'desk',
    reference,
    createdAt,
    action: { kind: 'create' },
    title: draft.title,
    articles: draft.articles.map((article) => article.reference),
    state: { status: 'waiting', dueAt: createdAt },
    attempts: 0,
    finished: {},
  };
  return { delivery, draft };
}

/** Many of them, the last one the newest; `far` ones are due tomorrow and stay where they are. */
function samples(prefix: string, count: number, far: boolean): ReturnType<typeof sample>[] {
  const now = Date.now() - count;
  return Array.from({ length: count }, (_, n) => {
    const { delivery, draft } = sample(`${prefix}${n}`, now + n);
    return { delivery: far ? { ...delivery, state: { status: 'waiting', dueAt: now + 86_400_000 } } : delivery, draft };
  });
}

/** Milliseconds for `count` deliveries, one after the other, as clicks come. */
async function store(prefix: string, count: number, far = false): Promise<number> {
  const all = samples(prefix, count, far);
  const start = performance.now();
  for (const { delivery, draft } of all) await addDelivery(delivery, draft);
  return performance.now() - start;
}

/** The same rows in as few writes as can be: for what is measured of a full outbox, not of filling it. */
async function fill(prefix: string, count: number): Promise<void> {
  const all = samples(prefix, count, true);
  while (all.length > 0) {
    const tx = (await database()).transaction(['deliveries', 'drafts'], 'readwrite');
    const puts = all.splice(0, 1_000).flatMap(({ delivery, draft }) => {
      const due = dueOf(delivery);
      const row = due === undefined ? delivery : { ...delivery, due };
      return [tx.objectStore('deliveries').put(row), tx.objectStore('drafts').put(draft, delivery.id)];
    });
    await Promise.all([...puts, tx.done]);
  }
}

/** The same bytes into a database of two object stores, one strict transaction each: the least that any outbox does. */
async function storeBare(count: number): Promise<number> {
  const db = await openDB('bench', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('deliveries', { keyPath: 'id' });
      fresh.createObjectStore('drafts');
    },
  });
  const samples = Array.from({ length: count }, (_, n) => sample(`bare${performance.now()}-${n}`, n));
  const start = performance.now();
  for (const { delivery, draft } of samples) {
    const tx = db.transaction(['deliveries', 'drafts'], 'readwrite', strict);
    await Promise.all([tx.objectStore('deliveries').put(delivery), tx.objectStore('drafts').put(draft, delivery.id), tx.done]);
  }
  const time = performance.now() - start;
  db.close();
  return time;
}

async function clear(): Promise<void> {
  const ids = (await (await database()).getAllKeys('deliveries')) as string[];
  for (const id of ids) {
    await removeDelivery(id);
    await forgetJournal(id);
  }
}

/** While it waits for a person, an endpoint is not asked. */
const hold = () =>
  putPause({ endpointId: 'desk', since: 0, error: { code: 'unauthorised', message: 'held by the bench', details: {} }, tries: 1 });

const bench = { hold, release: () => removePause('desk'), store, fill, storeBare, clear, delivered: () => countIn('delivered') };
export type Bench = typeof bench;
Reflect.set(globalThis, 'bench', bench);
