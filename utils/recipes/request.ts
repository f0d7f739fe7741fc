/** Makes one request of a call, sends it, and understands the answer. The only place that hands requests to `http`. */
import * as v from 'valibot';
import { RelaisError } from '../core/errors.ts';
import { type Answer, answerOf, outputs, understand, withAnswer } from './answer.ts';
import { authOf, type Credentials, credentials, forgetSession } from './auth.ts';
import { encodeBody } from './body.ts';
import { type Call, type Look, methods } from './call-schema.ts';
import { signature } from './digest.ts';
import { assertOrigin, type Run } from './run.ts';
import { fillJson, fillText, readSetting, type Scope, sourceOf, valueOver } from './template.ts';

export interface Purpose {
  /** The word the ledger shows. */
  readonly purpose: string;
  /** The request changes nothing. */
  readonly safe: boolean;
  /** Headers of the engine's own (an idempotency key). */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Sent {
  readonly answer: Answer;
  readonly out: Readonly<Record<string, unknown>>;
}

/** Sends a call and gives its outputs. A session or token that has expired is renewed, once: the refused request did nothing. */
export async function send(run: Run, call: Call, scope: Scope, purpose: Purpose): Promise<Sent> {
  try {
    return await sendOnce(run, call, scope, purpose);
  } catch (thrown) {
    const auth = await authOf(run);
    const renews = auth?.kind === 'session' || auth?.kind === 'oauth2';
    if (!renews || !call.auth || !(thrown instanceof RelaisError) || thrown.code !== 'unauthorised') throw thrown;
    await forgetSession(run);
    return sendOnce(run, call, scope, purpose);
  }
}

/** Sends a call that reads, and what must be read before it. */
export async function sendLook(run: Run, look: Look, scope: Scope, purpose: string): Promise<Sent & { readonly scope: Scope }> {
  let seen = scope;
  for (const before of look.before) {
    const { out } = await send(run, before, seen, { purpose, safe: true });
    seen = { ...seen, steps: { ...(isRecord(seen.steps) ? seen.steps : {}), [before.id]: out } };
  }
  const sent = await send(run, look, seen, { purpose, safe: true });
  return { ...sent, scope: withAnswer(seen, sent.answer) };
}

async function sendOnce(run: Run, call: Call, outer: Scope, purpose: Purpose): Promise<Sent> {
  const identity: Credentials = call.auth ? await credentials(run, (login) => openSession(run, login)) : { headers: {}, params: {} };
  const scope = identity.session === undefined ? outer : { ...outer, session: identity.session };
  const url = await address(run, call, scope);
  for (const [name, value] of await queryOf(call, scope)) url.searchParams.append(name, value);
  for (const [name, value] of Object.entries(identity.params)) url.searchParams.set(name, value);
  assertOrigin(run, url);
  const filled = call.send === undefined ? undefined : await fillJson(call.send, scope);
  const body = await encodeBody(call.encode, filled, { marks: run.marks, readBlob: run.context.readBlob });
  const headers = {
    // Alone, or Rails takes it for a browser's and answers with pages (Zammad, and whatever else stands on it).
    accept: call.expect === 'text' ? '*/*' : 'application/json',
    ...(body.contentType === undefined ? {} : { 'content-type': body.contentType }),
    ...(await headersOf(run.recipe.headers, scope)),
    ...(await headersOf(call.headers, scope)),
    ...lowerCase(identity.headers),
    ...(call.sign === undefined ? {} : await signature(call.sign, body, secretsOf(run))),
    ...purpose.headers,
  };
  const response = await run.context.http({
    purpose: purpose.purpose,
    method: methodOf(call, scope),
    url: url.href,
    headers: asBytes(headers),
    ...(body.body === undefined ? {} : { body: body.body }),
    ...(call.timeoutMs === undefined ? {} : { timeoutMs: call.timeoutMs }),
    ...(run.context.signal === undefined ? {} : { signal: run.context.signal }),
  });
  const answer = answerOf(response);
  if (call.again !== undefined && scope.again !== true && (await valueOver(call.again, withAnswer(scope, answer), answer.body)) === true) {
    return sendOnce(run, call, { ...outer, again: true }, purpose);
  }
  await understand(run, await withExpiry(call, run), answer, scope, purpose.safe);
  return { answer, out: await outputs(call, answer, scope) };
}

async function openSession(run: Run, login: Call): Promise<Readonly<Record<string, unknown>>> {
  return (await sendOnce(run, login, run.scope, { purpose: 'session', safe: true })).out;
}

async function withExpiry(call: Call, run: Run): Promise<Call> {
  const auth = await authOf(run);
  if (auth?.kind !== 'session' || auth.expired === undefined || !call.auth) return call;
  return { ...call, errors: [{ when: auth.expired, code: 'unauthorised' }, ...call.errors] };
}

function methodOf(call: Call, scope: Scope): v.InferOutput<typeof methods> {
  const method = v.safeParse(methods, sourceOf(call.method, scope));
  if (!method.success) throw new RelaisError('bad-settings', 'Not a method of HTTP', { field: 'method' });
  return method.output;
}

async function address(run: Run, call: Call, scope: Scope): Promise<URL> {
  const whole = call.url === undefined ? undefined : await fillText(call.url, scope, segment);
  const text = whole ?? `${run.base}${(await fillText(call.path ?? '', scope, segment)) ?? ''}`;
  if (!URL.canParse(text)) throw new RelaisError('bad-settings', 'A request has no valid address', { field: nameOf(call) });
  return new URL(text);
}

/** A value inside an address stays one segment: what it gives can neither add a segment nor climb out of its own. */
function segment(value: string): string {
  if (value === '' || value === '.' || value === '..') throw new RelaisError('bad-settings', 'A part of an address is empty or climbs', {});
  return encodeURIComponent(value.toWellFormed());
}

async function queryOf(call: Call, scope: Scope): Promise<readonly (readonly [string, string])[]> {
  const filled = await fillJson(call.query ?? {}, scope);
  return Object.entries(isRecord(filled) ? filled : {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (entry) => [name, typeof entry === 'object' ? JSON.stringify(entry) : String(entry)] as const,
    ),
  );
}

async function headersOf(templates: Call['headers'], scope: Scope): Promise<Record<string, string>> {
  if (templates === undefined) return {};
  const source =
    typeof templates === 'object' && '$setting' in templates && typeof templates.$setting === 'string'
      ? readSetting(templates.$setting, scope)
      : templates;
  const filled = await fillJson(source ?? {}, scope);
  const entries = Object.entries(isRecord(filled) ? filled : {}).filter(([, value]) => value !== '');
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function secretsOf({ scope }: Run): Readonly<Record<string, string>> {
  return (scope.secrets ?? {}) as Readonly<Record<string, string>>;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Headers hold bytes: other than ASCII goes as UTF-8, and a line end, which would begin another header, is refused. */
function asBytes(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (/[\r\n\0]/.test(value)) throw new RelaisError('bad-settings', `The header ${name} would hold a line end`, { field: name });
      return [name, [...new TextEncoder().encode(value)].map((byte) => String.fromCharCode(byte)).join('')];
    }),
  );
}

function nameOf(call: Call): string {
  return typeof call.url === 'object' ? call.url.$setting : 'url';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
