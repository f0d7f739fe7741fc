/**
 * OAuth 2: an access token by the grant that the recipe names (RFC 6749; PKCE by RFC 7636). Tokens are kept by the
 * connection's store and renewed by one worker, page or script at a time: a refresh token used twice ends many systems' trust.
 */
import { RelaisError } from '../core/errors.ts';
import { answerOf } from './answer.ts';
import type { Auth } from './auth-schema.ts';
import { toBase64 } from './base64.ts';
import type { Template } from './call-schema.ts';
import type { TokenStore } from './interface.ts';
import { assertOrigin, type Run } from './run.ts';
import { fillText } from './template.ts';

type OAuth = Extract<Auth, { kind: 'oauth2' }>;

/** What is stored. `identity` says for which settings it was given: for others it is worth nothing. */
interface Tokens {
  readonly identity: string;
  readonly access: string;
  readonly refresh?: string;
  readonly expiresAt?: number;
}

/** Renewed this long before the end, so that none ends on its way. */
const early = 60_000;
/** Per connection, where nobody keeps them longer. */
const remembered = new Map<string, string>();

/** An access token that is good now. `refused`: one that the system took for bad. Throws `unauthorised` where a person must sign in. */
export async function accessToken(run: Run, auth: OAuth, identity: string, refused?: string): Promise<string> {
  const store = run.tokens ?? inMemory(identity);
  const isGood = (tokens: Tokens | undefined): tokens is Tokens =>
    tokens !== undefined && tokens.access !== refused && (tokens.expiresAt ?? Number.POSITIVE_INFINITY) - early > run.context.now();
  let tokens = read(await store.read(), identity);
  if (!isGood(tokens)) {
    const written = await store.update(async (stored) => {
      const latest = read(stored, identity);
      return JSON.stringify(isGood(latest) ? latest : await renewed(run, auth, identity, latest));
    });
    tokens = read(written, identity);
  }
  if (tokens === undefined) throw new RelaisError('unauthorised', 'The system gave no token');
  run.hide(tokens.access, tokens.refresh ?? '');
  return tokens.access;
}

function read(stored: string | undefined, identity: string): Tokens | undefined {
  const tokens = stored === undefined ? undefined : (JSON.parse(stored) as Tokens);
  return tokens?.identity === identity ? tokens : undefined;
}

async function renewed(run: Run, auth: OAuth, identity: string, before: Tokens | undefined): Promise<Tokens> {
  const params = await filled(run, auth.params);
  const pasted = auth.grant === 'refresh' ? params.refresh_token : undefined;
  const refresh = before?.refresh ?? pasted;
  if (refresh !== undefined) {
    run.hide(refresh);
    try {
      return await ask(run, auth, identity, { ...params, grant_type: 'refresh_token', refresh_token: refresh }, refresh);
    } catch (thrown) {
      // Refresh tokens end too: what gave the first one is asked again.
      if (!(thrown instanceof RelaisError) || thrown.code !== 'unauthorised' || refresh === pasted) throw thrown;
    }
  }
  switch (auth.grant) {
    case 'client-credentials':
      return ask(run, auth, identity, { ...scopeOf(auth), ...params, grant_type: 'client_credentials' });
    case 'password':
      return ask(run, auth, identity, { ...scopeOf(auth), ...params, grant_type: 'password' });
    case 'code-pkce':
      return ask(run, auth, identity, { ...params, grant_type: 'authorization_code', ...(await signIn(run, auth)) });
    case 'refresh':
      if (pasted === undefined) throw new RelaisError('bad-recipe', 'auth.params: a refresh_token is missing');
      return ask(run, auth, identity, { ...params, grant_type: 'refresh_token' }, pasted);
  }
}

