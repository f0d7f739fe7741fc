/** A ticket endpoint that does as little as one can, at once or after a while: what is measured is the browser. */
import { setTimeout as pause } from 'node:timers/promises';
import { bodyOf, json, type LocalServer, serve } from '../../support/local-server.ts';

export interface BenchServer extends LocalServer {
  /** How long it thinks before it answers a ticket, in milliseconds; 0 at first. */
  think(milliseconds: number): void;
  /** Bodies of the tickets made since the last call, in the order of arrival. */
  takeBodies(): readonly string[];
  /** Resolves when as many more tickets were made. */
  made(count: number): Promise<void>;
}

export async function startServer(): Promise<BenchServer> {
  let bodies: string[] = [];
  let missing = 0;
  let enough: (() => void) | undefined;
  let last = 0;
  let thinkMs = 0;
  const server = await serve(async (request, response) => {
    if (request.method === 'GET' && request.url === '/')
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Tickets</title>');
    if (request.method === 'GET') return json(response, 200, { tickets: [] });
    bodies.push((await bodyOf(request)).toString());
    last += 1;
    const number = String(last);
    if (thinkMs > 0) await pause(thinkMs);
    json(response, 201, { id: number, number });
    missing -= 1;
    if (missing === 0) enough?.();
  });
  return {
    ...server,
    think(milliseconds) {
      thinkMs = milliseconds;
    },
    takeBodies() {
      const taken = bodies;
      bodies = [];
      return taken;
    },
    made(count) {
      missing = count;
      return new Promise((resolve) => {
        enough = resolve;
      });
    },
  };
}
