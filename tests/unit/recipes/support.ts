/** A ticket system in a few lines for tests of the engine: answers by a function, remembers what was asked. */
import type { Json } from '../../../utils/core/delivery.ts';
import type { SafeHtml } from '../../../utils/core/thread.ts';
import type { Article, ArticleFile, TicketDraft } from '../../../utils/core/ticket.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../utils/http.ts';
import type { Connection, EngineContext, Job, Progress } from '../../../utils/recipes/interface.ts';
import { parseRecipe } from '../../../utils/recipes/recipe.ts';

export const reference = 'relais-abcdefghij0123456789';

export interface Asked extends Omit<HttpRequest, 'body'> {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: string | Blob | FormData;
}

export type Answering = (asked: Asked) => Partial<Omit<HttpResponse, 'body'>> & { readonly body?: unknown };

/** An `Http` that answers by a function; objects become JSON. A function that throws is a failed connection. */
export function answering(answer: Answering): { readonly http: Http; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const http: Http = async (request) => {
    const url = new URL(request.url);
    const seen: Asked = { ...request, path: url.pathname, query: Object.fromEntries(url.searchParams) };
    asked.push(seen);
    const { body, ...rest } = answer(seen);
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    return { status: 200, headers: { 'content-type': 'application/json' }, redirected: false, ...rest, body: text };
  };
  return { http, asked };
}

export const article = (n: number, files: readonly ArticleFile[] = []): Article => ({
  id: `m${n}`,
  reference: `${reference}-m00000000${String(n).padStart(2, '0')}`,
  from: { address: 'ines@client.test', name: 'Inès Duval' },
  to: [{ address: 'lead@example.org', name: '' }],
  cc: [],
  subject: n === 1 ? 'Devis' : 'Re: Devis',
  sentAt: `2026-03-02T0${n}:00:00+01:00`,
  text: `Message ${n}`,
  markdown: `Message ${n}`,
  html: `<p>Message ${n}</p>` as SafeHtml,
  files,
});

export const file = (id: string, bytes: Uint8Array, more: Partial<ArticleFile> = {}): ArticleFile => ({
  id,
  filename: `${id}.bin`,
  mediaType: 'application/octet-stream',
  size: bytes.length,
  sha256: '',
  blob: `blob-${id}`,
  kind: 'attachment',
  ...more,
});

export const draft = (more: Partial<TicketDraft> = {}): TicketDraft => ({
  reference,
  title: 'Devis',
  requester: { address: 'ines@client.test', name: 'Inès Duval' },
  queue: { id: '3', label: 'Support' },
  note: '',
  articles: [article(1)],
  incomplete: '',
  sourceUrl: 'https://mail.example.org/',
  ...more,
});

/** A small recipe with a look-up, three kinds of steps and a secret; parts are replaced by `more`. */
export const small = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  version: 1,
  id: 'small',
  name: 'Small',
  settings: [
    { key: 'url', kind: 'url', label: 'Address', required: true },
    { key: 'token', kind: 'secret', label: 'Token', required: true },
  ],
  note: 'internal',
  fields: { queue: 'optional' },
  base: '{{ settings.url }}',
  auth: [{ kind: 'header', headers: { Authorization: 'Bearer {{ secrets.token }}' } }],
  test: [{ id: 'me', path: '/me', out: { identity: 'name' } }],
  create: [
    {
      id: 'create',
      as: 'create',
      method: 'POST',
      path: '/tickets',
      send: { title: '{{ draft.title }}', ref: '{{ reference }}' },
      out: { ticketId: 'id' },
    },
    {
      id: 'articles',
      each: 'articles',
      when: 'index > 0',
      method: 'POST',
      path: '/tickets/{{ ticket.id }}/articles',
      send: { ref: '{{ article.reference }}', text: '{{ article.text }}' },
      find: { path: '/tickets/{{ ticket.id }}/articles', found: '$article.reference in ref' },
    },
    { id: 'note', when: "draft.note != ''", method: 'POST', path: '/tickets/{{ ticket.id }}/notes', send: { text: '{{ draft.note }}' } },
  ],
  append: [
    {
      id: 'articles',
      each: 'articles',
      method: 'POST',
      path: '/tickets/{{ ticket.id }}/articles',
      send: { ref: '{{ article.reference }}' },
    },
  ],
  read: { path: '/tickets/{{ ticket.id }}', out: { number: 'number', title: 'title', state: 'state' } },
  ticket: { url: '{{ $settings.url & "/t/" & $uri($ticket.id) }}' },
  dedupe: {
    class: 'exact',
    find: [{ path: '/tickets', query: { ref: '{{ reference }}' }, items: '$', itemId: '$string(id)' }],
    proof: { path: '/tickets/{{ ticket.id }}', ours: 'ref = $reference', out: { ticketId: '$string(id)' } },
    lagMs: 1_000,
    looks: 2,
  },
  errors: { said: ['message'] },
  ...more,
});

export const connection = (recipe: Record<string, unknown> = small(), more: Partial<Connection> = {}): Connection => ({
  recipe: parseRecipe(recipe),
  values: { url: 'https://desk.example.org' },
  secrets: { token: 's3cret-token' },
  ...more,
});

/** A clock that stands until it is moved, and blobs that are all the same byte. */
export function contextWith(http: Http, blobs: Readonly<Record<string, Uint8Array>> = {}): EngineContext & { clock: { now: number } } {
  const clock = { now: 1_000_000 };
  return {
    http,
    clock,
    now: () => clock.now,
    readBlob: async (key) => new Blob([new Uint8Array(blobs[key] ?? new Uint8Array())]),
  };
}

export interface Recorded extends Progress {
  readonly events: string[];
  readonly out: Record<string, Readonly<Record<string, Json>>>;
}

export function recorded(): Recorded {
  const events: string[] = [];
  const out: Record<string, Readonly<Record<string, Json>>> = {};
  return {
    events,
    out,
    started: async (step) => void events.push(`started ${step}`),
    finished: async (step, given) => {
      events.push(`finished ${step}`);
      out[step] = given;
    },
  };
}

export const job = (more: Partial<Job> = {}): Job => ({
  connection: connection(),
  action: { kind: 'create' },
  draft: draft(),
  finished: {},
  ...more,
});
