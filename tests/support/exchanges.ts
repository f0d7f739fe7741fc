/** Recorded exchanges with a ticket system: how a request is written down, and an `Http` that plays the answers. */
import type { Json } from '../../utils/core/delivery.ts';
import type { Http, HttpRequest } from '../../utils/http.ts';

export interface RecordedRequest {
  readonly purpose: string;
  readonly method: string;
  readonly url: string;
  /** Without what every request has. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as it is, forms and multipart as their parts, files as base64. */
  readonly body?: Json;
}

export interface Exchange {
  readonly request: RecordedRequest;
  readonly response: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Json };
}

/** A request as fixtures write it. */
export async function written({ purpose, method, url, headers = {}, body }: HttpRequest): Promise<RecordedRequest> {
  const { accept: _, ...told } = headers;
  return {
    purpose,
    method,
    url,
    headers: told,
    ...(body === undefined ? {} : { body: await writtenBody(body, headers['content-type'] ?? '') }),
  };
}

async function writtenBody(body: NonNullable<HttpRequest['body']>, type: string): Promise<Json> {
  if (body instanceof FormData) return Promise.all([...body].map(async ([name, value]) => ({ name, value: await writtenPart(value) })));
  const text = typeof body === 'string' ? body : await body.text();
  if (type.includes('json')) return JSON.parse(text) as Json;
  if (type.includes('urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  return text;
}

async function writtenPart(value: FormDataEntryValue): Promise<Json> {
  if (typeof value !== 'string')
    return { filename: value.name, type: value.type, base64: Buffer.from(await value.arrayBuffer()).toString('base64') };
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

export interface Player {
  readonly http: Http;
  readonly asked: RecordedRequest[];
}

/** Answers in the order of the exchanges, whatever is asked; `answer` may change one. Asking for more than there is fails. */
export function play(
  exchanges: readonly Exchange[],
  answer: (exchange: Exchange, at: number) => Exchange['response'] = ({ response }) => response,
): Player {
  const asked: RecordedRequest[] = [];
  const http: Http = async (request) => {
    const at = asked.push(await written(request)) - 1;
    const exchange = exchanges[at];
    if (exchange === undefined) throw new Error(`More was asked than recorded: ${request.method} ${request.url}`);
    const { status, headers = { 'content-type': 'application/json' }, body } = answer(exchange, at);
    return {
      status,
      headers,
      redirected: status >= 300 && status < 400,
      body: typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
    };
  };
  return { http, asked };
}
