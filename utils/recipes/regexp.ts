/**
 * Regular expressions that end. JavaScript can't stop one that backtracks (measured: `^(a+)+$` on 34 characters ran for
 * 188 s), so those that may are refused when they are read, and the rest get texts no longer than they can handle.
 */
import { RelaisError } from '../core/errors.ts';

/** Roughly how many steps one match may take at worst. */
const mostSteps = 300_000_000;

/** A `RegExp` for JSONata. Throws `bad-recipe` for a pattern that repeats a repetition, or for a text too long for it. */
export class BoundedRegExp extends RegExp {
  readonly longest: number;

  constructor(pattern: RegExp | string, flags?: string) {
    super(pattern, flags);
    this.longest = longestFor(this.source);
  }

  override exec(text: string): RegExpExecArray | null {
    if (text.length <= this.longest) return super.exec(text);
    throw new RelaisError(
      'bad-recipe',
      `The regular expression /${this.source.slice(0, 80)}/ is for texts of up to ${this.longest} characters`,
    );
  }
}

/**
 * With k open repetitions one after the other, and a start anywhere, n characters take about n^(k+1) steps; fixed ones
 * multiply. A pattern without repetitions takes whole mails, one with `.*` a page.
 */
function longestFor(source: string): number {
  const open = openRepetitions(source);
  const fixed = [...source.matchAll(/\{(\d+)\}/g)].reduce((product, [, times]) => product * Math.max(1, Number(times)), 1);
  return Math.floor((mostSteps / fixed) ** (1 / (open + 1)));
}

/** Counts `*`, `+` and `{…,…}`; refuses a repeated group that holds a repetition or an alternative, and references back. */
function openRepetitions(source: string): number {
  /** For each open group: does it hold something that can match in more than one way? */
  const groups: boolean[] = [];
  let count = 0;
  let isClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (char === '\\') {
      if (!isClass && /[1-9k]/.test(source.charAt(at + 1))) throw refusal(source, 'refers back');
      at += 1;
      if (!isClass) count += atom(source, at + 1, groups);
      continue;
    }
    if (isClass) {
      isClass = char !== ']';
      if (!isClass) count += atom(source, at + 1, groups);
    } else if (char === '[') isClass = true;
    else if (char === '|') mark(groups);
    else if (char === '(') {
      groups.push(false);
      if (source.charAt(at + 1) === '?') at += 1;
    } else if (char === ')') {
      const isAmbiguous = groups.pop() ?? false;
      const repetition = repetitionAt(source, at + 1);
      if (repetition !== 'none' && repetition !== 'once' && isAmbiguous) throw refusal(source, 'repeats a repetition');
      if (repetition === 'open') count += 1;
      if (isAmbiguous || repetition !== 'none') mark(groups);
    } else if (!'*+?'.includes(char)) count += atom(source, at + 1, groups);
  }
  return count;
}

/** An atom ended at `at`: 1 where it is repeated openly. */
function atom(source: string, at: number, groups: boolean[]): 0 | 1 {
  const repetition = repetitionAt(source, at);
  if (repetition !== 'none' && repetition !== 'fixed') mark(groups);
  return repetition === 'open' ? 1 : 0;
}

function mark(groups: boolean[]): void {
  if (groups.length > 0) groups[groups.length - 1] = true;
}

/** What follows an atom: nothing, `?`, a fixed number, or a repetition of open length. */
function repetitionAt(source: string, at: number): 'none' | 'once' | 'fixed' | 'open' {
  const char = source.charAt(at);
  if (char === '*' || char === '+') return 'open';
  if (char === '?') return 'once';
  const braces = /^\{(\d+)(,(\d*))?\}/.exec(source.slice(at, at + 12));
  if (braces === null) return 'none';
  return braces[2] === undefined || braces[1] === braces[3] ? 'fixed' : 'open';
}

function refusal(source: string, why: string): RelaisError {
  return new RelaisError('bad-recipe', `The regular expression /${source.slice(0, 80)}/ ${why} and might never end`);
}
