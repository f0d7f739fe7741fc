/** Chance that can be had again: the same words give the same number, in whatever order things happen. */
import { createHash } from 'node:crypto';

/** In [0, 1), evenly spread. */
export function chance(...words: readonly (string | number)[]): number {
  return createHash('sha256').update(words.join(' ')).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** A wait with this mean, as between events that know nothing of each other; at most four times the mean. */
export function randomWait(mean: number, ...words: readonly (string | number)[]): number {
  return Math.min(4 * mean, -mean * Math.log(1 - chance(...words)));
}

/** One of the entries, each as often as its weight says. */
export function oneOf<Name extends string>(weights: Readonly<Record<Name, number>>, ...words: readonly (string | number)[]): Name {
  const names = Object.keys(weights) as Name[];
  let left = chance(...words) * names.reduce((sum, name) => sum + weights[name], 0);
  const found = names.find((name) => {
    left -= weights[name];
    return left < 0;
  });
  const last = found ?? names.at(-1);
  if (last === undefined) throw new Error('Nothing to choose from');
  return last;
}
