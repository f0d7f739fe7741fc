/** A recipe that is being written: the document, and what is typed of it that is no JSON yet. Pure: each change gives a new sketch. */
import { readOwn } from '../own.ts';
import type { Fault, Recipe } from '../recipe.ts';
import type { RecipeDocument } from './from-request.ts';
import { templates } from './places.ts';
import type { Task } from './preview.ts';

export type Path = readonly string[];

export interface Sketch {
  readonly document: RecipeDocument;
  /** Path → text of a JSON field as it was typed. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What stands at a path; `undefined` for nothing. */
export function at(document: unknown, path: Path): unknown {
  let found = document;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}

/** The document with this value there; `undefined` takes the name away. What is missing on the way is made, as objects. */
function withAt(node: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  const next = withAt(at(node, [name]), rest, value);
  if (Array.isArray(node)) {
    const list = [...node];
    if (next === undefined) list.splice(Number(name), 1);
    else list[Number(name)] = next;
    return list;
  }
  const entries = Object.entries(typeof node === 'object' && node !== null ? node : {});
  const known = entries.some(([key]) => key === name);
  const changed = entries.flatMap(([key, entry]) => (key !== name ? [[key, entry]] : next === undefined ? [] : [[key, next]]));
  return Object.fromEntries(known || next === undefined ? changed : [...changed, [name, next]]);
}

/** Puts a value there; texts that were typed at or below that place no longer count. */
export function put({ document, texts }: Sketch, path: Path, value: unknown): Sketch {
  const place = path.join('.');
  const kept = Object.entries(texts).filter(([key]) => key !== place && key !== '' && !key.startsWith(`${place}.`));
  return { document: withAt(document, path, value) as RecipeDocument, texts: Object.fromEntries(kept) };
}

/** Types into a field that holds JSON: taken as soon as it is some; empty means nothing there. */
export function typeJson(sketch: Sketch, path: Path, text: string): Sketch {
  const place = path.join('.');
  const value = text.trim() === '' ? undefined : parse(text);
  const isWhole = path.length === 0 && (typeof value !== 'object' || value === null || Array.isArray(value));
  if (isWhole || (value === undefined && text.trim() !== '')) return { ...sketch, texts: { ...sketch.texts, [place]: text } };
  const next = put(sketch, path, value);
  return { ...next, texts: { ...next.texts, [place]: text } };
}

/** What a JSON field shows. */
export function textAt({ document, texts }: Sketch, path: Path): string {
  const value = at(document, path);
  return texts[path.join('.')] ?? (value === undefined ? '' : JSON.stringify(value, undefined, 2));
}

/** What a field for one line shows: a template as it is, anything else as JSON. */
export function lineAt({ document }: Sketch, path: Path): string {
  const value = at(document, path);
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** Types into such a field; `{ "$setting": "url" }` is what it says, not a text. */
export function typeLine(sketch: Sketch, path: Path, text: string): Sketch {
  const value = text.startsWith('{ "$setting"') || text.startsWith('{"$setting"') ? (parse(text) ?? text) : text;
  return put(sketch, path, value === '' ? undefined : value);
}

/** Expressions, one a line: the first that gives something counts. */
export function linesAt({ document }: Sketch, path: Path): string {
  const value = at(document, path);
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry))).join('\n');
}

/** Types into such a field. An empty line at its end stays: somebody is about to go on. */
export function typeLines(sketch: Sketch, path: Path, text: string): Sketch {
  const lines = text.split('\n').map((line) => (line.startsWith('{"$setting"') ? (parse(line) ?? line) : line));
  return put(sketch, path, text === '' ? undefined : lines.length === 1 ? lines[0] : lines);
}

/** The recipe as it would be stored: lines that were left empty are none. */
export function finished({ document }: Sketch): unknown {
  const tidy = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(tidy);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([name, entry]) => [name, name === 'out' || name === 'itemOut' ? places(entry) : tidy(entry)]),
    );
  };
  const places = (out: unknown): unknown =>
    typeof out !== 'object' || out === null
      ? out
      : Object.fromEntries(
          Object.entries(out).flatMap(([name, entry]) => {
            if (!Array.isArray(entry)) return [[name, entry]];
            const lines = entry.filter((line) => typeof line !== 'string' || line.trim() !== '');
            return lines.length === 0 ? [] : [[name, lines.length === 1 ? lines[0] : lines]];
          }),
        );
  return tidy(document);
}

/** The recipe, where it is sound, or each place that is not. */
export function inspect(sketch: Sketch): { readonly recipe?: Recipe; readonly faults: readonly Fault[] } {
  const typed = Object.entries(sketch.texts).flatMap(([path, text]) => {
    const fault = text.trim() === '' ? undefined : faultOfJson(text);
    return fault === undefined ? [] : [{ path, message: fault }];
  });
  const read = readOwn(finished(sketch));
  return typed.length === 0 ? read : { faults: [...typed, ...read.faults] };
}

/** A request of the recipe that the editor shows. */
export interface Place {
  readonly task: Task;
  readonly path: Path;
}

/** Requests that the document has, in the order in which they are shown. */
export function placesOf(document: unknown): readonly Place[] {
  const many = (task: Task, path: Path): Place[] => {
    const list = at(document, path);
    return Array.isArray(list) ? list.map((_, index) => ({ task, path: [...path, String(index)] })) : [];
  };
  const one = (task: Task, path: Path): Place[] => {
    const value = at(document, path);
    return typeof value === 'object' && value !== null && !('fixed' in value) ? [{ task, path }] : [];
  };
  return [
    ...many('create', ['create']),
    ...many('append', ['append']),
    ...many('find', ['dedupe', 'find']),
    ...one('read', ['read']),
    ...one('queues', ['lists', 'queues']),
    ...many('test', ['test']),
  ];
}

/** The sketch with a first request for this task, made after the one that makes tickets. */
export function addRequest(sketch: Sketch, task: Exclude<Task, 'create'>): Sketch {
  const made = at(sketch.document, ['create', '0', 'path']);
  const base = typeof made === 'string' ? made : '/tickets';
  const addition = templates.text;
  switch (task) {
    case 'append': {
      const step = { id: 'append', method: 'POST', path: `${base}/{{ ticket.id }}/comments`, send: { body: addition }, expect: 'any' };
      return put(sketch, ['append'], [step]);
    }
    case 'find': {
      const find = { path: base, query: { reference: '{{ reference }}' }, items: '$', itemId: 'id', itemReference: 'reference' };
      const next = put(sketch, ['dedupe', 'find'], [find]);
      const waits = { class: 'indexed', lagMs: 10_000, looks: 2 };
      return Object.entries(waits).reduce((changed, [name, value]) => put(changed, ['dedupe', name], value), next);
    }
    case 'read':
      return put(sketch, ['read'], { path: `${base}/{{ ticket.id }}`, out: { state: 'status', queue: 'queue', owner: 'assignee' } });
    case 'queues':
      return put(sketch, ['lists', 'queues'], { path: '/queues', items: '$', itemId: 'id', itemLabel: 'name' });
    case 'test':
      return put(sketch, ['test'], [{ id: 'test', path: '/', expect: 'any' }]);
  }
}

/** The sketch without that request; without any look-up there is nothing to wait for. */
export function removeRequest(sketch: Sketch, { task, path }: Place): Sketch {
  const next = put(sketch, path, undefined);
  const finds = at(next.document, ['dedupe', 'find']);
  return task === 'find' && Array.isArray(finds) && finds.length === 0 ? put(next, ['dedupe', 'class'], 'none') : next;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultOfJson(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : 'JSON';
  }
}
