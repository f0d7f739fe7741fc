/**
 * One run at a time: calls that come while one is under way lead to a single further run, so that a burst of
 * changes does not become a burst of questions.
 */
export function coalesced(run: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let again = false;
  const loop = async () => {
    try {
      do {
        again = false;
        await run();
      } while (again);
    } finally {
      // In the same step as the last look at `again`: a call in between would be lost.
      current = undefined;
    }
  };
  return () => {
    if (current) {
      again = true;
      return current;
    }
    current = loop();
    return current;
  };
}
