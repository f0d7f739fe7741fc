/** Stands before a ticket system and may lose an answer: the server has done its work, the client never hears of it. */
import { request as forward } from 'node:http';
import { bodyOf, type LocalServer, serve } from '../support/local-server.ts';

export interface CuttingProxy extends Pick<LocalServer, 'origin' | 'seen' | 'close'> {
  /** The answer to the next request whose method and path match is lost. */
  loseAnswer(pattern: RegExp): void;
  /** The next matching request arrives changed, and its answer is a 500: the server did half of the work. */
  halve(pattern: RegExp, change: (body: Record<string, unknown>) => Record<string, unknown>): void;
}

interface Fault {
  readonly pattern: RegExp;
  readonly change?: (body: Record<string, unknown>) => Record<string, unknown>;
}

/** Forwards to `target`, as the browser that RT sees in every request of the extension. */
export async function proxyTo(target: string): Promise<CuttingProxy> {
  const faults: Fault[] = [];
  const server = await serve(async (request, response) => {
    const at = faults.findIndex(({ pattern }) => pattern.test(`${request.method} ${request.url}`));
    const fault = at < 0 ? undefined : faults.splice(at, 1)[0];
    const sent = await bodyOf(request);
    const body = fault?.change ? Buffer.from(JSON.stringify(fault.change(JSON.parse(sent.toString()) as Record<string, unknown>))) : sent;
    const answer = await new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>((resolve, reject) => {
      const headers = {
        ...request.headers,
        host: new URL(target).host,
        'user-agent': 'Mozilla/5.0',
        'content-length': String(body.length),
      };
      delete headers['transfer-encoding'];
      const outgoing = forward(new URL(request.url ?? '/', target), { method: request.method, headers }, (incoming) => {
        const headersOut = Object.fromEntries(
          Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
        );
        bodyOf(incoming).then((bytes) => resolve({ status: incoming.statusCode ?? 502, headers: headersOut, body: bytes }), reject);
      });
      outgoing.once('error', reject).end(body);
    });
    if (fault?.change)
      return void response
        .writeHead(500, { 'content-type': 'application/json' })
        .end('{"faultcode":"Server","faultstring":"Attachment could not be created"}');
    if (fault) return void request.socket.destroy();
    delete answer.headers['transfer-encoding'];
    response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) }).end(answer.body);
  });
  return {
    origin: server.origin,
    seen: server.seen,
    close: server.close,
    loseAnswer: (pattern) => void faults.push({ pattern }),
    halve: (pattern, change) => void faults.push({ pattern, change }),
  };
}
