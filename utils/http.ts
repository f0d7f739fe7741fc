/** The one way out to ticket systems. */

export interface HttpRequest {
  /** What the request is for, in a word the ledger shows: `test`, `list`, `create`, `append`, `look-up`, `read`, `session`. */
  readonly purpose: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob | FormData;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The server answered with a redirect, which is never followed. */
  readonly redirected: boolean;
  readonly body: string;
}

/**
 * Sends one request, never twice. Resolves for every status.
 * Rejects with `RelaisError`: `offline`, `permission-missing` (nothing was sent), `connection-lost`, `timeout` (unknown).
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;
