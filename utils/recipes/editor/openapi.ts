/** Reads operations of an OpenAPI document (3, and Swagger 2): JSON or YAML, whole or only the part that somebody copied. */
import { parse } from 'yaml';
import { takeCredentials } from './credentials.ts';
import { type PastedMethod, type PastedRequest, pastedMethods, type Reading } from './pasted.ts';
import { answerExample, type Json, requestExample, resolve } from './schema-example.ts';

export interface Operation {
  readonly method: PastedMethod;
  readonly path: string;
  /** In the document's own words. */
  readonly summary: string;
}

export type OpenApi =
  | { readonly ok: true; readonly operations: readonly Operation[]; read(operation: Operation): Reading }
  | { readonly ok: false; readonly message: string };

const most = 2_000;

/** Operations that change something, those that sound like making a ticket first. */
export function readOpenApi(text: string): OpenApi {
  let document: unknown;
  try {
    // The library bounds references to what stands above: a few lines can't grow to gigabytes.
    document = /^\s*\{/.test(text) ? JSON.parse(text) : parse(text);
  } catch (thrown) {
    return { ok: false, message: firstLine(thrown) };
  }
  if (!isObject(document)) return { ok: false, message: 'OpenAPI' };
  const root = isObject(document.paths) ? document : { paths: document };
  const operations = operationsOf(root);
  if (operations.length === 0) return { ok: false, message: 'paths' };
  return { ok: true, operations, read: (operation) => readOperation(root, operation) };
}

/** Of an error that quotes the document below it. */
function firstLine(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.message.split('\n', 1)[0] ?? '') : 'YAML';
}

function operationsOf(root: Json): readonly Operation[] {
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(isObject(root.paths) ? root.paths : {})) {
    if (!path.startsWith('/') || !isObject(item)) continue;
    for (const method of pastedMethods) {
      const operation = item[method.toLowerCase()];
      if (method === 'GET' || method === 'DELETE' || !isObject(operation) || operations.length >= most) continue;
      operations.push({ method, path, summary: text(operation.summary) ?? text(operation.operationId) ?? '' });
    }
  }
  const rank = ({ method, path, summary }: Operation): number =>
    (method === 'POST' ? 0 : 4) +
    (/(?:tickets?|issues?|cases?|requests?|incidents?)$/i.test(path) ? 0 : 2) +
    (/create|add|new/i.test(summary) ? 0 : 1);
  return operations.toSorted((one, other) => rank(one) - rank(other));
}

function readOperation(root: Json, { method, path }: Operation): Reading {
  const unread: string[] = [];
  const item = objectAt(objectAt(root, 'paths'), path);
  const operation = objectAt(item, method.toLowerCase());
  const parameters = [...list(item.parameters), ...list(operation.parameters)].map((entry) => resolve(root, entry)).filter(isObject);
  const url = addressOf(root, path, unread);
  if (url === undefined) return { unread };
  for (const parameter of parameters) {
    if (parameter.in !== 'query' || parameter.required !== true || typeof parameter.name !== 'string') continue;
    url.searchParams.set(parameter.name, String(requestExample(root, parameter.schema ?? parameter) ?? ''));
  }
  const headers: Record<string, string> = {};
  signIn(root, operation, headers, url, unread);
  const body = bodyOf(root, operation, parameters);
  if (body === undefined) unread.push('requestBody');
  const answer = answerOf(root, operation);
  const request: PastedRequest = {
    ...takeCredentials({ url, headers, ...(headers.Authorization === 'Basic' && { user: '<name>:<password>' }) }),
    method,
    ...(body !== undefined && { body }),
    ...(answer !== undefined && { answer }),
  };
  const { Authorization: _, ...kept } = request.headers;
  return { request: { ...request, headers: kept }, unread };
}

