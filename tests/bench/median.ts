/** Rounds that are measured and then thrown away: caches fill, code is compiled. */
const warmUps = 2;

/** Median of `rounds` measurements after two warm-ups. One value says nothing on a shared machine. */
export async function median(rounds: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let round = -warmUps; round < rounds; round += 1) {
    const value = await measure();
    if (round >= 0) values.push(value);
  }
  return medianOf(values);
}

export function medianOf(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new Error('Nothing was measured');
  return middle;
}
