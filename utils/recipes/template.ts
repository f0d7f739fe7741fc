/**
 * Templates: the recipe was parsed as JSON before anything is filled in, so a value can change neither the shape of a
 * body nor the name of a field. What values can do is stand where a leaf stood.
 */
import { RelaisError } from '../core/errors.ts';
import type { Expression, FromSetting, Template } from './call-schema.ts';
import { compile, evaluate } from './expression.ts';

/**
 * What templates see. Every name is also a variable: `draft.title` and `$draft.title` are the same, and over an answer,
 * whose body is the input, only the latter works. `settings` holds the values of the fields.
 */
export interface Scope {
  readonly settings: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}

type Piece = { readonly text: string } | { readonly expression: string };
const piecesOf = new Map<string, readonly Piece[]>();

/** Parts of a template; an expression ends at the first `}}` before which it is complete. */
export function split(template: string): readonly Piece[] {
  const known = piecesOf.get(template);
  if (known !== undefined) return known;
  const pieces: Piece[] = [];
  let at = 0;
  for (let open = template.indexOf('{{'); open >= 0; open = template.indexOf('{{', at)) {
    if (open > at) pieces.push({ text: template.slice(at, open) });
    const end = endOf(template, open + 2);
    pieces.push({ expression: template.slice(open + 2, end).trim() });
    at = end + 2;
  }
  if (at < template.length) pieces.push({ text: template.slice(at) });
  if (piecesOf.size > 500) piecesOf.clear();
  piecesOf.set(template, pieces);
  return pieces;
}

function endOf(template: string, from: number): number {
  for (let end = template.indexOf('}}', from), tries = 0; end >= 0 && tries < 50; end = template.indexOf('}}', end + 1), tries += 1) {
    if (compile(template.slice(from, end).trim()) !== undefined) return end;
  }
  throw new RelaisError('bad-recipe', `Not an expression: ${template.slice(from, from + 80)}`);
}

/** What the person typed into the field, where a recipe points to one. */
export function sourceOf(value: string | FromSetting, scope: Scope): string {
  if (typeof value === 'string') return value;
  return scope.settings[value.$setting] ?? '';
}

/** The value of an expression over `input`: the scope itself, or the body of an answer. An empty field gives `undefined`. */
export async function valueOver(expression: Expression, scope: Scope, input: unknown): Promise<unknown> {
  for (const one of Array.isArray(expression) ? expression : [expression]) {
    const source = sourceOf(one, scope).trim();
    const value = source === '' ? undefined : await evaluate(source, input, scope);
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** Whether a condition over the scope holds. */
export async function isTrue(condition: Expression, scope: Scope): Promise<boolean> {
  return (await valueOver(condition, scope, scope)) === true;
}

/** Fills a template. One lone expression keeps its type; `undefined` when that gives nothing. */
export async function fill(template: string, scope: Scope, encode: (value: string) => string = (value) => value): Promise<unknown> {
  const pieces = split(template);
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && 'expression' in only) return clean(await evaluate(only.expression, scope, scope));
  let text = '';
  for (const piece of pieces) {
    if ('text' in piece) text += piece.text;
    else text += encode(write(await evaluate(piece.expression, scope, scope), piece.expression));
  }
  return clean(text);
}

/** Fills a template whose result is a text; `undefined` when it gives nothing. */
export async function fillText(template: Template, scope: Scope, encode?: (value: string) => string): Promise<string | undefined> {
  const value = await fill(sourceOf(template, scope), scope, encode);
  return value === undefined || value === null ? undefined : write(value, 'a template');
}

/** Fills every text of a JSON document. Fields and list entries that give nothing are left out. */
export async function fillJson(value: unknown, scope: Scope): Promise<unknown> {
  if (typeof value === 'string') return fill(value, scope);
  if (Array.isArray(value)) {
    const entries: unknown[] = [];
    for (const entry of value) entries.push(await fillJson(entry, scope));
    return entries.filter((entry) => entry !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  if ('$setting' in value && typeof value.$setting === 'string') return fillJson(readSetting(value.$setting, scope), scope);
  const fields: [string, unknown][] = [];
  for (const [name, entry] of Object.entries(value)) {
    const filled = await fillJson(entry, scope);
    if (filled !== undefined) fields.push([name, filled]);
  }
  return Object.fromEntries(fields);
}

/** A field of kind `json` as a document; `undefined` when it is empty. */
export function readSetting(name: string, scope: Scope): unknown {
  const text = (scope.settings[name] ?? '').trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RelaisError('bad-settings', `The field "${name}" is not JSON`, { field: name }, { cause });
  }
}

function write(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === undefined || value === null) return '';
  throw new RelaisError('bad-recipe', `A list or an object can't stand inside a text: ${where.slice(0, 80)}`);
}

/** No NUL (PostgreSQL ends a text there, silently) and no half characters (which servers refuse as broken JSON). */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').toWellFormed();
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, clean(entry)]));
}
