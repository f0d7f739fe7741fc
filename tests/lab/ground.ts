/** What every recipe's test on a real server stands on: a way that may lose answers, and an outbox that is only a loop. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FinishedStep } from '../../utils/core/delivery.ts';
import { RelaisError, remedies } from '../../utils/core/errors.ts';
import type { Receipt } from '../../utils/core/ticket.ts';
import { createHttp } from '../../utils/http.ts';
import { engine } from '../../utils/recipes/engine.ts';
import type { Connection, EngineContext, Job } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import { type CuttingProxy, proxyTo } from './cutting-proxy.ts';
import { type Case, client, newCase, note } from './draft.ts';
import { endpointOf } from './endpoints.ts';
import { type HeldTicket, heldBy } from './held.ts';
import { type TicketSystem, ticketSystems } from './lab.ts';

const recipes = await loadRecipes();

export interface Ground {
  readonly test: typeof it;
  /** The running system itself, without the proxy. */
  needed(): TicketSystem;
  proxy(): CuttingProxy;
  /** In milliseconds; goes on when a delivery waits. */
  now(): number;
  connection(more?: Partial<Connection>): Connection;
  freshCase(): Case;
  contextOf(blobs: Case['blobs']): EngineContext;
  /** Delivers as the outbox does: steps are kept, a lost one is in doubt, until it is through. Says how often it began. */
  deliver(one: Pick<Case, 'draft' | 'blobs'>, more?: Partial<Job>): Promise<{ readonly receipt: Receipt; readonly attempts: number }>;
  /** The one ticket that holds the mark. */
  theOnly(mark: string): Promise<HeldTicket>;
}

/** Call it in a `describe`; where the lab lacks the system, its `test` skips, aloud. */
export function groundOn(name: TicketSystem['system']): Ground {
  const system = ticketSystems()[name];
  if (!system) console.warn(`SKIPPED: the lab has no ${name}. Start it with tests/lab/tickets/start ${name}`);
  const http = createHttp({ hasPermission: async () => true, record: () => {} });
  let proxy: CuttingProxy | undefined;
  let clock = Date.now();
  beforeAll(async () => {
    if (system) proxy = await proxyTo(new URL(system.baseUrl).origin);
  });
  afterAll(() => proxy?.close());

  const needed = (): TicketSystem => {
    if (!system) throw new Error('not running');
    return system;
  };
  const running = (): CuttingProxy => {
    if (!proxy) throw new Error('not running');
    return proxy;
  };

  function connection(more: Partial<Connection> = {}): Connection {
    const path = new URL(needed().baseUrl).pathname.replace(/\/$/, '');
    const { endpoint, secrets } = endpointOf({ ...needed(), baseUrl: `${running().origin}${path}` });
    const recipe = recipes.get(endpoint.recipe);
    if (!recipe) throw new Error(`No recipe ${endpoint.recipe}`);
    return { recipe, values: endpoint.values, secrets, ...more };
  }

  const contextOf = (blobs: Case['blobs']): EngineContext => ({
    // Node would ask for any language, and Znuny then names its priorities in Chinese.
    http: (request) => http({ ...request, headers: { 'accept-language': 'en', ...request.headers } }),
    now: () => clock,
    readBlob: async (key) => new Blob([new Uint8Array(blobs.get(key) ?? Buffer.alloc(0))]),
  });

  const deliver: Ground['deliver'] = async ({ draft, blobs }, more = {}) => {
    const finished: Record<string, FinishedStep> = {};
    let inDoubt: string | undefined;
    for (let attempts = 1; ; attempts += 1) {
      let started: string | undefined;
      try {
        const job: Job = {
          connection: connection(),
          action: { kind: 'create' },
          draft,
          finished,
          ...(inDoubt && { inDoubt, inDoubtSince: clock - 60_000 }),
          ...more,
        };
        const receipt = await engine.deliver(job, contextOf(blobs), {
          started: async (step) => {
            started = step;
          },
          finished: async (step, out) => {
            finished[step] = { at: clock, out };
            if (step === started) started = undefined;
            if (step === inDoubt) inDoubt = undefined;
          },
        });
        return { receipt, attempts };
      } catch (thrown) {
        if (!(thrown instanceof RelaisError) || remedies[thrown.code] !== 'check' || attempts > 5) throw thrown;
        inDoubt = started ?? inDoubt;
        clock += 60_000;
      }
    }
  };

  return {
    test: it.skipIf(!system) as typeof it,
    needed,
    proxy: running,
    now: () => clock,
    connection,
    // Redmine knows its projects by number.
    freshCase: () => (name === 'redmine' ? inQueue(newCase(), '2') : newCase()),
    contextOf,
    deliver,
    theOnly: async (mark) => {
      const tickets = await heldBy(needed(), mark);
      expect(tickets.map(({ title }) => title)).toHaveLength(1);
      const [ticket] = tickets;
      if (!ticket) throw new Error('no ticket');
      return ticket;
    },
  };
}

/** The same case for another queue. */
export function inQueue(one: Case, id: string): Case {
  return { ...one, draft: { ...one.draft, queue: { id, label: id } } };
}

/** The same case with more files at its first message. */
export function withFiles(one: Case, files: ReadonlyMap<string, Buffer>): Case {
  const [first, ...rest] = one.draft.articles;
  if (!first) throw new Error('no article');
  const added = [...files].map(([filename, { length }]) => ({
    id: filename,
    blob: `${one.mark}/${filename}`,
    size: length,
    filename,
    mediaType: 'application/octet-stream',
    sha256: '',
    kind: 'attachment' as const,
  }));
  const blobs = new Map([...one.blobs, ...[...files].map(([filename, bytes]) => [`${one.mark}/${filename}`, bytes] as const)]);
  return { ...one, blobs, draft: { ...one.draft, articles: [{ ...first, files: [...first.files, ...added] }, ...rest] } };
}

/** The same case with a file of 20 MB that no server can pack or guess. */
export function withLargeFile(one: Case): Case {
  return withFiles(one, new Map([['large.bin', randomBytes(20_000_000)]]));
}

/** Everything that was sent is there, once: the articles, the note internal, the files byte for byte. */
export async function expectWhole({ theOnly }: Pick<Ground, 'theOnly'>, { mark, draft, blobs }: Case): Promise<HeldTicket> {
  const held = await theOnly(mark);
  expect(held).toMatchObject({ queue: 'Support', requester: client.address });
  expect(held.title).toContain(draft.title);
  const articles = held.articles.filter(({ text }) => /Message \d : déjà vu, 12 €/.test(text));
  expect(articles.map(({ text }) => /Message \d/.exec(text)?.[0])).toEqual(['Message 1', 'Message 2', 'Message 3']);
  const notes = held.articles.filter(({ text }) => text.includes(note));
  expect(notes).toMatchObject([{ internal: true }]);
  const files = held.articles.flatMap((article) => article.files);
  for (const sent of draft.articles.flatMap((article) => article.files).filter(({ size }) => size > 0)) {
    const there = files.filter((held) => held.name === sent.filename);
    expect(there, sent.filename).toHaveLength(1);
    expect(there[0]?.bytes.equals(blobs.get(sent.blob) ?? Buffer.alloc(0)), sent.filename).toBe(true);
  }
  expect(held.articles[0]?.text).toContain(draft.incomplete);
  for (const [at, article] of articles.entries())
    expect(article.text).toContain(at === 0 ? draft.reference : (draft.articles[at]?.reference ?? ''));
  return held;
}
