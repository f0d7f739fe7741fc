/**
 * JSONata with bounds: a wrong or hostile expression ends with an error within seconds, whatever it is fed.
 * The library bounds time, depth and length of sequences itself; regular expressions and padding it does not.
 */
import jsonata from 'jsonata';
import { RelaisError } from '../core/errors.ts';
import { functions } from './functions.ts';
import { BoundedRegExp } from './regexp.ts';

/** Measured: a thread of 2,000 messages fills in well under a second. */
const bounds = { timeout: 5_000, stack: 200, sequence: 50_000, RegexEngine: BoundedRegExp as unknown as RegExpConstructor };
const cacheSize = 500;
const cache = new Map<string, jsonata.Expression>();

/** Not offered: `$eval` runs text as an expression, and a body must come out the same when it is sent again. */
const withheld = { eval: undefined, random: undefined, shuffle: undefined, assert: undefined, pad: boundedPad };

/** Compiles once; `undefined` where it is no expression. */
export function compile(source: string): jsonata.Expression | undefined {
  const known = cache.get(source);
  if (known !== undefined) return known;
  let compiled: jsonata.Expression;
  try {
    compiled = jsonata(source, bounds);
  } catch {
    return undefined;
  }
  const oldest = cache.keys().next().value;
  if (cache.size >= cacheSize && oldest !== undefined) cache.delete(oldest);
  cache.set(source, compiled);
  return compiled;
}

/** The value of an expression over `input`; names of `variables` are `$name` in it. Throws `bad-recipe` and says which expression. */
export async function evaluate(source: string, input: unknown, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
  const compiled = compile(source);
  if (compiled === undefined) throw new RelaisError('bad-recipe', `Not an expression: ${shorten(source)}`);
  try {
    return plain(await compiled.evaluate(input, { ...variables, ...functions, ...withheld }), 0);
  } catch (thrown) {
    if (thrown instanceof RelaisError) throw thrown;
    const code = isRecord(thrown) && typeof thrown.code === 'string' ? thrown.code : 'failed';
    // The library's message quotes values, which may be mail or secrets: only its code is kept.
    throw new RelaisError('bad-recipe', `The expression ${shorten(source)} failed (${code})`, {
      expression: shorten(source),
      reason: code,
    });
  }
}

/** What leaves an expression is plain JSON: no functions, no marks of the library on its lists, nothing bottomless. */
function plain(value: unknown, depth: number): unknown {
  if (depth > 50) throw new RelaisError('bad-recipe', 'An expression gave something nested too deep');
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) return value.map((entry) => plain(entry, depth + 1)).filter((entry) => entry !== undefined);
  if (!isRecord(value) || '_jsonata_function' in value || '_jsonata_lambda' in value) return undefined;
  const entries = Object.entries(value).map(([name, entry]) => [name, plain(entry, depth + 1)] as const);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
}

function boundedPad(text: unknown, width: unknown, fill: unknown): string | undefined {
  if (typeof text !== 'string' || typeof width !== 'number') return undefined;
  const length = Math.min(Math.abs(width), 1_000);
  const filler = typeof fill === 'string' ? fill : ' ';
  return width < 0 ? text.padStart(length, filler) : text.padEnd(length, filler);
}

function shorten(source: string): string {
  const line = source.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
