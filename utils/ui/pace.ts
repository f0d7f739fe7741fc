/** How fast a person types, and so how long a pause ends what is being typed. */

const quickest = 150;
const slowest = 700;

/**
 * Call it at every keystroke: it answers with the milliseconds to wait for the next one, twice what usually lies between two.
 * A quick typist is answered at once, and of a slow one not every letter is asked for.
 */
export function createPace(now: () => number): () => number {
  let gap = quickest;
  let last: number | undefined;
  return () => {
    const at = now();
    // A longer pause was for thinking, not for typing.
    const between = last === undefined ? gap : Math.min(at - last, slowest);
    gap = 0.6 * gap + 0.4 * between;
    last = at;
    return Math.min(slowest, Math.max(quickest, 2 * gap));
  };
}
