/**
 * A ticket system that keeps what it is sent, and answers one kind of request as an enemy would. Which one is in its
 * address, `/<attack>/<way>/…`, so that each endpoint is attacked at one place and served honestly at every other.
 */
import type { ServerResponse } from 'node:http';
import { bodyOf, json, type LocalServer, type Seen, serve } from './local-server.ts';

/** What a request is for. */
export type Way = 'test' | 'list' | 'search' | 'look-up' | 'create' | 'append';
export type Attack = 'huge' | 'around' | 'elsewhere' | 'keys' | 'markup' | 'drip';

/** What it was made to keep: a reference for each ticket, a note for each addition. */
export interface Kept {
  readonly tickets: string[];
  readonly added: string[];
}

export interface HostileSystem {
  readonly origin: string;
  readonly seen: readonly Seen[];
  /** By id of the endpoint. */
  kept(id: string): Kept;
  /** Megabytes of its endless answer that somebody took. */
  served(id: string): number;
  /** As the options page would save it. */
  endpoint(id: string): { readonly id: string; readonly name: string; readonly recipe: string; readonly values: object };
  /** From now on this endpoint is answered as it should be. */
  mend(id: string): void;
  close(): Promise<void>;
}

/** Polluted, where somebody copies an answer's names into an object of their own. */
const names = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}';

/** `elsewhere`: the origin that it would like to have credentials and readers at. */
export async function startHostile(elsewhere: string): Promise<HostileSystem> {
  const kept = new Map<string, Kept>();
  const served = new Map<string, number>();
  const mended = new Set<string>();
  const dripping = new Map<ServerResponse, string>();
  const keptOf = (id: string): Kept => {
    const found = kept.get(id) ?? { tickets: [], added: [] };
    kept.set(id, found);
    return found;
  };

  const server: LocalServer = await serve(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://system');
    const [, attack = '', at = '', ...rest] = url.pathname.split('/');
    const id = `${attack}-${at}`;
    const body = String(await bodyOf(request));
    const isWrite = request.method === 'POST';
    const way = isWrite ? (rest.length > 1 ? 'append' : 'create') : wayOf(rest[0], url.searchParams);
    const isHostile = way === at && !mended.has(id);
    // A refusal is the truth, whatever its words; everything else hides that it was done.
    if (isWrite && !(isHostile && attack === 'markup')) keep(keptOf(id), way === 'append', body);
    if (isHostile) await attacks[attack as Attack](response, id);
    else json(response, 200, honest(id, way, url.searchParams));
  });

  function keep({ tickets, added }: Kept, isAdded: boolean, body: string): void {
    const { reference, note } = JSON.parse(body) as { readonly reference: string; readonly note?: string };
    if (isAdded) added.push(note ?? '');
    else tickets.push(reference);
  }

  /** The right answer. */
  function honest(id: string, way: Way | undefined, asked: URLSearchParams): unknown {
    const { tickets } = keptOf(id);
    if (way === 'list') return [{ id: 'q', name: 'Queue' }];
    if (way === 'create') return { id: tickets.length };
    if (way !== 'look-up') return {};
    return tickets.flatMap((reference, index) => (reference === asked.get('reference') ? [{ id: index + 1, reference }] : []));
  }

  const attacks: Readonly<Record<Attack, (response: ServerResponse, id: string) => void | Promise<void>>> = {
    async huge(response, id) {
      response.writeHead(200, { 'content-type': 'application/json' });
      const piece = Buffer.alloc(1024 * 1024, 'x');
      for (let count = 0; count < 1024 && !response.destroyed; count += 1) {
        served.set(id, count + 1);
        if (!response.write(piece)) await drained(response);
      }
      response.end();
    },
    around: (response) => void response.writeHead(302, { location: `/around/everywhere/${Math.random()}` }).end(),
    elsewhere: (response) => void response.writeHead(307, { location: `${elsewhere}/caught` }).end(),
    keys: (response) =>
      void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(`{${names},"id":"__proto__","reference":"__proto__","0":{${names},"id":"constructor","name":"toString"}}`),
    markup: (response) =>
      json(response, 400, { error: `<img src="${elsewhere}/seen" onerror="globalThis.__ran = 1">${'long '.repeat(100_000)}` }),
    drip(response, id) {
      dripping.set(response, id);
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 200);
      response.once('close', () => {
        dripping.delete(response);
        clearInterval(drip);
      });
    },
  };

  return {
    origin: server.origin,
    seen: server.seen,
    kept: keptOf,
    served: (id) => served.get(id) ?? 0,
    endpoint(id) {
      const start = `${server.origin}/${id.replace('-', '/')}`;
      const url = `${start}/tickets`;
      const asked = { lookUpUrl: `${url}?reference={{ reference }}`, searchUrl: `${url}?q={{ text }}`, queuesUrl: `${start}/queues` };
      const values = { url, auth: 'bearer', said: 'error', appendUrl: `${url}/{{ ticket.id }}/messages`, testUrl: `${start}/me`, ...asked };
      return { id, name: id, recipe: 'rest', values };
    },
    mend: (id) => {
      mended.add(id);
      for (const [response, whose] of dripping) if (whose === id) response.end('[]');
    },
    close: () => server.close(),
  };
}

function wayOf(path: string | undefined, asked: URLSearchParams): Way | undefined {
  if (path === 'queues') return 'list';
  if (path === 'me') return 'test';
  return asked.has('q') ? 'search' : asked.has('reference') ? 'look-up' : undefined;
}

/** There is room again, or nobody takes any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      response.off('drain', goOn).off('close', goOn);
      resolve();
    };
    response.on('drain', goOn).on('close', goOn);
  });
}