/** The person signs in at the system's own page; gives what proves it to the token address. */
async function signIn(run: Run, auth: OAuth): Promise<Readonly<Record<string, string>>> {
  const { signIn: window } = run.context;
  if (window === undefined) throw new RelaisError('unauthorised', 'Nobody has signed in to the ticket system, or not lately');
  const verifier = secretText();
  const state = secretText();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  // That page may lie anywhere, so it is told nothing that is secret.
  const open = { ...run, scope: { ...run.scope, secrets: {} } };
  const address = (await text(open, auth.authorize)) ?? '';
  if (!/^https?:/i.test(address) || !URL.canParse(address)) throw new RelaisError('bad-recipe', 'auth.authorize: not an address');
  const url = new URL(address);
  const asked = {
    response_type: 'code',
    client_id: (await text(open, auth.client.id)) ?? '',
    redirect_uri: window.redirect,
    ...scopeOf(auth),
    state,
    code_challenge: urlSafe(hash),
    code_challenge_method: 'S256',
    ...(await filled(open, auth.ask)),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const back = new URL(await window.open(url.href));
  const given = back.searchParams;
  const code = given.get('code');
  if (!back.href.startsWith(window.redirect) || given.get('state') !== state || code === null) {
    const said = run.mask(given.get('error_description') ?? given.get('error') ?? '').slice(0, 500);
    throw new RelaisError('unauthorised', 'The sign-in did not end with a yes', said === '' ? {} : { said });
  }
  return { code, redirect_uri: window.redirect, code_verifier: verifier };
}

async function ask(run: Run, auth: OAuth, identity: string, fields: Readonly<Record<string, string>>, refresh?: string): Promise<Tokens> {
  const address = (await text(run, auth.token)) ?? '';
  if (!URL.canParse(address)) throw new RelaisError('bad-recipe', 'auth.token: not an address');
  assertOrigin(run, new URL(address));
  const id = (await text(run, auth.client.id)) ?? '';
  const secret = (await text(run, auth.client.secret)) ?? '';
  const inBody = auth.client.by === 'body';
  const basic = `Basic ${toBase64(new TextEncoder().encode(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`))}`;
  const body = new URLSearchParams({
    ...fields,
    ...(inBody ? { client_id: id, ...(secret === '' ? {} : { client_secret: secret }) } : {}),
  });
  const response = await run.context.http({
    purpose: 'session',
    method: 'POST',
    url: address,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(inBody ? {} : { authorization: basic }),
    },
    body: body.toString(),
    ...(run.context.signal === undefined ? {} : { signal: run.context.signal }),
  });
  const { status, redirected, body: told } = answerOf(response);
  const answer = isRecord(told) ? told : {};
  if (typeof answer.access_token === 'string' && status >= 200 && status < 300) {
    const next = typeof answer.refresh_token === 'string' ? answer.refresh_token : refresh;
    const seconds = Number(answer.expires_in ?? Number.NaN);
    return {
      identity,
      access: answer.access_token,
      ...(next === undefined ? {} : { refresh: next }),
      ...(Number.isFinite(seconds) ? { expiresAt: run.context.now() + seconds * 1_000 } : {}),
    };
  }
  const said = [answer.error_description, answer.error].find((entry) => typeof entry === 'string') ?? '';
  const details = { status, ...(said === '' ? {} : { said: run.mask(String(said)).slice(0, 500) }) };
  // A token request changes nothing that matters: it may simply be made again.
  if (status === 429 || status >= 500) throw new RelaisError('unavailable', `The token address answered ${status}`, details);
  if (redirected) throw new RelaisError('redirected', 'The token address sends on to another one', details);
  throw new RelaisError('unauthorised', `The token address answered ${status}`, details);
}

function scopeOf({ scopes }: OAuth): Readonly<Record<string, string>> {
  return scopes.length === 0 ? {} : { scope: scopes.join(' ') };
}

async function filled(run: Run, templates: Readonly<Record<string, Template>>): Promise<Readonly<Record<string, string>>> {
  const values = await Promise.all(Object.entries(templates).map(async ([name, template]) => [name, await text(run, template)] as const));
  return Object.fromEntries(values.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])));
}

async function text(run: Run, template: Template | undefined): Promise<string | undefined> {
  return template === undefined ? undefined : fillText(template, run.scope);
}

function inMemory(identity: string): TokenStore {
  return {
    read: async () => remembered.get(identity),
    async update(change) {
      const next = await change(remembered.get(identity));
      remembered.set(identity, next);
      return next;
    },
  };
}

function secretText(): string {
  return urlSafe(crypto.getRandomValues(new Uint8Array(32)));
}

function urlSafe(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
