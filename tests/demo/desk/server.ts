/**
 * A ticket desk on loopback: a REST endpoint that any person could have written, and a page where tickets appear
 * as they arrive. Tests may make it misbehave, one request at a time.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { bodyOf, json, type LocalServer, type Seen, serve } from '../../support/local-server.ts';
import { type DeskTicket, queues, type TicketDocument, TicketStore } from './tickets.ts';

const here = import.meta.dirname;

/** How the next create goes wrong. */
export interface Fault {
  /** Whether the ticket is made all the same: the lost answer. */
  readonly acts: boolean;
  /** Sent instead of the right answer; without it, and with nothing to wait for, the connection is cut. */
  readonly answer?: { readonly status: number; readonly headers?: Record<string, string>; readonly body: string };
  /** Awaited before it acts and answers. */
  readonly until?: Promise<unknown>;
}

export interface Desk {
  readonly origin: string;
  readonly token: string;
  readonly store: TicketStore;
  /** Every request since the first start, over all restarts. */
  readonly seen: readonly Seen[];
  /** Consumed by creates, first in first out. */
  readonly faults: Fault[];
  /** Resolves when the next create has arrived in whole, before it is answered. */
  arrived(): Promise<void>;
  /** While `false`, every request to the API is answered 401. */
  accepts: boolean;
  stop(): Promise<void>;
  /** Listens again on the same port. */
  restart(): Promise<void>;
}

export async function startDesk(token = 'desk-token'): Promise<Desk> {
  const store = new TicketStore();
  const faults: Fault[] = [];
  const seen: Seen[] = [];
  const byKey = new Map<string, DeskTicket>();
  let waiting: (() => void)[] = [];
  const streams = new Set<ServerResponse>();
  store.listen((ticket) => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(shown(ticket))}\n\n`);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://desk');
    const [, first, second = '', id = '', part = ''] = url.pathname.split('/');
    if (first !== 'api') return page(url.pathname, response);
    if (second === 'events') return stream(response);
    if (second === 'shown') return json(response, 200, store.tickets.map(shown));
    const body = await bodyOf(request);
    if (!desk.accepts || request.headers.authorization !== `Bearer ${token}`)
      return json(response, 401, { error: 'Who are you? The token is not valid.' });
    if (second === 'queues') return json(response, 200, { queues: queues.map((name) => ({ id: name, name })) });
    if (second === 'me') return json(response, 200, { user: 'camille', version: 'demo desk 1' });
    if (second !== 'tickets') return json(response, 404, { error: 'Not here' });
    if (request.method === 'GET' && !id) {
      const text = url.searchParams.get('search');
      const found = text === null ? store.withReference(url.searchParams.get('reference') ?? '') : store.search(text);
      return json(response, 200, { tickets: found.map(told) });
    }
    if (request.method === 'GET') {
      const ticket = store.tickets.find((one) => one.id === id);
      return ticket ? json(response, 200, told(ticket)) : json(response, 404, { error: `No ticket ${id}` });
    }
    if (part === 'articles') {
      const ticket = store.append(id, JSON.parse(body.toString()) as TicketDocument);
      return ticket ? json(response, 201, told(ticket)) : json(response, 404, { error: `No ticket ${id}` });
    }
    await create(body, response, request.headers['idempotency-key']);
  }

  /** A repeated key gets the ticket that is there: browsers themselves repeat a request whose connection was cut. */
  async function create(body: Buffer, response: ServerResponse, key: string | string[] | undefined): Promise<void> {
    for (const resolve of waiting) resolve();
    waiting = [];
    const fault = faults.shift();
    await fault?.until;
    try {
      const before = typeof key === 'string' ? byKey.get(key) : undefined;
      const ticket = before ?? (fault && !fault.acts ? undefined : store.create(JSON.parse(body.toString()) as TicketDocument));
      if (ticket && typeof key === 'string') byKey.set(key, ticket);
      if (fault?.answer) response.writeHead(fault.answer.status, fault.answer.headers).end(fault.answer.body);
      else if (fault && !fault.until) response.destroy();
      else if (ticket) json(response, 201, told(ticket));
      else response.destroy();
    } catch (error) {
      json(response, 422, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  function told(ticket: DeskTicket): object {
    const { articles, ...rest } = ticket;
    return { ...rest, url: `${desk.origin}/#${ticket.number}`, articles: articles.length };
  }

  function stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write(':\n\n');
    streams.add(response);
    response.on('close', () => streams.delete(response));
  }

  let server: LocalServer = await listen();
  async function listen(port = 0): Promise<LocalServer> {
    return serve((request, response) => {
      seen.push({ at: Date.now(), method: request.method ?? '', path: request.url ?? '', connection: request.headers.connection });
      return answer(request, response);
    }, port);
  }
  const desk: Desk = {
    origin: server.origin,
    token,
    store,
    seen,
    faults,
    accepts: true,
    arrived: () => new Promise((resolve) => waiting.push(resolve)),
    stop: () => server.close(),
    restart: async () => {
      server = await listen(server.port);
    },
  };
  return desk;
}

/** A ticket for the desk's own page: everything but the bytes. */
function shown(ticket: DeskTicket): object {
  return {
    ...ticket,
    articles: ticket.articles.map((article) => ({ ...article, files: article.files.map(({ bytes, ...file }) => file) })),
  };
}

function page(path: string, response: ServerResponse): void {
  const [name, type] =
    path === '/style.css' ? ['style.css', 'text/css'] : path === '/app.js' ? ['app.js', 'text/javascript'] : ['index.html', 'text/html'];
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(readFileSync(join(here, name)));
}
