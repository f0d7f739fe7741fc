/** HTTP as the proxy speaks it: a whole answer, passing a request on, passing half of one on. */
import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { bodyOf } from '../support/local-server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Gives the answer to the client, if it is still there. */
export function answerWith(response: ServerResponse, { status, headers, body }: Answer): void {
  if (!response.destroyed) response.writeHead(status, { ...headers, 'content-length': String(body.length) }).end(body);
}

/** An answer as bytes, for a second one that nobody asked for. */
export function onWire({ status, headers, body }: Answer): Buffer {
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Again\r\n${lines.join('\r\n')}\r\n\r\n`), body]);
}

/** Carries a request out at the system behind, whether the client waits for it or not. */
export function passOn(request: IncomingMessage, body: Buffer, target: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const headers = { ...request.headers, host: new URL(target).host, 'content-length': String(body.length), connection: 'close' };
  const outgoing = forward(new URL(request.url ?? '/', target), { method: request.method, headers, agent: false }, (incoming) => {
    const answer = (bytes: Buffer) => resolve({ status: incoming.statusCode ?? 502, headers: endToEnd(incoming), body: bytes });
    bodyOf(incoming).then(answer, reject);
  });
  outgoing.once('error', reject).end(body);
  return promise;
}

/** Half of the body reaches the system, then the line is cut. */
export async function passHalf(request: IncomingMessage, target: string): Promise<void> {
  const half = Math.floor(Number(request.headers['content-length'] ?? 0) / 2);
  const headers = { ...request.headers, host: new URL(target).host, connection: 'close' };
  const outgoing = forward(new URL(request.url ?? '/', target), { method: request.method, headers, agent: false });
  const broken = new Promise<void>((resolve) => outgoing.once('error', () => resolve()));
  let passed = 0;
  for await (const chunk of request) {
    const piece = (chunk as Buffer).subarray(0, half - passed);
    passed += piece.length;
    await Promise.race([new Promise<void>((resolve) => outgoing.write(piece, () => resolve())), broken]);
    if (passed >= half) break;
  }
  outgoing.destroy();
}

function endToEnd({ headers }: IncomingMessage): Record<string, string> {
  const ours = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' && !ours.includes(name) ? [[name, value]] : [])),
  );
}
