/** How pages learn that something changed: the worker bumps `revision` in `storage.session`. No polling. */
import { browser } from '../browser.ts';

/** Calls back at every change; the answer ends it. */
export function onRevision(changed: () => void): () => void {
  const heard = (changes: Readonly<Record<string, unknown>>, area: string) => {
    if (area === 'session' && 'revision' in changes) changed();
  };
  browser.storage.onChanged.addListener(heard);
  return () => browser.storage.onChanged.removeListener(heard);
}

/**
 * One run at a time: calls that come while one is under way lead to a single further run, so that a burst of
 * changes does not become a burst of questions.
 */
export function coalesced(run: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let again = false;
  const loop = async () => {
    do {
      again = false;
      await run();
    } while (again);
  };
  return () => {
    if (current) {
      again = true;
      return current;
    }
    current = loop().finally(() => {
      current = undefined;
    });
    return current;
  };
}
