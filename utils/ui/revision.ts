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
