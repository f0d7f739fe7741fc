import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfter } from '../../../utils/recipes/answer.ts';
import { engine } from '../../../utils/recipes/engine.ts';
import { type Answering, answering, article, connection, contextWith, draft, file, job, recorded, small } from './support.ts';

type Answer = ReturnType<Answering>;

const create = (more: Record<string, unknown>) => [
  { id: 'create', as: 'create', method: 'POST', path: '/tickets', out: { ticketId: 'id' }, ...more },
];

async function sent(recipe: Record<string, unknown>, more: Parameters<typeof job>[0] = {}, blobs: Record<string, Uint8Array> = {}) {
  const { http, asked } = answering(() => ({ status: 201, body: { id: '7' } }));
  await engine.deliver(job({ connection: connection(small(recipe)), ...more }), contextWith(http, blobs), recorded());
  const [first] = asked;
  if (first === undefined) throw new Error('nothing was sent');
  return first;
}

/** What a failed create is taken for. */
async function meaning(answer: Answer, more: Record<string, unknown> = {}) {
  const { http } = answering(() => answer);
  return engine.deliver(job({ connection: connection(small(more)) }), contextWith(http), recorded()).then(
    () => undefined,
    (error: { code: string; remedy: string; details: Record<string, unknown> }) => error,
  );
}

