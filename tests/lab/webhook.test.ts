/**
 * The webhook recipe against a receiver of our own: a small server that checks the signature and drops what it has seen by
 * `Idempotency-Key`, as docs/systems.md asks of a flow in n8n or Node-RED. It is none of those products.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { TicketDraft } from '../../utils/core/ticket.ts';
import { createHttp } from '../../utils/http.ts';
import { engine } from '../../utils/recipes/engine.ts';
import type { Connection, EngineContext, Job } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import { bodyOf, json, type LocalServer, serve } from '../support/local-server.ts';
import { type Case, newCase, note } from './draft.ts';

interface Document {
  readonly event: string;
  readonly ticket?: string;
  readonly reference: string;
  readonly note: string;
  readonly articles: readonly {
    readonly text: string;
    readonly attachments: readonly { readonly name: string; readonly content: string }[];
  }[];
}

const secret = 'a secret for the lab';
const recipe = (await loadRecipes()).get('webhook');
const http = createHttp({ hasPermission: async () => true, record: () => {} });
let receiver: LocalServer;
let losesNext = false;
const taken = new Map<string, { readonly document: Document; readonly answer: object }>();

beforeAll(async () => {
  receiver = await serve(async (request, response) => {
    const body = await bodyOf(request);
    const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
    const given = Buffer.from(String(request.headers['x-relais-signature'] ?? ''));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return json(response, 401, { message: 'Wrong signature' });
    const key = String(request.headers['idempotency-key']);
    const known = taken.get(key) ?? {
      document: JSON.parse(body.toString()) as Document,
      answer: { id: taken.size + 1, number: `T-${taken.size + 1}` },
    };
    taken.set(key, known);
    if (losesNext) {
      losesNext = false;
      return void request.socket.destroy();
    }
    json(response, 200, known.answer);
  });
});
beforeEach(() => taken.clear());
afterAll(() => receiver.close());

function connection(more: Partial<Connection> = {}): Connection {
  if (!recipe) throw new Error('No recipe webhook');
  return { recipe, values: { url: `${receiver.origin}/tickets`, answer: 'ticket' }, secrets: { secret }, ...more };
}

async function deliver({ draft, blobs }: Pick<Case, 'draft' | 'blobs'>, more: Partial<Job> = {}) {
  const context: EngineContext = {
    http,
    now: Date.now,
    readBlob: async (key) => new Blob([new Uint8Array(blobs.get(key) ?? Buffer.alloc(0))]),
  };
  const job: Job = { connection: connection(), action: { kind: 'create' }, draft, finished: {}, ...more };
  return engine.deliver(job, context, { started: async () => {}, finished: async () => {} });
}

it('hands over the whole thread, signed, a file of 20 MB byte for byte', async () => {
  const whole = newCase();
  const [first, ...rest] = whole.draft.articles;
  if (!first) throw new Error('no article');
  const bytes = randomBytes(20_000_000);
  const large = {
    ...first.files[0],
    id: 'large',
    filename: 'large.bin',
    size: bytes.length,
    blob: 'large',
  } as (typeof first.files)[number];
  const draft: TicketDraft = { ...whole.draft, articles: [{ ...first, files: [...first.files, large] }, ...rest] };
  expect(await deliver({ draft, blobs: new Map([...whole.blobs, ['large', bytes]]) })).toMatchObject({ ticketId: '1', number: 'T-1' });
  const { document } = taken.get(draft.reference) ?? {};
  expect(document).toMatchObject({ event: 'ticket.create', reference: draft.reference, note });
  expect(document?.articles.map(({ text }) => text)).toEqual(draft.articles.map(({ text }) => text));
  const kept = document?.articles[0]?.attachments.find(({ name }) => name === 'large.bin');
  expect(Buffer.from(kept?.content ?? '', 'base64').equals(bytes)).toBe(true);
});

it('asks after a lost answer, and a repeat makes no second ticket', async () => {
  const lost = newCase();
  losesNext = true;
  await expect(deliver(lost)).rejects.toMatchObject({ code: 'connection-lost' });
  await expect(deliver(lost, { inDoubt: 'create', inDoubtSince: 0 })).rejects.toMatchObject({ code: 'cannot-look-up' });
  expect(await deliver(lost, { inDoubt: 'create', inDoubtSince: 0, repeatAnyway: true })).toMatchObject({ number: 'T-1' });
  expect([...taken.keys()]).toEqual([lost.draft.reference]);
});

it('adds messages once, however often they are sent', async () => {
  const thread = newCase();
  await deliver(thread);
  const action = { kind: 'append', ticketId: '1' } as const;
  const draft = { ...thread.draft, articles: thread.draft.articles.slice(1) };
  await deliver({ ...thread, draft }, { action });
  await deliver({ ...thread, draft }, { action, inDoubt: 'append', inDoubtSince: 0, repeatAnyway: true });
  expect([...taken.values()].map(({ document }) => [document.event, document.ticket])).toEqual([
    ['ticket.create', undefined],
    ['ticket.append', '1'],
  ]);
});

it('stops where the signature is wrong', async () => {
  const { draft, blobs } = newCase();
  await expect(deliver({ draft, blobs }, { connection: connection({ secrets: { secret: 'another' } }) })).rejects.toMatchObject({
    code: 'unauthorised',
    details: { said: 'Wrong signature' },
  });
  expect(taken.size).toBe(0);
});
