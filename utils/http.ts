/** The one way out to ticket systems. */
import ky from 'ky';
import { type ErrorCode, RelaisError } from './core/errors.ts';
import type { LedgerEntry } from './ledger.ts';

export interface HttpRequest {
  /** What the request is for, in a word the ledger shows: `test`, `list`, `create`, `append`, `look-up`, `read`, `session`. */
  readonly purpose: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob | FormData;
  /** Instead of the time that the size of the body gives. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  /** 0 where the browser hides the status of a redirect. */
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The server answered with a redirect, which is never followed. */
  readonly redirected: boolean;
  readonly body: string;
}

/**
 * Sends one request, never twice. Resolves for every status.
 * Rejects with `RelaisError`: `offline`, `permission-missing` (nothing was sent), `connection-lost`, `timeout`, `interrupted`,
 * `unreadable-answer` (unknown).
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

export interface HttpOptions {
  /** Whether the person granted this origin. Without it a browser fails as if it were offline. */
  readonly hasPermission: (origin: string) => Promise<boolean>;
  readonly record: (entry: LedgerEntry) => void | Promise<void>;
  /** False only where it is sure: a browser's "online" is a hint. */
  readonly isOnline?: () => boolean;
  readonly now?: () => number;
  readonly fetch?: typeof globalThis.fetch;
  /** The operating system's word for a failure (`ENOTFOUND`), which browsers don't tell. */
  readonly reasonOf?: (thrown: unknown) => string | undefined;
}

/** More than any answer to a ticket request; what is longer is no answer to it. */
export const mostAnswerBytes = 16 * 1024 * 1024;
/** An answer from an origin within this time shows that it can be reached. */
const knownFor = 30_000;

/**
 * The real thing. A fetch that fails before the answer doesn't tell whether the server was ever reached. A GET changes
 * nothing: `offline`. Anything else may have arrived: `connection-lost`, to be looked up. So that a dead network doesn't
 * put every delivery in doubt, an origin that hasn't answered lately is knocked at (`GET /`, no credentials) before an
 * unsafe request leaves; if that fails, nothing was sent and it is `offline` for sure.
 */
export function createHttp(options: HttpOptions): Http {
  const { hasPermission, isOnline = () => globalThis.navigator?.onLine !== false, now = Date.now } = options;
  const answered = new Map<string, number>();

  async function sendOne(request: HttpRequest): Promise<HttpResponse> {
    const { host, origin } = new URL(request.url);
    const at = now();
    const note = (more: Partial<LedgerEntry>): void => {
      const entry = {
        at,
        host,
        purpose: request.purpose,
        method: request.method,
        bytesSent: sizeOf(request.body),
        bytesReceived: 0,
        ms: now() - at,
      };
      // A ledger that can't be written must not turn a ticket that was made into one that wasn't.
      Promise.resolve(options.record({ ...entry, ...more })).catch(() => undefined);
    };
    try {
      const { response, received } = await exchange(request, options.fetch);
      answered.set(origin, now());
      note({ status: response.status, bytesReceived: received });
      return response;
    } catch (thrown) {
      const error = failureOf(thrown, request, options.reasonOf?.(thrown));
      if (error.code === 'offline' || error.code === 'connection-lost') answered.delete(origin);
      note({ error: error.code });
      throw error;
    }
  }

  return async (request) => {
    const { origin } = new URL(request.url);
    if (!(await hasPermission(origin))) throw new RelaisError('permission-missing', `No permission for ${origin}`, { origin });
    if (!isOnline()) throw new RelaisError('offline', 'The browser is offline');
    if (request.method !== 'GET' && now() - (answered.get(origin) ?? Number.NEGATIVE_INFINITY) > knownFor) {
      await sendOne({
        purpose: 'knock',
        method: 'GET',
        url: `${origin}/`,
        timeoutMs: 15_000,
        ...(request.signal && { signal: request.signal }),
      }).catch(unlessAnswered);
    }
    return sendOne(request);
  };
}

/** An endless or slow page at the root is still somebody who answers; only silence ends it here, before anything was sent. */
function unlessAnswered(thrown: unknown): undefined {
  const { code, details } = RelaisError.from(thrown);
  if (code === 'unreadable-answer') return undefined;
  if (code === 'interrupted') throw thrown;
  throw new RelaisError('offline', 'The ticket system can’t be reached', details, { cause: thrown });
}

/** 30 s, and for a body 30 s more and one for every 100 kB: slow lines carry large files too. */
export function timeoutFor(bytes: number): number {
  return bytes === 0 ? 30_000 : Math.min(900_000, 60_000 + Math.ceil(bytes / 100_000) * 1_000);
}

async function exchange(request: HttpRequest, fetch: HttpOptions['fetch']): Promise<{ response: HttpResponse; received: number }> {
  const deadline = AbortSignal.timeout(request.timeoutMs ?? timeoutFor(sizeOf(request.body)));
  const response = await ky(request.url, {
    method: request.method,
    headers: { ...request.headers },
    ...(request.body === undefined ? {} : { body: request.body }),
    ...(fetch === undefined ? {} : { fetch }),
    signal: request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]),
    retry: 0,
    // ky's own ends with the headers; the deadline above covers the body of the answer too.
    timeout: false,
    throwHttpErrors: false,
    credentials: 'omit',
    redirect: 'manual',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
  const { text, received } = await readBody(response);
  const redirected = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400 && response.status !== 304);
  return { response: { status: response.status, headers: Object.fromEntries(response.headers), redirected, body: text }, received };
}

async function readBody(response: Response): Promise<{ text: string; received: number }> {
  const decoder = new TextDecoder();
  let text = '';
  let received = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece !== undefined && !piece.done; piece = await reader?.read()) {
    received += piece.value.byteLength;
    if (received > mostAnswerBytes) {
      await reader?.cancel().catch(() => undefined);
      throw new RelaisError('unreadable-answer', `The answer has more than ${mostAnswerBytes} bytes`, { status: response.status });
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  return { text: text + decoder.decode(), received };
}

function failureOf(thrown: unknown, request: HttpRequest, reason: string | undefined): RelaisError {
  if (thrown instanceof RelaisError) return thrown;
  // The library's error holds the request with its credentials: only its words are kept.
  const cause = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const fail = (code: ErrorCode, message: string): RelaisError =>
    new RelaisError(code, message, reason === undefined ? {} : { reason }, { cause });
  if (request.signal?.aborted) return fail('interrupted', 'The request was stopped on our side');
  if (isNamed(thrown, 'TimeoutError')) return fail('timeout', 'The ticket system took too long to answer');
  return request.method === 'GET'
    ? fail('offline', 'The ticket system can’t be reached')
    : fail('connection-lost', 'The connection broke before the answer came');
}

function isNamed(thrown: unknown, name: string): boolean {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown && thrown.name === name;
}

/** Of a form only the files count: the rest is small. */
function sizeOf(body: HttpRequest['body']): number {
  if (body === undefined) return 0;
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  if (body instanceof Blob) return body.size;
  let size = 0;
  for (const [, value] of body) size += typeof value === 'string' ? value.length : value.size;
  return size;
}
