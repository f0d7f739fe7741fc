import { describe, expect, it } from 'vitest';
import { BoundedRegExp } from '../../../utils/recipes/regexp.ts';

describe('a bounded regular expression', () => {
  it.each([
    '^(a+)+$',
    '(a|aa)*$',
    '((a+))*$',
    '(?:a*)+',
    '(a?a?)*b',
    '([a-z]+)*x',
    '(\\w+\\s?)+$',
    '(a{1,5}){2,9}',
    '(a)\\1',
    '(?<x>a)\\k<x>',
    '((a|b)c)+',
  ])('refuses %s, which may never end', (source) => {
    expect(() => new BoundedRegExp(source)).toThrow(/might never end/);
  });

  it.each(['^[0-9]+$', ' \\[relais-[a-z0-9]{20}\\]', '(abc)+', '(a|b)?c', '\\(a+\\)', '[(+*)]+', '^\\/', '(?:\\d\\d)*', 'a{2}b{3}'])(
    'takes %s',
    (source) => {
      expect(() => new BoundedRegExp(source)).not.toThrow();
    },
  );

  it('takes the shorter texts the more repetitions it has, so that the worst still ends', () => {
    const [one, two, four] = ['a*b', 'a*a*b', 'a*a*a*a*b'].map((source) => new BoundedRegExp(source));
    expect(one?.longest).toBeLessThan(20_000);
    expect(new BoundedRegExp('^a{1000}').longest).toBeLessThan(new BoundedRegExp('^a').longest);
    expect(two?.longest).toBeLessThan(1_000);
    for (const pattern of [one, two, four]) {
      const start = performance.now();
      expect(pattern?.exec('a'.repeat(pattern.longest))).toBeNull();
      expect(performance.now() - start).toBeLessThan(20_000);
      expect(() => pattern?.exec('a'.repeat(pattern.longest + 1))).toThrow(/is for texts of up to/);
    }
  });
});