describe('a request', () => {
  it('goes nowhere but to the origins of the connection', async () => {
    for (const url of [
      '{{ draft.sourceUrl }}',
      'https://evil.example/x',
      '{{ settings.url & "@evil.example/" }}',
      'http://desk.example.org/x',
    ]) {
      await expect(sent({ create: create({ url }) })).rejects.toMatchObject({
        code: 'bad-recipe',
        message: expect.stringContaining('not an address of this ticket system'),
      });
    }
    expect((await sent({ create: create({ url: 'https://other.example/x' }), origins: ['https://other.example'] })).url).toBe(
      'https://other.example/x',
    );
  });

  it('keeps any ticket id in its place', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', minLength: 1 }),
          fc.constantFrom('..', '.', '../queue/5', '1?x=1', '1#', '//evil.example', '\\..\\'),
        ),
        async (ticketId) => {
          const { http, asked } = answering(() => ({ body: { number: '1' } }));
          await engine.read(connection(), ticketId, contextWith(http)).catch(() => undefined);
          for (const { url, path, query } of asked) {
            expect(new URL(url).origin).toBe('https://desk.example.org');
            expect(path).toMatch(/^\/tickets\/[^/]+$/);
            expect(query).toEqual({});
          }
        },
      ),
      { numRuns: 100 },
    );
  }, 30_000);

  it('refuses a header that would begin another', async () => {
    await expect(
      sent({ create: create({ headers: { 'X-Title': '{{ draft.title }}' } }) }, { draft: draft({ title: 'a\r\nX-Evil: 1' }) }),
    ).rejects.toMatchObject({ code: 'bad-settings' });
    const { headers } = await sent({ create: create({ headers: { 'X-Title': '{{ draft.title }}' } }) }, { draft: draft({ title: 'é' }) });
    expect(headers?.['x-title']).toBe('\u00c3\u00a9');
  });

  it('proves who we are as the recipe says', async () => {
    const auth = async (...ways: object[]) => sent({ auth: ways });
    expect((await auth({ kind: 'basic', user: 'zoé', password: '{{ secrets.token }}' })).headers?.authorization).toBe(
      `Basic ${Buffer.from('zoé:s3cret-token').toString('base64')}`,
    );
    expect((await auth({ kind: 'query', params: { key: '{{ secrets.token }}' } })).query).toEqual({ key: 's3cret-token' });
    expect((await auth({ kind: 'none' })).headers).not.toHaveProperty('authorization');
    const second = await auth({ kind: 'none', when: 'false' }, { kind: 'header', headers: { A: 'b' } });
    expect(second.headers?.a).toBe('b');
  });

  it('opens a session once, and anew when it has expired', async () => {
    const session = {
      kind: 'session',
      open: { method: 'POST', path: '/session', out: { id: 'id' } },
      headers: { 'Session-Token': '{{ session.id }}' },
    };
    let open = 0;
    const { http, asked } = answering(({ path, headers }) => {
      if (path === '/session') {
        open += 1;
        return { body: { id: `s${open}` } };
      }
      return headers?.['session-token'] === 's2' ? { status: 201, body: { id: '7' } } : { status: 401, body: {} };
    });
    const connected = connection(small({ auth: [session] }), { values: { url: 'https://session.example.org' } });
    await engine.deliver(job({ connection: connected }), contextWith(http), recorded());
    await engine.deliver(job({ connection: connected }), contextWith(http), recorded());
    expect(asked.map(({ path }) => path)).toEqual(['/session', '/tickets', '/session', '/tickets', '/tickets']);
  });

  it('puts files into JSON as base64, whole and in any number of pieces', async () => {
    const bytes = Uint8Array.from({ length: 900_001 }, (_, at) => (at * 7) % 256);
    const one = file('a', bytes);
    const send = { files: '{{ [draft.articles[0].files.{ "name": filename, "data": "data:x;base64," & $file($) }] }}' };
    const { body, headers } = await sent(
      { create: create({ send }) },
      { draft: draft({ articles: [article(1, [one, file('b', new Uint8Array([255]))])] }) },
      { 'blob-a': bytes, 'blob-b': new Uint8Array([255]) },
    );
    expect(body).toBeInstanceOf(Blob);
    const read = JSON.parse(await (body as Blob).text()) as { files: { name: string; data: string }[] };
    expect(Buffer.from(read.files[0]?.data.split(',')[1] ?? '', 'base64').equals(bytes)).toBe(true);
    expect(read.files[1]).toEqual({ name: 'b.bin', data: 'data:x;base64,/w==' });
    expect(headers?.['content-type']).toBe('application/json');
  });

  it('gives no bytes but those of the draft’s files', async () => {
    const send = { mine: '{{ $file({ "blob": "another-capture" }) }}', text: '{{ $file("blob-a") }}', left: 'x' };
    expect((await sent({ create: create({ send }) })).body).toBe('{"left":"x"}');
  });

  it('notices stored bytes that are not what was captured', async () => {
    const send = { f: '{{ $file(draft.articles[0].files[0]) }}' };
    const articles = [article(1, [file('a', new Uint8Array(4))])];
    await expect(sent({ create: create({ send }) }, { draft: draft({ articles }) }, { 'blob-a': new Uint8Array(3) })).rejects.toMatchObject(
      { code: 'unexpected' },
    );
  });

  it('encodes forms, multipart and raw bodies', async () => {
    const bytes = new Uint8Array([251, 255, 190]);
    const articles = [article(1, [file('a', bytes, { filename: 'é & b.bin' })])];
    const one = (more: Record<string, unknown>) =>
      sent({ create: create(more) }, { draft: draft({ articles, title: 'a&b=c' }) }, { 'blob-a': bytes });
    const form = await one({
      encode: 'form',
      send: { title: '{{ draft.title }}', data: '{{ $file(draft.articles[0].files[0]) }}', list: ['x', 'y'] },
    });
    expect(Object.fromEntries(new URLSearchParams(await (form.body as Blob).text()))).toEqual({ title: 'a&b=c', data: '+/++', list: 'y' });
    const parts = [
      '{{ draft.articles.files.{ "name": "file[]", "file": $file($), "filename": filename, "type": "application/x-eml" } }}',
      { name: 'meta', json: { t: '{{ draft.title }}' } },
      { name: 'v', value: '{{ draft.title }}' },
    ];
    const multipart = (await one({ encode: 'multipart', send: parts })).body as FormData;
    const sentFile = multipart.get('file[]') as File;
    expect([sentFile.name, sentFile.type, new Uint8Array(await sentFile.arrayBuffer())]).toEqual(['é & b.bin', 'application/x-eml', bytes]);
    expect(await (multipart.get('meta') as File).text()).toBe('{"t":"a&b=c"}');
    expect(multipart.get('v')).toBe('a&b=c');
    const raw = await one({
      encode: 'raw',
      send: '{{ $file(draft.articles[0].files[0]) }}',
      headers: { 'Content-Type': 'message/rfc822' },
    });
    expect(new Uint8Array(await (raw.body as Blob).arrayBuffer())).toEqual(bytes);
    expect(raw.headers?.['content-type']).toBe('message/rfc822');
    expect(JSON.parse((await one({ encode: 'jsonrpc', send: { method: 'm', params: {} } })).body as string)).toEqual({
      jsonrpc: '2.0',
      id: 1,
      method: 'm',
      params: {},
    });
  });
});

