import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { engine } from '../../../utils/recipes/engine.ts';
import { answering, article, connection, contextWith, draft, file, job, recorded, small } from './support.ts';

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

  it('shows a login’s outputs to the call itself, for systems that want them in the body', async () => {
    const session = { kind: 'session', open: { method: 'POST', path: '/login', out: { uid: 'uid' } }, headers: {} };
    const { http, asked } = answering(({ path }) => (path === '/login' ? { body: { uid: 42 } } : { status: 201, body: { id: '7' } }));
    const connected = connection(small({ auth: [session], create: create({ send: { uid: '{{ session.uid }}' } }) }), {
      values: { url: 'https://uid.example.org' },
    });
    await engine.deliver(job({ connection: connected }), contextWith(http), recorded());
    expect(asked[1]?.body).toBe('{"uid":42}');
  });

  it('signs the very bytes it sends, with a secret that no expression sees', async () => {
    const sign = { header: 'X-Signature', secret: 'token', prefix: 'sha256=' };
    const { headers, body } = await sent({ create: create({ send: { title: '{{ draft.title }}' }, sign }) });
    const hmac = createHmac('sha256', 's3cret-token').update(body as string);
    expect(headers?.['x-signature']).toBe(`sha256=${hmac.digest('hex')}`);
    const inBase64 = await sent({
      create: create({ send: 'x', encode: 'raw', sign: { ...sign, hash: 'SHA-512', encode: 'base64', prefix: '' } }),
    });
    expect(inBase64.headers?.['x-signature']).toBe(createHmac('sha512', 's3cret-token').update('x').digest('base64'));
    const open = {
      settings: [
        { key: 'url', kind: 'url', label: 'A', required: true },
        { key: 'token', kind: 'secret', label: 'T' },
      ],
      auth: [{ kind: 'none' }],
    };
    const unsigned = await sent(
      { ...open, create: create({ sign }) },
      { connection: connection(small({ ...open, create: create({ sign }) }), { secrets: {} }) },
    );
    expect(unsigned.headers).not.toHaveProperty('x-signature');
    expect(() => connection(small({ create: create({ sign: { ...sign, secret: 'url' } }) }))).toThrow(/no secret field/);
  });

  it('sends the headers that an earlier answer asks for', async () => {
    const steps = [
      { id: 'slot', as: 'upload', method: 'POST', path: '/slot', out: { headers: 'headers' } },
      ...create({ headers: '{{ $merge(steps.slot.headers.{ $string(key): value }) }}' }),
    ];
    const { http, asked } = answering(({ path }) =>
      path === '/slot'
        ? {
            body: {
              headers: [
                { key: 'X-A', value: '1' },
                { key: 'X-B', value: 2 },
              ],
            },
          }
        : { status: 201, body: { id: '7' } },
    );
    await engine.deliver(job({ connection: connection(small({ create: steps })) }), contextWith(http), recorded());
    expect(asked[1]?.headers).toMatchObject({ 'x-a': '1', 'x-b': '2' });
  });

  it('asks for other headers than a browser’s where the system refuses those', async () => {
    const { http } = answering(() => ({ body: { name: 'Ana' } }));
    const rewritten: unknown[] = [];
    const context = { ...contextWith(http), rewriteHeaders: async (...said: unknown[]) => void rewritten.push(said) };
    await engine.test(connection(small({ rewrite: { userAgent: 'Relais' } })), context);
    await engine.test(connection(), context);
    expect(rewritten).toEqual([[['https://desk.example.org'], { userAgent: 'Relais', removeOrigin: false }]]);
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

  it('puts originals into archives where the system takes no other, of the size that was said, the same every time', async () => {
    const bytes = new TextEncoder().encode('Subject: é\r\n\r\nHello');
    const articles = [article(1, [file('a', bytes, { kind: 'original', filename: 'message é.eml', mediaType: 'message/rfc822' })])];
    const zip = (draftOf: Parameters<typeof job>[0]) =>
      sent(
        {
          limits: { originals: 'zip' },
          create: create({ send: '{{ draft.articles.files.{ "n": filename, "t": mediaType, "s": size, "c": $file($) } }}' }),
        },
        draftOf,
        { 'blob-a': bytes },
      );
    const text = async () => ((await zip({ draft: draft({ articles }) })).body as Blob).text();
    const read = JSON.parse(await text()) as { n: string; t: string; s: number; c: string };
    const archive = Buffer.from(read.c, 'base64');
    expect(read).toMatchObject({ n: 'message é.eml.zip', t: 'application/zip', s: archive.length });
    expect(Object.entries(unzipSync(new Uint8Array(archive))).map(([name, held]) => [name, Buffer.from(held).equals(bytes)])).toEqual([
      ['message é.eml', true],
    ]);
    expect(await text()).toBe(JSON.stringify(read));
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

  it('writes JSON in ASCII alone where asked, files included', async () => {
    const bytes = new Uint8Array([1, 2, 250]);
    const send = {
      title: 'fêlée 12 € 🎉 \u2028',
      name: '{{ draft.articles[0].files[0].filename }}',
      data: '{{ $file(draft.articles[0].files[0]) }}',
    };
    const one = file('a', bytes, { filename: 'été.pdf' });
    const drafted = { draft: draft({ articles: [article(1, [one])] }) };
    const { body } = await sent({ create: create({ send, encode: 'json-ascii' }) }, drafted, { 'blob-a': bytes });
    const text = await (body as Blob).text();
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(text)).toEqual({ title: 'fêlée 12 € 🎉 \u2028', name: 'été.pdf', data: 'AQL6' });
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
