/** Finds what is wrong with the templates and expressions of a recipe before anybody uses it. */
import { compile } from './expression.ts';
import type { Fault, Recipe } from './recipe.ts';
import { split } from './template.ts';

/** Names under which an expression stands; everywhere else texts are templates. */
const expressions = new Set([
  'when',
  'ok',
  'items',
  'itemId',
  'itemLabel',
  'itemReference',
  'found',
  'ours',
  'sees',
  'more',
  'next',
  'expired',
  'waitMs',
  'again',
  'number',
]);
const maps = new Set(['out', 'itemOut']);

/** Every broken place; none for a sound recipe. */
export function faultsOf(recipe: Recipe): readonly Fault[] {
  const faults: Fault[] = [];
  const fields = new Set(recipe.settings.map(({ key }) => key));
  const visit = (node: unknown, path: readonly string[], isExpression: boolean): void => {
    if (typeof node === 'string') {
      const fault = isExpression ? (compile(node) === undefined ? 'is not an expression' : undefined) : faultOfTemplate(node);
      if (fault !== undefined) faults.push({ path: path.join('.'), message: fault });
    } else if (Array.isArray(node)) {
      for (const [at, entry] of node.entries()) visit(entry, [...path, String(at)], isExpression);
    } else if (typeof node === 'object' && node !== null) {
      for (const [name, entry] of Object.entries(node)) {
        if (name === '$setting' && !fields.has(String(entry)))
          faults.push({ path: path.join('.'), message: `points to a field "${String(entry)}" that is not there` });
        else if (name !== '$setting')
          visit(entry, [...path, name], isExpression || (path.at(-1) !== 'send' && isPlaceOfExpression(path, name, entry)));
      }
    }
  };
  const { settings, ...rest } = recipe;
  visit(rest, [], false);
  for (const field of settings) {
    if (field.when !== undefined) visit(field.when, ['settings', field.key, 'when'], true);
    if (field.kind === 'expression' && field.default) visit(field.default, ['settings', field.key, 'default'], true);
    if (field.kind === 'json' && field.default) {
      const place = ['settings', field.key, 'default'];
      const document = parsed(field.default);
      if (document === undefined) faults.push({ path: place.join('.'), message: 'is not JSON' });
      else visit(document, place, false);
    }
  }
  return faults;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPlaceOfExpression(path: readonly string[], name: string, entry: unknown): boolean {
  if (path.includes('send') || path.includes('query') || path.includes('headers')) return false;
  if (maps.has(path.at(-1) ?? '') || (name === 'said' && path.at(-1) === 'errors')) return true;
  // A list is written out, or is an expression.
  return expressions.has(name) || (name === 'fixed' && typeof entry === 'string');
}

function faultOfTemplate(text: string): string | undefined {
  try {
    split(text);
    return undefined;
  } catch {
    return 'holds what is not an expression';
  }
}
