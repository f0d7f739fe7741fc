/** Proves who we are, in the way the recipe says. */
import type { Auth } from './auth-schema.ts';
import { toBase64 } from './base64.ts';
import type { Call } from './call-schema.ts';
import { accessToken } from './oauth.ts';
import type { Run } from './run.ts';
import { fillText, isTrue, type Scope } from './template.ts';

export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  /** What a login gave; templates of the call see it. */
  readonly session?: Readonly<Record<string, unknown>>;
}

/** The way this connection proves its identity: the first of the recipe's whose condition holds. */
export async function authOf(run: Run): Promise<Auth | undefined> {
  for (const auth of run.recipe.auth) {
    if (auth.when === undefined || (await isTrue(auth.when, run.scope))) return auth;
  }
  return undefined;
}

/** Sends the login call of a session and gives its outputs. */
export type Login = (call: Call) => Promise<Readonly<Record<string, unknown>>>;

/** Headers and parameters that carry the identity. Opens a session by `login` where the recipe works with one. */
export async function credentials(run: Run, login: Login): Promise<Credentials> {
  const auth = await authOf(run);
  switch (auth?.kind) {
    case undefined:
    case 'none':
      return { headers: {}, params: {} };
    case 'header':
      return { headers: { ...(await filled(auth.headers, run.scope)), ...(await typedHeader(run, auth)) }, params: {} };
    case 'basic': {
      const user = (await fillText(auth.user, run.scope)) ?? '';
      const password = (await fillText(auth.password, run.scope)) ?? '';
      return { headers: { authorization: `Basic ${toBase64(new TextEncoder().encode(`${user}:${password}`))}` }, params: {} };
    }
    case 'query':
      return { headers: {}, params: await filled(auth.params, run.scope) };
    case 'session': {
      run.session ??= openSession(run, auth, login);
      const session = await run.session;
      return { headers: await filled(auth.headers, { ...run.scope, session }), params: {}, session };
    }
    case 'oauth2': {
      run.session ??= keyOf(run).then(async (key) => ({ access_token: await accessToken(run, auth, key, run.refused) }));
      const session = await run.session;
      return { headers: await filled(auth.headers, { ...run.scope, session }), params: {}, session };
    }
  }
}

async function typedHeader(run: Run, { name, value }: Extract<Auth, { kind: 'header' }>): Promise<Record<string, string>> {
  const key = name === undefined ? undefined : await fillText(name, run.scope);
  const text = value === undefined ? undefined : await fillText(value, run.scope);
  return key === undefined || key === '' || text === undefined ? {} : { [key]: text };
}

/** Per connection and worker, in memory only: a lost one costs a login. */
const sessions = new Map<string, { readonly at: number; readonly out: Readonly<Record<string, unknown>> }>();

async function openSession(run: Run, auth: Extract<Auth, { kind: 'session' }>, login: Login): Promise<Readonly<Record<string, unknown>>> {
  const key = await keyOf(run);
  const known = sessions.get(key);
  if (known !== undefined && run.context.now() - known.at < auth.maxAgeMs) return known.out;
  const out = await login({ ...auth.open, auth: false });
  if (sessions.size > 50) sessions.clear();
  sessions.set(key, { at: run.context.now(), out });
  return out;
}

/** Forgets a session or a token that the server no longer takes. */
export async function forgetSession(run: Run): Promise<void> {
  sessions.delete(await keyOf(run));
  const token = (await run.session)?.access_token;
  if (typeof token === 'string') run.refused = token;
  delete run.session;
}

async function keyOf(run: Run): Promise<string> {
  const text = JSON.stringify([run.recipe.id, run.base, run.scope.settings, run.scope.secrets]);
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

async function filled(
  templates: Readonly<Record<string, string | { readonly $setting: string }>>,
  scope: Scope,
): Promise<Record<string, string>> {
  const values: [string, string][] = [];
  for (const [name, template] of Object.entries(templates)) {
    const value = await fillText(template, scope);
    if (value !== undefined && value !== '') values.push([name, value]);
  }
  return Object.fromEntries(values);
}
