import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp, type HttpRequest, mostAnswerBytes, timeoutFor } from '../../utils/http.ts';
import type { LedgerEntry } from '../../utils/ledger.ts';
import { bodyOf, type Handler, json, type LocalServer, serve } from '../support/local-server.ts';

let handler: Handler;
let server: LocalServer;
let ledger: LedgerEntry[];
let clock: number;

beforeEach(async () => {
  handler = (_, response) => json(response, 200, {});
  server = await serve((request, response) => (request.url === '/' ? void response.end('root') : handler(request, response)));
  ledger = [];
  clock = 1_000_000;
});
afterEach(() => server.close());

const record = (entry: LedgerEntry) => void ledger.push(entry);
const http = (more: Partial<Parameters<typeof createHttp>[0]> = {}) =>
  createHttp({ hasPermission: async () => true, record, now: () => clock, ...more });
const request = (more: Partial<HttpRequest> = {}): HttpRequest => ({ purpose: 'test', method: 'GET', url: `${server.origin}/x`, ...more });
const post = (more: Partial<HttpRequest> = {}) =>
  request({ purpose: 'create', method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' }, ...more });

/** An address where nobody listens. */
async function deadAddress(): Promise<string> {
  const gone = await serve(() => {});
  await gone.close();
  return `${gone.origin}/x`;
}

describe('http', () => {
  it('sends a request as it is and resolves for every status', async () => {
    let arrived: unknown;
    handler = async (incoming, response) => {
      arrived = [
        incoming.method,
        incoming.url,
        incoming.headers['content-type'],
        incoming.headers.cookie,
        incoming.headers.referer,
        (await bodyOf(incoming)).toString(),
      ];
      json(response, 418, { said: 'tea' }, { 'X-Mixed': 'Yes' });
    };
    const answer = await http()(post({ url: `${server.origin}/x?y=1` }));
    expect(arrived).toEqual(['POST', '/x?y=1', 'application/json', undefined, undefined, '{"a":1}']);
    expect(answer).toMatchObject({ status: 418, redirected: false, body: '{"said":"tea"}', headers: { 'x-mixed': 'Yes' } });
  });

  it('takes no cookie along, no referrer and nothing out of a cache', async () => {
    const asked: Request[] = [];
    const fetch = async (what: Parameters<typeof globalThis.fetch>[0]) => {
      if (what instanceof Request) asked.push(what);
      return new Response('{}');
    };
    await http({ fetch })(post());
    expect(asked.map(({ url }) => url)).toEqual([`${server.origin}/`, `${server.origin}/x`]);
    for (const { credentials, referrerPolicy, cache, redirect } of asked)
      expect([credentials, referrerPolicy, cache, redirect]).toEqual(['omit', 'no-referrer', 'no-store', 'manual']);
  });

  it('never sends twice, whatever the answer', async () => {
    for (const status of [408, 413, 429, 500, 502, 503, 504]) {
      handler = (_, response) => json(response, status, {}, { 'retry-after': '0' });
      expect((await http()(request({ url: `${server.origin}/s${status}` }))).status).toBe(status);
      expect((await http()(request({ method: 'PUT', body: '{}', url: `${server.origin}/p${status}` }))).status).toBe(status);
      expect(server.seen.filter(({ path }) => path === `/s${status}` || path === `/p${status}`)).toHaveLength(2);
    }
  });

  it('sends files whole and as multipart', async () => {
    let size = 0;
    let type = '';
    handler = async (incoming, response) => {
      size = (await bodyOf(incoming)).length;
      type = incoming.headers['content-type'] ?? '';
      json(response, 200, {});
    };
    await http()(post({ body: new Blob([new Uint8Array(3_000_000)]) }));
    expect(size).toBe(3_000_000);
    const form = new FormData();
    form.append('f', new Blob([new Uint8Array(1_000)]), 'a.bin');
    await http()(request({ method: 'POST', body: form }));
    expect(type).toMatch(/^multipart\/form-data; boundary=/);
    expect(size).toBeGreaterThan(1_000);
  });

  it('sends nothing without permission, and nothing when the browser is offline', async () => {
    await expect(http({ hasPermission: async () => false })(post())).rejects.toMatchObject({
      code: 'permission-missing',
      details: { origin: server.origin },
    });
    await expect(http({ isOnline: () => false })(post())).rejects.toMatchObject({ code: 'offline' });
    expect(server.seen).toHaveLength(0);
  });

  it('follows no redirect', async () => {
    handler = (_, response) => void response.writeHead(302, { location: '/login' }).end('Login required');
    expect(await http()(post())).toMatchObject({ redirected: true });
    expect(server.seen.map(({ path }) => path)).toEqual(['/', '/x']);
  });

  it('takes a GET that fails for offline, and a cut write for unknown', async () => {
    await expect(http()(request({ url: await deadAddress() }))).rejects.toMatchObject({ code: 'offline' });
    handler = (incoming) => void incoming.socket.destroy();
    await expect(http()(post())).rejects.toMatchObject({ code: 'connection-lost' });
    handler = async (incoming, response) => {
      await bodyOf(incoming);
      response.writeHead(201, { 'content-length': '100' });
      response.write('{"id":');
      response.destroy();
    };
    await expect(http()(post())).rejects.toMatchObject({ code: 'connection-lost' });
  });

  it('knocks before a write, so that a dead network puts nothing in doubt', async () => {
    await expect(http()(post({ url: await deadAddress() }))).rejects.toMatchObject({ code: 'offline' });
    const send = http();
    await send(post());
    await send(post());
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /', 'POST /x', 'POST /x']);
    clock += 31_000;
    await send(post());
    expect(server.seen.at(-2)).toMatchObject({ method: 'GET', path: '/' });
  });

  it('gives up after its time, while waiting and in the middle of an answer', async () => {
    handler = () => {};
    await expect(http()(post({ timeoutMs: 150 }))).rejects.toMatchObject({ code: 'timeout' });
    handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{');
    };
    await expect(http()(post({ timeoutMs: 150 }))).rejects.toMatchObject({ code: 'timeout' });
    expect(timeoutFor(0)).toBe(30_000);
    expect(timeoutFor(25_000_000)).toBeGreaterThan(300_000);
    expect(timeoutFor(1e12)).toBe(900_000);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const arrived = new Promise<void>((resolve) => {
      handler = () => resolve();
    });
    const sending = http()(post({ signal: stop.signal }));
    void arrived.then(() => stop.abort());
    await expect(sending).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('reads no answer without end', async () => {
    let sent = 0;
    handler = async (_, response) => {
      const piece = Buffer.alloc(1024 * 1024, 'x');
      const closed = new AbortController();
      response.once('close', () => closed.abort());
      while (!closed.signal.aborted && sent < 2 * mostAnswerBytes) {
        sent += piece.length;
        if (!response.write(piece)) await once(response, 'drain', { signal: closed.signal }).catch(() => undefined);
      }
      response.end();
    };
    await expect(http()(request())).rejects.toMatchObject({ code: 'unreadable-answer' });
    expect(sent).toBeLessThan(2 * mostAnswerBytes);
  });

  it('writes down every request that left, and nothing of what it held', async () => {
    handler = (_, response) => json(response, 201, { id: 7 });
    await http()(post({ url: `${server.origin}/x?token=hidden`, headers: { authorization: 'hidden' } }));
    await http()(request({ url: await deadAddress() })).catch(() => undefined);
    expect(ledger).toMatchObject([
      { purpose: 'knock', method: 'GET', status: 200 },
      { purpose: 'create', method: 'POST', status: 201, bytesSent: 7, bytesReceived: 8, host: new URL(server.origin).host },
      { purpose: 'test', error: 'offline', bytesReceived: 0 },
    ]);
    expect(JSON.stringify(ledger)).not.toContain('hidden');
  });

  it('answers even if the ledger can not be written', async () => {
    const send = http({ record: () => Promise.reject(new Error('full')) });
    expect((await send(request())).status).toBe(200);
  });
});
