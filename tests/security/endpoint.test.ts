/** A ticket system that turned hostile, and files that want to be settings: bounded, refused in words, and no credential goes astray. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostAnswerBytes } from '../../utils/http.ts';
import { launch, type Session } from '../support/chromium.ts';
import { type LocalServer, serve } from '../support/local-server.ts';
import { grant } from '../support/permissions.ts';
import { loopback } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

interface Tested {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly details: { readonly said?: string } };
}

const token = 'a-token-that-is-mine';
let session: Session;
let system: LocalServer;
/** Another origin, let in like the system's: only Relais itself keeps it out. */
let elsewhere: LocalServer;
let served = 0;
const strayed: string[] = [];

beforeAll(async () => {
  elsewhere = await serve((request, response) => {
    if (JSON.stringify([request.headers, request.url]).includes(token)) strayed.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  system = await serve(async (request, response) => {
    const path = request.url ?? '/';
    if (path === '/huge') {
      response.writeHead(200, { 'content-type': 'application/json' });
      const piece = Buffer.alloc(1024 * 1024, 'x');
      for (served = 0; served < 1024 && !response.destroyed; served += 1) {
        const isTaken = response.write(piece);
        if (!isTaken)
          await new Promise<void>((resolve) => {
            const goOn = () => {
              response.off('drain', goOn).off('close', goOn);
              resolve();
            };
            response.on('drain', goOn).on('close', goOn);
          });
      }
      response.end();
    } else if (path.startsWith('/around')) response.writeHead(302, { location: `/around${Math.random()}` }).end();
    else if (path === '/elsewhere') response.writeHead(307, { location: `${elsewhere.origin}/caught` }).end();
    else if (path === '/keys')
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(
          '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"queues":[{"__proto__":{"polluted":true},"id":"__proto__"}]}',
        );
    else if (path === '/markup')
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: `<img src="${elsewhere.origin}/seen" onerror="globalThis.__ran = 1">${'long '.repeat(100_000)}` }));
    else if (path === '/drip') {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 200);
      response.once('close', () => clearInterval(drip));
    } else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  session = await launch();
  await grant(session, [loopback]);
});
afterAll(async () => {
  await session?.close();
  await Promise.all([system?.close(), elsewhere?.close()]);
});

const endpoint = (path: string, id = 'hostile') => ({
  id,
  name: 'Hostile',
  recipe: 'rest',
  values: { url: `${system.origin}/tickets`, auth: 'bearer', said: 'error', testUrl: `${system.origin}${path}` },
  defaults: {},
});
const test = (path: string) => ask(session, 'endpoint.tested', { endpoint: endpoint(path), secrets: { token } }) as Promise<Tested>;

describe('a hostile ticket system', () => {
  it('can’t fill the memory with an answer of 1 GB', async () => {
    expect(await test('/huge')).toMatchObject({ ok: false, error: { code: 'unreadable-answer' } });
    expect(served).toBeGreaterThan(mostAnswerBytes / 1024 / 1024);
    await until('the connection is cut', () => served < 200);
  });

  it('sends nobody round in circles', async () => {
    const before = system.seen.length;
    expect(await test('/around')).toMatchObject({ ok: false, error: { code: 'redirected' } });
    expect(system.seen.slice(before).filter(({ path }) => path.startsWith('/around'))).toHaveLength(1);
  });

  it('gets no credential to another origin by sending there, though the browser lets Relais in', async () => {
    expect(await test('/elsewhere')).toMatchObject({ ok: false, error: { code: 'redirected' } });
    expect(elsewhere.seen.map(({ path }) => path)).not.toContain('/caught');
    expect(strayed).toEqual([]);
  });

  it('changes no object by the names in its answer', async () => {
    await test('/keys');
    const worker = await session.worker();
    expect(await worker.evaluate(() => [Reflect.get({}, 'polluted'), Reflect.get([], 'polluted')])).toEqual([undefined, undefined]);
  });

  it('shows its error as words of bounded length, never as markup', async () => {
    const tested = await test('/markup');
    expect(tested.ok).toBe(false);
    expect(tested.error?.details.said?.length ?? 0).toBeLessThan(2_000);
    await ask(session, 'endpoint.saved', { endpoint: endpoint('/markup'), secrets: { token } });
    const options = await session.open('options.html#/systems/edit/hostile');
    await options.getByRole('button', { name: 'Test connection' }).click();
    await options.getByRole('alert').waitFor();
    expect(await options.getByRole('alert').locator('img').count()).toBe(0);
    expect(await options.evaluate(() => Reflect.has(globalThis, '__ran'))).toBe(false);
    expect(elsewhere.seen.map(({ path }) => path)).not.toContain('/seen');
    await options.close();
  });

  it('can’t hold anybody for ever by answering a byte at a time', { timeout: 90_000 }, async () => {
    expect(await test('/drip')).toMatchObject({ ok: false, error: { code: 'timeout' } });
  });
});

describe('a settings file', () => {
  const importing = (document: object) => ask(session, 'settings.imported', { document });

  it.each([
    ['a recipe that is none of ours', { endpoints: [{ id: 'x', name: 'x', recipe: '../../evil', values: {} }] }],
    ['an address that is a script', { webmails: [{ origin: 'javascript:alert(1)' }] }],
    ['an id that is a path', { endpoints: [{ id: '../x', name: 'x', recipe: 'rest', values: {} }] }],
    ['two systems of one id', { endpoints: [1, 2].map(() => ({ id: 'x', name: 'x', recipe: 'rest', values: {} })) }],
    ['values that are no text', { endpoints: [{ id: 'x', name: 'x', recipe: 'rest', values: { url: { toString: 1 } } }] }],
  ])('with %s is refused whole', async (_, change) => {
    const before = await ask(session, 'settings.opened', {});
    await expect(importing({ version: 1, oneClick: false, ...change })).rejects.toThrow(/bad-settings|forbidden-message/);
    expect(await ask(session, 'settings.opened', {})).toEqual(before);
  });

  it('that moves a known system to another address takes its credentials not along', async () => {
    await ask(session, 'endpoint.saved', { endpoint: endpoint('/', 'moved'), secrets: { token } });
    const moved = {
      ...endpoint('/', 'moved'),
      values: { url: `${elsewhere.origin}/tickets`, auth: 'bearer', testUrl: `${elsewhere.origin}/moved` },
    };
    await importing({ version: 1, endpoints: [moved] });
    const exported = (await ask(session, 'settings.exported', { withSecrets: true })) as { readonly secrets: object };
    expect(exported.secrets).toEqual({ moved: {} });
    await ask(session, 'endpoint.tested', { endpoint: moved, secrets: {} });
    expect(strayed).toEqual([]);
  });

  it('names no credential in an export that didn’t ask for them', async () => {
    expect(JSON.stringify(await ask(session, 'settings.exported', { withSecrets: false }))).not.toContain(token);
    const { rows } = (await ask(session, 'ledger.opened', { limit: 1_000 })) as { readonly rows: readonly object[] };
    expect(rows.length).toBeGreaterThan(5);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});
