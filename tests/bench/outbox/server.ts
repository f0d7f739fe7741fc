/** A ticket endpoint that does as little as one can: what is measured is the browser. */
import { bodyOf, json, type LocalServer, serve } from '../../support/local-server.ts';

export interface BenchServer extends LocalServer {
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
  const server = await serve(async (request, response) => {
    if (request.method === 'GET' && request.url === '/')
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Tickets</title>');
    if (request.method === 'GET') return json(response, 200, { tickets: [] });
    bodies.push((await bodyOf(request)).toString());
    last += 1;
    json(response, 201, { id: String(last), number: String(last) });
    missing -= 1;
    if (missing === 0) enough?.();
  });
  return {
    ...server,
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
