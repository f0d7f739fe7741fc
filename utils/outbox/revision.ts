/** Pages learn that something changed by this number in `storage.session`, which no content script can read. */
import { browser } from '../browser.ts';

/** Tells every open page of ours to ask again. */
export async function bumpRevision(): Promise<void> {
  await browser.storage.session.set({ revision: `${Date.now()}-${Math.random()}` });
}
