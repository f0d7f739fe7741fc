import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Target } from '../../../utils/core/capture.ts';
import { draftOf, formOf } from '../../../utils/core/draft.ts';
import { articleReference } from '../../../utils/core/reference.ts';
import type { Receipt } from '../../../utils/core/ticket.ts';
import { closeDatabase, database, databaseName } from '../../../utils/outbox/database.ts';
import { stepStarted } from '../../../utils/outbox/decide.ts';
import { changeDelivery, putDelivery, readDraft } from '../../../utils/outbox/deliveries.ts';
import { submit } from '../../../utils/outbox/submit.ts';
import { ticketsOf } from '../../../utils/worker/thread-tickets.ts';
import { deliveryRow } from '../../../utils/worker/views.ts';
import { captureOf, deliveryOf, thread, words } from '../../support/records.ts';

const endpoints = [{ id: 'rt' }, { id: 'znuny' }] as never;
const defaults = {
  endpoints: [
    { id: 'rt', needsQueue: true, defaults: {} },
    { id: 'znuny', needsQueue: false, defaults: {} },
  ],
};
const capture = captureOf('c9');
const receiptOf = (number: string): Receipt => ({ ticketId: number, number, url: `https://desk.example.org/${number}`, warnings: [] });
const articles = (reference: string, ids: readonly string[]) =>
  Promise.all(ids.map((id) => articleReference(reference, `${id}@client.example.net`)));

/** A delivery of some of the thread's messages that has arrived. */
async function sent(
  id: string,
  number: string,
  messages: readonly string[],
  { endpointId = 'rt', reference = thread.reference, link = true } = {},
) {
  const delivery = deliveryOf(id, {
    endpointId,
    reference,
    articles: await articles(reference, messages),
    state: { status: 'delivered', at: 1, receipt: receiptOf(number) },
  });
  await putDelivery(delivery, {} as never);
  if (link)
    await (await database()).put('links', {
      origin: capture.origin,
      key: capture.threadKey,
      endpointId,
      deliveryId: id,
      receipt: receiptOf(number),
    });
}

const tickets = () => ticketsOf(capture, { endpoints });
const draft = async (target?: Target, note = '') =>
  draftOf({ ...capture, edits: { ...(target && { target }), ...(note && { note }) } }, defaults, words, await tickets());

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
});

describe('the tickets of a thread', () => {
  it('are none before anything was sent', async () => {
    expect(await tickets()).toEqual([]);
    expect(formOf(capture, defaults, await tickets())).toMatchObject({ target: { kind: 'new' }, endpointId: 'rt' });
  });

  it('name the messages that are in them, those of earlier additions too', async () => {
    await sent('c1', '4711', ['m1']);
    await sent('c2', '4711', ['m2']);
    const [ticket, ...rest] = await tickets();
    expect(rest).toEqual([]);
    expect(ticket).toMatchObject({ endpointId: 'rt', number: '4711', url: 'https://desk.example.org/4711' });
    expect([...(ticket?.messages ?? [])]).toEqual(['m1', 'm2']);
  });

  it('are found by the reference where the thread stands under another key', async () => {
    await sent('c1', '4711', ['m1'], { link: false });
    expect(await tickets()).toMatchObject([{ number: '4711' }]);
  });

  it('lead to the ticket system that the button names', async () => {
    await sent('c1', '4711', ['m1'], { link: false });
    await sent('c2', '88', ['m1'], { endpointId: 'znuny' });
    expect((await tickets()).map(({ number }) => number)).toEqual(['88', '4711']);
    expect(formOf(capture, defaults, await tickets())).toMatchObject({ endpointId: 'znuny', target: { kind: 'append', number: '88' } });
  });
});

