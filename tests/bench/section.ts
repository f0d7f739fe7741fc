/** One part of `npm run bench`: what it measured, by the keys of `.output/bench.json`, and what is good enough. */
export type Section = () => Promise<Measured>;

export interface Measured {
  readonly results: Readonly<Record<string, number>>;
  /** For some of the keys. */
  readonly bars?: Readonly<Record<string, Bar>>;
}

export type Bar = { readonly atMost: number } | { readonly atLeast: number };

export function holds(value: number, bar: Bar): boolean {
  return 'atMost' in bar ? value <= bar.atMost : value >= bar.atLeast;
}