describe('an answer', () => {
  it.each<[string, Answer, string, string]>([
    ['a wrong password', { status: 401 }, 'unauthorised', 'pause'],
    ['a refusal', { status: 422, body: { message: 'no' } }, 'rejected', 'stop'],
    ['a missing page', { status: 404 }, 'not-found', 'stop'],
    ['too much', { status: 413 }, 'too-large', 'stop'],
    ['too often', { status: 429, headers: { 'retry-after': '7' } }, 'rate-limited', 'retry'],
    ['closed for maintenance, with a time', { status: 503, headers: { 'retry-after': '7' } }, 'unavailable', 'retry'],
    ['a proxy without a server', { status: 503 }, 'server-error', 'check'],
    ['a crash', { status: 500, body: 'oops' }, 'server-error', 'check'],
    ['a gateway that gave up', { status: 504, body: '<html>' }, 'server-error', 'check'],
    ['a redirect that the browser hides', { status: 0, redirected: true, headers: {} }, 'redirected', 'pause'],
    ['a redirect', { status: 302, redirected: true }, 'redirected', 'pause'],
    [
      'a login page',
      { status: 200, body: '<!DOCTYPE html><title>Sign in</title>', headers: { 'content-type': 'text/html' } },
      'login-page',
      'pause',
    ],
    ['nonsense', { status: 200, body: '{"id": "7"' }, 'unreadable-answer', 'check'],
    ['another document', { status: 201, body: [] }, 'unreadable-answer', 'check'],
    ['nothing', { status: 204 }, 'unreadable-answer', 'check'],
  ])('says what it means: %s', async (_, answer, code, remedy) => {
    expect(await meaning(answer)).toMatchObject({ code, remedy });
  });

  it('is judged by the recipe’s own tests and rules first', async () => {
    const more = {
      ok: '$not($exists(Error))',
      errors: {
        said: ['Error.Message'],
        rules: [
          { when: "Error.Code = 'Auth'", code: 'unauthorised' },
          { when: '$answer.status = 400', code: 'rate-limited', waitMs: '1000 * wait' },
        ],
      },
    };
    expect(await meaning({ body: { Error: { Code: 'Auth', Message: 'Wrong' } } }, more)).toMatchObject({
      code: 'unauthorised',
      details: { said: 'Wrong' },
    });
    expect(await meaning({ body: { Error: { Message: 'No queue' } } }, more)).toMatchObject({
      code: 'rejected',
      details: { said: 'No queue' },
    });
    expect(await meaning({ status: 400, body: { wait: 9 } }, more)).toMatchObject({
      code: 'rate-limited',
      details: { retryAfterMs: 9_000 },
    });
  });

  it('never shows a secret, and never more than a sentence', async () => {
    const echo = `Bad token s3cret-token (${Buffer.from('s3cret-token').toString('base64')}) ${'x'.repeat(5_000)}`;
    const error = await meaning({ status: 400, body: { message: echo } });
    expect(JSON.stringify(error?.details)).not.toMatch(/s3cret|czNjcmV0/);
    expect(String(error?.details.said).length).toBeLessThanOrEqual(500);
    expect((await meaning({ status: 400, body: echo }))?.details.said).not.toContain('s3cret');
  });

  it('hides secrets from what is kept of it', async () => {
    const { http } = answering(() => ({ status: 201, body: { id: '7' } }));
    const progress = recorded();
    const out = { ticketId: 'id', leak: '$secrets.token' };
    await engine.deliver(job({ connection: connection(small({ create: create({ out }) })) }), contextWith(http), progress);
    expect(progress.out.create).toEqual({ ticketId: '7' });
  });

  it('asks to wait in any of the usual ways', () => {
    const now = Date.parse('2026-03-02T10:00:00Z');
    expect(retryAfter({ 'retry-after': '120' }, now)).toBe(120_000);
    expect(retryAfter({ 'retry-after': 'Mon, 02 Mar 2026 10:01:00 GMT' }, now)).toBe(60_000);
    expect(retryAfter({ 'x-ratelimit-reset': String(now / 1_000 + 30) }, now)).toBe(30_000);
    expect(retryAfter({ 'ratelimit-reset': '5' }, now)).toBe(5_000);
    expect(retryAfter({ 'retry-after': 'soon' }, now)).toBeUndefined();
    expect(retryAfter({ 'retry-after': '-5' }, now)).toBe(0);
    expect(retryAfter({ 'retry-after': '99999999' }, now)).toBe(86_400_000);
    expect(retryAfter({}, now)).toBeUndefined();
  });
});

