/** What an answer means: success, or an error of a class the outbox knows, with the server's own sentence. */
import { type ErrorCode, type ErrorDetails, RelaisError } from '../core/errors.ts';
import type { HttpResponse } from '../http.ts';
import type { Call, Rule } from './call-schema.ts';
import type { Run } from './run.ts';
import { type Scope, valueOver } from './template.ts';

/** An understood answer. `body` is `undefined` where it is empty or no JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly redirected: boolean;
  readonly text: string;
  readonly body: unknown;
}

/** A response with its body read as JSON, where it is that. */
export function answerOf({ status, headers, redirected, body }: HttpResponse): Answer {
  return { status, headers, redirected, text: body, body: parse(body) };
}

/** Gives an answer back that is a success, or throws what is wrong. `safe`: the request changes nothing, so repeating it does no harm. */
export async function understand(run: Run, call: Call, answer: Answer, scope: Scope, safe: boolean): Promise<Answer> {
  const seen = withAnswer(scope, answer);
  for (const rule of [...call.errors, ...run.recipe.errors.rules]) {
    if ((await valueOver(rule.when, seen, answer.body)) === true) throw await ruled(run, rule, answer, seen);
  }
  if (answer.redirected) throw await failure(run, 'redirected', answer, seen);
  if (answer.status >= 200 && answer.status < 300) checkKind(call, answer, safe);
  const ok = call.ok ?? run.recipe.ok ?? defaultOk(call);
  if (ok === undefined ? answer.status >= 200 && answer.status < 300 : (await valueOver(ok, seen, answer.body)) === true) return answer;
  throw await failure(run, codeOf(answer, safe), answer, seen);
}

/** Outputs of a call over its answer; those that give nothing are absent. */
export async function outputs(call: Pick<Call, 'out'>, answer: Answer, scope: Scope): Promise<Record<string, unknown>> {
  const out: [string, unknown][] = [];
  for (const [name, expression] of Object.entries(call.out)) {
    const value = await valueOver(expression, withAnswer(scope, answer), answer.body);
    if (value !== undefined) out.push([name, value]);
  }
  return Object.fromEntries(out);
}

/** The scope with `$answer`, and without secrets and what a login gave: nothing that is kept or shown is computed from them. */
export function withAnswer(scope: Scope, answer: Answer): Scope {
  const { status, headers, redirected, text, body } = answer;
  return { ...scope, secrets: {}, session: {}, answer: { status, headers, redirected, text: text.slice(0, 100_000), body } };
}

/** JSON-RPC and GraphQL report errors inside a 200. */
function defaultOk(call: Call): string | undefined {
  if (call.encode === 'jsonrpc') return '$answer.status < 300 and $not($exists(error))';
  if (call.encode === 'graphql') return '$answer.status < 300 and $not($exists(errors))';
  return undefined;
}

/**
 * An empty answer is none where something was to be said: to a question it would read as "nothing found" and make a second
 * ticket, to an order as "done" although the server broke off (seen: 200 with an empty body). 204 says itself that it has no body.
 */
function checkKind(call: Call, answer: Answer, safe: boolean): void {
  if (call.expect === 'text') return;
  if (isPage(answer)) throw new RelaisError('login-page', 'A web page came instead of an answer', { status: answer.status });
  if (call.expect === 'json' && answer.body === undefined && (safe || answer.status !== 204 || answer.text.trim() !== '')) {
    throw new RelaisError('unreadable-answer', 'The answer is not JSON', { status: answer.status });
  }
}

function isPage(answer: Answer): boolean {
  if (/^\s*(?:<!doctype html|<html[\s>])/i.test(answer.text)) return true;
  return answer.body === undefined && answer.text.trim() !== '' && (answer.headers['content-type'] ?? '').includes('text/html');
}

/**
 * The class by status. A 503 that names a time was turned away at the door; one that doesn't may come from a proxy whose
 * server went away in the middle of the work, like 500, 502 and 504.
 */
function codeOf(answer: Answer, safe: boolean): ErrorCode {
  const { status } = answer;
  if (status === 401) return 'unauthorised';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 413) return 'too-large';
  if (status === 429) return 'rate-limited';
  if (status === 425 || (status === 503 && (safe || 'retry-after' in answer.headers))) return 'unavailable';
  if (status === 408) return safe ? 'unavailable' : 'timeout';
  if (status >= 500) return safe ? 'unavailable' : 'server-error';
  return 'rejected';
}

async function ruled(run: Run, rule: Rule, answer: Answer, scope: Scope): Promise<RelaisError> {
  const wait = rule.waitMs === undefined ? undefined : await valueOver(rule.waitMs, scope, answer.body);
  return failure(run, rule.code, answer, scope, typeof wait === 'number' ? { retryAfterMs: Math.max(0, Math.round(wait)) } : {});
}

async function failure(run: Run, code: ErrorCode, answer: Answer, scope: Scope, more: ErrorDetails = {}): Promise<RelaisError> {
  const said = run.mask(await saidBy(run, answer, scope)).slice(0, 500);
  const wait = retryAfter(answer.headers, run.context.now());
  const details = {
    ...(answer.status === 0 ? {} : { status: answer.status }),
    ...(said === '' ? {} : { said }),
    ...(answer.redirected && answer.headers.location !== undefined ? { location: run.mask(answer.headers.location).slice(0, 500) } : {}),
    ...(wait === undefined || !['rate-limited', 'unavailable', 'too-large', 'server-error'].includes(code) ? {} : { retryAfterMs: wait }),
    ...more,
  };
  return new RelaisError(code, `The ticket system answered ${answer.status === 0 ? 'with a redirect' : answer.status}`, details);
}

async function saidBy(run: Run, answer: Answer, scope: Scope): Promise<string> {
  for (const expression of run.recipe.errors.said) {
    const value = await valueOver(expression, scope, answer.body).catch(() => undefined);
    const texts = (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === 'string' && entry.trim() !== '');
    if (texts.length > 0) return oneLine(texts.join('; '));
  }
  return answer.body === undefined && !isPage(answer) ? oneLine(answer.text.slice(0, 1_000)) : '';
}

/** Milliseconds that the server asks to wait: Retry-After in seconds or as a date, or one of its cousins; at most a day. */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const names = [
    'retry-after',
    'ratelimit-reset',
    'x-ratelimit-retry-after',
    'x-ratelimit-reset',
    'x-rate-limit-reset',
    'x-ratelimit-requests-reset',
  ];
  const text = names.map((name) => headers[name]?.trim()).find((value) => value !== undefined && value !== '');
  if (text === undefined) return undefined;
  const number = Number(text);
  const wait = Number.isNaN(number)
    ? Date.parse(text) - now
    : number > 1e12
      ? number - now
      : number > 1e9
        ? number * 1_000 - now
        : number * 1_000;
  return Number.isNaN(wait) ? undefined : Math.min(86_400_000, Math.max(0, Math.round(wait)));
}

function parse(text: string): unknown {
  try {
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
