/** An answer in which a recipe finds everything that it looks for, as far as its expressions are plain paths. */
import type { Recipe } from '../recipe.ts';

const samples: Readonly<Record<string, unknown>> = { ticketId: '4711', number: '4711', url: 'https://example.org/4711' };

/** For a preview: with it later steps have what the earlier ones give. */
export function sampleAnswer(recipe: Recipe): unknown {
  const answer: Record<string, unknown> = {};
  const sessions = recipe.auth.flatMap((auth) => (auth.kind === 'session' ? [auth.open] : []));
  const reads = recipe.read === undefined ? [] : [recipe.read];
  for (const { out } of [...sessions, ...recipe.create, ...recipe.append, ...recipe.test, ...reads])
    for (const [name, expression] of Object.entries(out)) {
      const [first] = Array.isArray(expression) ? expression : [expression];
      if (typeof first === 'string') put(answer, first, samples[name] ?? 'sample');
    }
  return answer;
}

/** `case.id`, `data[0].number`; anything else is left out. */
function put(answer: Record<string, unknown>, path: string, value: unknown): void {
  if (!/^[A-Za-z_]\w{0,60}(?:\[0\])?(?:\.[A-Za-z_]\w{0,60}(?:\[0\])?){0,8}$/.test(path)) return;
  const names = path.replaceAll('[0]', '').split('.');
  const last = names.pop();
  let at = answer;
  for (const name of names) {
    const next = Object.hasOwn(at, name) ? at[name] : {};
    if (typeof next !== 'object' || next === null) return;
    define(at, name, next);
    at = next as Record<string, unknown>;
  }
  if (last !== undefined && !Object.hasOwn(at, last)) define(at, last, value);
}

/** A name such as `__proto__` is a name like any other. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
