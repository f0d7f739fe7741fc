/** A recipe out of one request that makes a ticket. */

import { ownPrefix } from '../own.ts';
import { placesIn, usualPlaces } from './answers.ts';
import type { PastedBody, PastedRequest } from './pasted.ts';
import { type InsertableId, suggestPlaces, templates } from './places.ts';

/** A recipe as it is written: JSON that may yet be wrong. */
export type RecipeDocument = { readonly [name: string]: unknown };

export interface Started {
  readonly document: RecipeDocument;
  /** For the form of the ticket system, never for the document. */
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** An id of the own kind that nobody has yet. */
export function ownId(name: string, taken: readonly string[]): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['system'];
  const stem = `${ownPrefix}${words.join('-')}`.slice(0, 36).replace(/-+$/, '');
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.includes(id)) return id;
  }
}

/** A request's recipe, with places of the draft suggested by the names in its body. */
export function recipeOf(request: PastedRequest, taken: readonly string[]): Started {
  const { url, credentials, method } = request;
  const keys = ['url', ...credentials.fields.map(({ key }) => key)];
  const { call, used, secrets } = partsOf(request, keys);
  const answer = request.answer === undefined ? usualPlaces : placesIn(request.answer);
  const create = {
    id: 'create',
    as: 'create',
    method,
    path: pathOf(url),
    ...call,
    expect: 'any',
    out: {
      ticketId: answer.ticketId.length === 0 ? ['$reference'] : answer.ticketId,
      ...(answer.number.length > 0 && { number: answer.number }),
      ...(answer.url.length > 0 && { url: answer.url }),
    },
  };
  const offered = (['queue', 'priority', 'assignee'] as const).filter((name) => used.has(name));
  const document = {
    version: 1,
    id: ownId(url.host, taken),
    name: url.host,
    kind: 'any',
    settings: [
      { key: 'url', kind: 'url', label: 'Address', default: url.origin, required: true },
      ...credentials.fields,
      ...Object.entries(secrets).map(([key, { label }]) => ({ key, kind: 'secret', label, required: true })),
    ],
    note: used.has('note') ? 'internal' : 'none',
    fields: Object.fromEntries(offered.map((name) => [name, 'optional'])),
    base: '{{ settings.url }}',
    ...(Object.keys(credentials.headers).length > 0 && { headers: credentials.headers }),
    auth: credentials.auth,
    test: [],
    create: [create],
    dedupe: { class: 'none', key: { header: 'Idempotency-Key', ttlMs: 0 } },
    ...(!used.has('files') && { limits: { files: false } }),
    errors: { said: ['message', 'error', 'error.message', 'errors[0].message', 'errors[0].detail', 'detail'] },
  };
  const typed = Object.entries(secrets).flatMap(([key, { value }]) => (value === '' ? [] : [[key, value] as const]));
  return {
    document,
    values: { url: url.origin, ...credentials.values },
    secrets: { ...credentials.secrets, ...Object.fromEntries(typed) },
  };
}

/** The same request in a recipe that is there already: method, address, headers and body, without its credentials. */
export function callOf(request: PastedRequest): RecipeDocument {
  const { call } = partsOf(request, []);
  return { method: request.method, path: pathOf(request.url), ...call };
}

function partsOf({ url, headers, credentials, body }: PastedRequest, keys: readonly string[]) {
  const query = { ...Object.fromEntries(url.searchParams), ...credentials.query };
  const sent = body === undefined ? undefined : sendOf(body, keys);
  return {
    call: {
      ...(Object.keys(query).length > 0 && { query }),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(sent !== undefined && { encode: body?.encode, send: sent.body }),
    },
    used: new Set<InsertableId>([...(sent?.used ?? []), ...usedIn([query, headers, url.pathname])]),
    secrets: sent?.secrets ?? {},
  };
}

function sendOf(body: PastedBody, keys: readonly string[]): ReturnType<typeof suggestPlaces> {
  switch (body.encode) {
    case 'json':
      return suggestPlaces(body.value, keys);
    case 'form':
      return suggestPlaces(Object.fromEntries(body.fields), keys);
    case 'raw':
      return { body: templates.text, used: new Set(['text']), secrets: {} };
    case 'multipart': {
      const texts = body.parts.filter(({ isFile }) => !isFile);
      const { body: filled, used, secrets } = suggestPlaces(Object.fromEntries(texts.map(({ name, value }) => [name, value])), keys);
      const fields = Object.entries(filled as Record<string, unknown>).map(([name, value]) => ({ name, value }));
      const file = body.parts.find(({ isFile }) => isFile);
      if (file === undefined) return { body: fields, used, secrets };
      const each = `{{ [draft.articles.files.{ 'name': ${JSON.stringify(file.name)}, 'file': $file($), 'filename': filename, 'type': mediaType }] }}`;
      return { body: [...fields, each], used: new Set([...used, 'files' as const]), secrets };
    }
  }
}

/** Its path as a template: braces of the address itself are percent-encoded by then. */
function pathOf(url: URL): string {
  return decodeBraces(url.pathname);
}

/** A path parameter that was put in as a template must be one. */
function decodeBraces(path: string): string {
  return path.replace(/%7B%7B(.{1,200}?)%7D%7D/gi, (whole, inner: string) => {
    const words = inner.replace(/%20/g, ' ').trim();
    return /^(?:settings|draft)\.[\w.]{1,60}$/.test(words) ? `{{ ${words} }}` : whole;
  });
}

function usedIn(value: unknown): readonly InsertableId[] {
  const text = JSON.stringify(value);
  return (['queue', 'priority', 'assignee', 'note'] as const).filter((name) => text.includes(`draft.${name}`));
}