describe('a draft for a thread with a ticket', () => {
  beforeEach(() => sent('c1', '4711', ['m1', 'm2']));

  it('adds only what is new, and needs no queue for that', async () => {
    const made = await draft();
    expect(made).toMatchObject({ action: { kind: 'append', ticketId: '4711' }, reference: thread.reference });
    expect(made.articles.map(({ id }) => id)).toEqual(['m3']);
    expect(made).not.toHaveProperty('queue');
  });

  it('adds a note alone where nothing is new', async () => {
    await sent('c2', '4711', ['m3']);
    expect(await draft(undefined, 'Called')).toMatchObject({ action: { kind: 'append' }, articles: [], note: 'Called' });
  });

  it('goes out whole where there is nothing to add, so that the outbox finds it there', async () => {
    await sent('c2', '4711', ['m3']);
    const made = await draft();
    expect(made.action).toEqual({ kind: 'create' });
    expect(made.articles).toHaveLength(3);
  });

  it('sends all of it to another ticket that was chosen', async () => {
    const made = await draft({ kind: 'append', ticketId: '12', number: '12' });
    expect(made.action).toEqual({ kind: 'append', ticketId: '12' });
    expect(made.articles).toHaveLength(3);
  });

  it('has a reference of its own where a second ticket is wanted, the same at every try', async () => {
    const queue = { id: '3', label: 'Support' };
    const wanted = { ...capture, edits: { target: { kind: 'new' } as const, queue } };
    const first = await draftOf(wanted, defaults, words, await tickets());
    expect(first.action).toEqual({ kind: 'create' });
    expect(first.reference).toMatch(/^relais-[a-z0-9]{20}$/);
    expect(first.reference).not.toBe(thread.reference);
    expect(first.articles).toHaveLength(3);
    expect((await draftOf(wanted, defaults, words, await tickets())).reference).toBe(first.reference);
    await expect(draft({ kind: 'new' })).rejects.toMatchObject({ details: { field: 'queue' } });
  });

  it('follows the second ticket from then on', async () => {
    const second = 'relais-zzzzzzzzzzzzzzzzzzzz';
    await sent('c2', '4712', ['m1'], { reference: second });
    const made = await draft();
    expect(made.action).toEqual({ kind: 'append', ticketId: '4712' });
    expect(made.articles.map(({ id }) => id)).toEqual(['m2', 'm3']);
  });

  it('is refused where a ticket was to be chosen and was not', async () => {
    await expect(draft({ kind: 'append', ticketId: '', number: '' })).rejects.toMatchObject({ details: { field: 'ticket' } });
  });

  it('becomes a delivery that says so', async () => {
    expect(await submit(capture, defaults, words, 5, 0, await tickets())).toMatchObject({
      action: { kind: 'append', ticketId: '4711' },
      articles: await articles(thread.reference, ['m3']),
    });
  });

  it('says what does not travel, for the row in the outbox, until an edit mends it', async () => {
    const lacking = { ...words, incomplete: () => '2 of 3 messages' };
    const stored = await submit({ ...capture, id: 'c9' }, defaults, lacking, 5, 0, await tickets());
    expect(deliveryRow(stored, 'RT', undefined)).toMatchObject({ incomplete: '2 of 3 messages' });
    await changeDelivery('c9', (found) => ({ ...found, state: { status: 'stopped' } }));
    const mended = await submit({ ...capture, id: 'c9' }, defaults, words, 6, 0, await tickets());
    expect(deliveryRow(mended, 'RT', undefined)).not.toHaveProperty('incomplete');
  });

  it('says while a request is under way since when, and the bytes of all files', async () => {
    const stored = await submit({ ...capture, id: 'c10' }, defaults, words, 5, 0, await tickets());
    expect(deliveryRow(stored, 'RT', undefined)).not.toHaveProperty('underWay');
    const files = (await readDraft('c10')).articles.flatMap((article) => article.files);
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(deliveryRow(stepStarted(stored, 'create', 'worker', 9), 'RT', undefined)).toMatchObject({ underWay: { since: 9, bytes } });
  });
});
