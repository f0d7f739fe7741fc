/**
 * One run at a time: calls that come while one is under way lead to a single further run, so that a burst of changes does
 * not become a burst of questions. Each call resolves with the first run that began after it, however many follow.
 */
export function coalesced(run: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function start(): Promise<void> {
    // A moment later, so that a run which calls itself finds itself under way.
    current = Promise.resolve()
      .then(run)
      .finally(() => {
        current = undefined;
      });
    return current;
  }

  return () => {
    if (next) return next;
    if (!current) return start();
    next = current
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
}