describe('a list', () => {
  const listing = (list: Record<string, unknown>) =>
    connection(small({ lists: { queues: { path: '/queues', items: 'items', itemId: 'id', itemLabel: 'name', ...list } } }));

  it('is read page by page until a page is empty', async () => {
    const { http, asked } = answering(({ query }) => ({
      body: { items: query.page === '3' ? [] : [{ id: Number(query.page), name: `Q${query.page}` }] },
    }));
    const queues = await engine.list(
      listing({ query: { page: '{{ page.number }}' }, page: { kind: 'page' } }),
      'queues',
      contextWith(http),
    );
    expect(queues).toEqual([
      { id: '1', label: 'Q1' },
      { id: '2', label: 'Q2' },
    ]);
    expect(asked).toHaveLength(3);
  });

  it('ends where a server gives the same page for ever', async () => {
    const { http, asked } = answering(() => ({ body: { items: [{ id: 1, name: 'a' }] } }));
    expect(await engine.list(listing({ page: { kind: 'page' } }), 'queues', contextWith(http))).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  it('follows cursors and links, and no link to elsewhere', async () => {
    const pages = answering(({ query }) => ({ body: { items: [{ id: query.c ?? 'first' }], next: query.c === 'x' ? undefined : 'x' } }));
    expect(
      await engine.list(
        listing({ query: { c: '{{ page.cursor }}' }, page: { kind: 'cursor', next: 'next' } }),
        'queues',
        contextWith(pages.http),
      ),
    ).toHaveLength(2);
    const link = (host: string) =>
      answering(({ path }) => ({ body: { items: [{ id: path }] }, headers: { link: `<https://${host}/more>; rel="next"` } }));
    expect(await engine.list(listing({ page: { kind: 'link' } }), 'queues', contextWith(link('desk.example.org').http))).toHaveLength(2);
    await expect(engine.list(listing({ page: { kind: 'link' } }), 'queues', contextWith(link('evil.example').http))).rejects.toMatchObject({
      code: 'bad-recipe',
    });
  });

  it('is fixed, missing, or a help that a server need not give', async () => {
    const page = answering(() => ({ body: '<html>Login</html>', headers: { 'content-type': 'text/html' } }));
    const fixed = connection(small({ lists: { priorities: { fixed: [{ id: 'Low', label: 'Low' }] } } }));
    expect(await engine.list(fixed, 'priorities', contextWith(page.http))).toEqual([{ id: 'Low', label: 'Low' }]);
    expect(await engine.list(fixed, 'queues', contextWith(page.http))).toBeUndefined();
    expect(await engine.list(listing({ optional: true }), 'queues', contextWith(page.http))).toBeUndefined();
    await expect(engine.list(listing({}), 'queues', contextWith(page.http))).rejects.toMatchObject({ code: 'login-page' });
    expect(await engine.list(listing({ dependsOn: 'types' }), 'queues', contextWith(page.http))).toBeUndefined();
  });
});