function addressOf(root: Json, path: string, unread: string[]): URL | undefined {
  const [server] = list(root.servers);
  const named = isObject(server) ? text(server.url) : undefined;
  const scheme = list(root.schemes).includes('https') || list(root.schemes).length === 0 ? 'https' : 'http';
  const base = named ?? (text(root.host) === undefined ? '/' : `${scheme}://${text(root.host)}${text(root.basePath) ?? ''}`);
  const variables = isObject(server) ? objectAt(server, 'variables') : {};
  const filled = base.replace(/\{([^{}]{1,60})\}/g, (_, name: string) => text(objectAt(variables, name).default) ?? name);
  // Many documents leave the server to whoever runs it.
  const whole = /^https?:\/\//i.test(filled) ? filled : `https://example.org/${filled.replace(/^\/+/, '')}`;
  if (whole !== filled) unread.push('servers');
  const address = `${whole.replace(/\/+$/, '')}${path.replace(/\{([^{}]{1,60})\}/g, (_, name: string) => parameterOf(name))}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** A part of the path that the caller chooses: mostly where the ticket goes. */
function parameterOf(name: string): string {
  return /queue|project|group|board|department|team|repo|desk|list|inbox|categor/i.test(name)
    ? '{{ draft.queue.id }}'
    : encodeURIComponent(name);
}

function signIn(root: Json, operation: Json, headers: Record<string, string>, url: URL, unread: string[]): void {
  const schemes = { ...objectAt(objectAt(root, 'components'), 'securitySchemes'), ...objectAt(root, 'securityDefinitions') };
  const wanted = [...list(operation.security), ...list(root.security)].flatMap((entry) => (isObject(entry) ? Object.keys(entry) : []));
  const names = wanted.length > 0 ? wanted : Object.keys(schemes);
  for (const name of names) {
    const scheme = resolve(root, schemes[name]);
    if (!isObject(scheme)) continue;
    const kind = `${text(scheme.type)} ${text(scheme.scheme) ?? ''}`.trim().toLowerCase();
    if (kind === 'http bearer') headers.Authorization = 'Bearer <token>';
    else if (kind === 'http basic' || kind === 'basic') headers.Authorization = 'Basic';
    else if (kind === 'apikey' && scheme.in === 'header' && typeof scheme.name === 'string') headers[scheme.name] = '<key>';
    else if (kind === 'apikey' && scheme.in === 'query' && typeof scheme.name === 'string') url.searchParams.set(scheme.name, '<key>');
    else {
      unread.push(`${name} (${kind})`);
      continue;
    }
    return;
  }
}

function bodyOf(root: Json, operation: Json, parameters: readonly Json[]): PastedRequest['body'] {
  const content = objectAt(resolve(root, operation.requestBody), 'content');
  const json = Object.entries(content).find(([type]) => /json/i.test(type))?.[1];
  if (isObject(json)) return { encode: 'json', value: mediaExample(root, json, requestExample) };
  const form = Object.entries(content).find(([type]) => /form/i.test(type));
  if (form !== undefined && isObject(form[1])) {
    const fields = Object.entries(objectOf(mediaExample(root, form[1], requestExample))).map(
      ([name, value]) => [name, asText(value)] as const,
    );
    if (/urlencoded/i.test(form[0])) return { encode: 'form', fields };
    return { encode: 'multipart', parts: fields.map(([name, value]) => ({ name, value, isFile: /file|attach/i.test(name) })) };
  }
  const old = parameters.find((parameter) => parameter.in === 'body');
  return old === undefined ? undefined : { encode: 'json', value: requestExample(root, old.schema) ?? {} };
}

function mediaExample(root: Json, media: Json, exampleOf: typeof requestExample): unknown {
  const [named] = Object.values(objectOf(media.examples)).map((entry) => resolve(root, entry));
  return media.example ?? (isObject(named) ? named.value : undefined) ?? exampleOf(root, media.schema) ?? {};
}

function answerOf(root: Json, operation: Json): unknown {
  const responses = objectAt(operation, 'responses');
  const good = Object.keys(responses).find((status) => /^2/.test(status));
  const response = good === undefined ? undefined : resolve(root, responses[good]);
  if (!isObject(response)) return undefined;
  const json = Object.entries(objectAt(response, 'content')).find(([type]) => /json/i.test(type))?.[1];
  if (isObject(json)) return mediaExample(root, json, answerExample);
  return response.schema === undefined ? undefined : answerExample(root, response.schema);
}

function objectAt(value: unknown, name: string): Json {
  return isObject(value) ? objectOf(Object.hasOwn(value, name) ? value[name] : undefined) : {};
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
