/** The exact requests that a recipe makes of a sample thread: built by the engine, recorded instead of sent. */
import { RelaisError } from '../../core/errors.ts';
import type { HttpRequest, HttpResponse } from '../../http.ts';
import { engine } from '../engine.ts';
import type { Connection, EngineContext } from '../interface.ts';
import type { Fault, Recipe } from '../recipe.ts';
import { maskOf } from '../run.ts';
import { readSample, sampleAddition, sampleDraft } from './sample.ts';
import { sampleAnswer } from './sample-answer.ts';

/** What a request of a recipe is for. */
export type Task = 'create' | 'append' | 'find' | 'read' | 'queues' | 'test';

export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface Preview {
  readonly requests: readonly ShownRequest[];
  /** What the receipt would say: files that are left out. */
  readonly warnings: readonly string[];
  /** Why a request could not be built, and where in the recipe. */
  readonly fault?: Fault;
  /** What comes after these requests depends on what the system answers. */
  readonly isPartial: boolean;
}

const mostRequests = 20;
const hidden = '•••';
/** Stands for the token that a sign-in would give. */
const accessToken = 'accessToken';

/** Nothing is sent, and no real credential is needed: each is a word of ours that the preview masks. */
export async function previewOf(recipe: Recipe, values: Readonly<Record<string, string>>, task: Task, answer?: unknown): Promise<Preview> {
  const keys = recipe.settings.flatMap(({ key, kind }) => (kind === 'secret' ? [key] : []));
  const secrets = Object.fromEntries([...keys, accessToken].map((key) => [key, `relais-secret-${key}`] as const));
  const mask = maskOf(Object.values(secrets));
  const requests: ShownRequest[] = [];
  const warnings: string[] = [];
  const body = JSON.stringify(answer ?? sampleAnswer(recipe));
  const http = async (request: HttpRequest): Promise<HttpResponse> => {
    if (requests.length >= mostRequests) throw new RelaisError('interrupted', 'Enough is shown');
    requests.push(await shown(request, mask));
    return { status: 200, headers: { 'content-type': 'application/json' }, redirected: false, body };
  };
  const connection = { recipe: signedIn(recipe), values: completed(recipe, values), secrets };
  try {
    warnings.push(...(await run(connection, { http, readBlob: readSample, now: () => 0 }, task)));
    return { requests, warnings, isPartial: false };
  } catch (thrown) {
    const error = RelaisError.from(thrown);
    const isOurs = error.code === 'bad-recipe' || error.code === 'bad-settings' || error.code === 'draft-incomplete';
    if (!isOurs && requests.length > 0) return { requests, warnings, isPartial: true };
    return { requests, warnings, isPartial: false, fault: { path: placeOf(error, recipe), message: mask(error.message) } };
  }
}

/** Values for fields that nobody has filled in yet: a recipe is written before it is used. */
function completed({ settings }: Recipe, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const samples: Readonly<Record<string, string>> = { url: 'https://desk.example.org', text: 'sample' };
  const missing = settings.flatMap(({ key, kind, required, default: given, options }) => {
    const sample = kind === 'choice' ? options?.[0]?.id : samples[kind];
    return values[key] || given || !required || sample === undefined ? [] : [[key, sample] as const];
  });
  return { ...values, ...Object.fromEntries(missing) };
}

async function run(connection: Connection, context: EngineContext, task: Task): Promise<readonly string[]> {
  const idle = { started: async () => {}, finished: async () => {} };
  switch (task) {
    case 'create':
    case 'append': {
      const action = task === 'create' ? ({ kind: task } as const) : ({ kind: task, ticketId: '4711' } as const);
      const draft = task === 'create' ? sampleDraft : sampleAddition;
      return (await engine.deliver({ connection, action, draft, finished: {} }, context, idle)).warnings;
    }
    case 'find':
      await engine.lookUp(connection, sampleDraft.reference, context);
      return [];
    case 'read':
      await engine.read(connection, '4711', context);
      return [];
    case 'queues':
      await engine.list(connection, 'queues', context);
      return [];
    case 'test':
      await engine.test(connection, context);
      return [];
  }
}

/** OAuth 2 as it is when somebody has signed in: a preview opens no window. */
function signedIn(recipe: Recipe): Recipe {
  const headers = { Authorization: `Bearer {{ secrets.${accessToken} }}` };
  const auth = recipe.auth.map((one): typeof one =>
    one.kind === 'oauth2' ? { kind: 'header', headers, ...(one.when !== undefined && { when: one.when }) } : one,
  );
  return { ...recipe, auth };
}

async function shown({ method, url, headers = {}, body }: HttpRequest, mask: (text: string) => string): Promise<ShownRequest> {
  return {
    method,
    url: mask(url),
    headers: Object.entries(headers).map(([name, value]) => [name, mask(value.replace(/^Basic .*/, `Basic ${hidden}`))]),
    body: mask(pretty(await textOf(body))),
  };
}

async function textOf(body: HttpRequest['body']): Promise<string> {
  if (body === undefined || typeof body === 'string') return body ?? '';
  if (body instanceof Blob) return body.text();
  const lines: string[] = [];
  for (const [name, value] of body)
    lines.push(typeof value === 'string' ? `${name}: ${value}` : `${name}: “${value.name}” ${value.type}, ${value.size} bytes`);
  return lines.join('\n');
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/** The place in the recipe that an error is about: the field it names, or where the expression stands that failed. */
function placeOf({ details }: RelaisError, recipe: Recipe): string {
  if (typeof details.field === 'string') return `settings.${details.field}`;
  const wanted = typeof details.expression === 'string' ? details.expression.replace(/…$/, '') : undefined;
  if (wanted === undefined) return '';
  const find = (node: unknown, path: readonly string[]): string | undefined => {
    if (typeof node === 'string') return node.replace(/\s+/g, ' ').includes(wanted) ? path.join('.') : undefined;
    if (typeof node !== 'object' || node === null) return undefined;
    for (const [name, entry] of Object.entries(node)) {
      const place = find(entry, [...path, name]);
      if (place !== undefined) return place;
    }
    return undefined;
  };
  return find(recipe, []) ?? '';
}
