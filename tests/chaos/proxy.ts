/**
 * Stands in front of a ticket system on loopback and makes it fail: before, while and after the system does its work.
 * A request that arrived whole is always carried out, as a real server does whose client has gone.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { bodyOf } from '../support/local-server.ts';
import { chance } from './chance.ts';
import { createDecider, type FaultKind, type FaultPlan } from './faults.ts';
import { inflictions } from './inflict.ts';
import { type Answer, answerWith, passHalf, passOn } from './wire.ts';

/** A request as the proxy saw it, for the story of a delivery that went wrong. */
export interface ProxyEvent {
  /** When it arrived whole. */
  readonly at: number;
  readonly system: string;
  /** Reference of the thread, or the address where none is named. */
  readonly whose: string;
  readonly request: string;
  readonly fault?: FaultKind;
  /** Status of the system's own answer and when it gave it; absent where it never saw the request. */
  readonly answered?: number;
  readonly done?: number;
  /** The ticket that the system made or named. */
  readonly ticket?: string;
  /** What the system itself complained of. */
  readonly complaint?: string;
}

export interface FaultProxy {
  readonly origin: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly events: readonly ProxyEvent[];
  /** Down: whoever connects is hung up on. */
  setDown(down: boolean): void;
  /** No faults while it is false, as it is at first. */
  setFaulty(faulty: boolean): void;
  /** Resolves when every request that arrived has been carried out. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface ProxyOptions {
  readonly seed: number;
  readonly plan: FaultPlan;
  /**
   * Keeps connections open, as most servers do. Chromium then sends a request again by itself, changing ones too, when a
   * connection that was used before is cut without an answer.
   */
  readonly keepAlive: boolean;
}

/** Listens on a free port; `target` is the system's own origin. */
export async function startFaultProxy(name: string, target: string, { seed, plan, keepAlive }: ProxyOptions): Promise<FaultProxy> {
  const decider = createDecider(seed, plan);
  const events: ProxyEvent[] = [];
  const underWay = new Set<Promise<void>>();
  let isDown = false;
  let isFaulty = false;

  async function handle(request: IncomingMessage, response: ServerResponse, socket: Socket): Promise<void> {
    const address = request.url ?? '/';
    const line = `${request.method} ${decodeURIComponent(address).slice(0, 160)}`;
    const asks = request.method === 'GET';
    // The extension knocks at `/` before it sends: neither a change nor a look-up.
    const mayFail = isFaulty && address !== '/';
    const early = mayFail && !asks ? decider.decideEarly(`${request.method} ${address}`) : undefined;
    if (early !== undefined) {
      events.push({ at: Date.now(), system: name, whose: referenceIn(address) ?? address, request: line, fault: early });
      if (early === 'cut-during-body') await passHalf(request, target);
      socket.destroy();
      return;
    }
    const body = await bodyOf(request);
    const whose = referenceIn(address) ?? referenceIn(body.toString('latin1')) ?? address;
    const fault = mayFail ? decider.decide(whose, asks) : undefined;
    const event: ProxyEvent = { at: Date.now(), system: name, whose, request: line, ...(fault && { fault }) };
    const place = events.push(event) - 1;
    const act = async (): Promise<Answer> => {
      const answer = await passOn(request, body, target);
      const ticket = ticketIn(answer);
      const complaint = complaintIn(answer);
      events[place] = { ...event, answered: answer.status, done: Date.now(), ...(ticket && { ticket }), ...(complaint && { complaint }) };
      return answer;
    };
    if (fault === undefined) answerWith(response, await act());
    else await inflictions[fault]({ socket, response, act, chance: chance(seed, whose, fault) });
  }

  const server = createServer((request, response) => {
    // A client that asks for the end of a connection gets it in either case.
    if (!keepAlive) response.shouldKeepAlive = false;
    // The request forgets its socket once it is answered.
    const { socket } = request;
    const handled = handle(request, response, socket).catch((error: unknown) => {
      if (response.headersSent || socket.destroyed) socket.destroy();
      else answerWith(response, { status: 502, headers: { 'content-type': 'text/plain' }, body: Buffer.from(String(error)) });
    });
    underWay.add(handled);
    void handled.finally(() => underWay.delete(handled));
  });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    if (isDown) socket.destroy();
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject).listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: decider.counts,
    events,
    setDown(down) {
      isDown = down;
      if (down) server.closeAllConnections();
    },
    setFaulty(faulty) {
      isFaulty = faulty;
    },
    async settled() {
      while (underWay.size > 0) await Promise.all([...underWay]);
    },
    async close() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

function referenceIn(text: string): string | undefined {
  return /relais-[a-z0-9]{20}/.exec(text)?.[0];
}

/** RT answers `"type":"ticket"` and an id to a new ticket, Znuny a `TicketID`. */
function ticketIn({ body }: Answer): string | undefined {
  const text = body.subarray(0, 400).toString('latin1');
  return /"TicketID":\s*"?(\d+)/.exec(text)?.[1] ?? (/"type":\s*"ticket"/.test(text) ? /"id":\s*"?(\d+)/.exec(text)?.[1] : undefined);
}

/** Znuny says in a 200 what went wrong, both say it in anything from 400 on. */
function complaintIn({ status, body }: Answer): string | undefined {
  const text = body.subarray(0, 200).toString('utf8');
  return status >= 400 || text.includes('"ErrorMessage"') ? text : undefined;
}
