/** Plays hosts of the web on loopback, under their own names: pages and answers are the test's, the names are real. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from './certificate.ts';

export interface Asked {
  readonly host: string;
  readonly method: string;
  readonly url: URL;
  readonly cookie: string | undefined;
}

export interface Hosts {
  /** For Chromium: the names that are played lead here, every other name nowhere. */
  readonly args: readonly string[];
  /** Requests since the last `forget`, oldest first. */
  asked: Asked[];
  /** What answers from now on. */
  answer: (asked: Asked, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** `names`: the hosts that are played. A browser asks many others by itself, which must not count. */
export async function startHosts(names: readonly string[]): Promise<Hosts> {
  const server = createServer(selfSigned(), (request: IncomingMessage, response: ServerResponse) => {
    const host = request.headers.host ?? '';
    const asked = {
      host,
      method: request.method ?? '',
      url: new URL(request.url ?? '/', `https://${host}`),
      cookie: request.headers.cookie,
    };
    request.resume();
    // The browser's own question, at a time of its own.
    if (asked.url.pathname === '/favicon.ico') return void response.writeHead(404).end();
    hosts.asked.push(asked);
    hosts.answer(asked, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const hosts: Hosts = {
    args: [
      `--host-resolver-rules=${names.map((name) => `MAP ${name}:443 127.0.0.1:${port}`).join(',')},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1`,
      '--ignore-certificate-errors',
    ],
    asked: [],
    answer: (_asked, response) => response.writeHead(404).end(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return hosts;
}
