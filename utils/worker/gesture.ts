/** Whether a message came from a person's click. A page's own word for it is worth nothing, nor is a content script's. */
import { browser } from '../browser.ts';
import { RelaisError } from '../core/errors.ts';

/**
 * Rejects with `forbidden-message` where nobody clicked or pressed a key just before. Call it first in a handler: Chromium
 * lets the gesture travel with the message, and takes it back at the first wait. Asking for what is granted already
 * shows no question, and is refused without a gesture. Firefox passes none on: there everybody is believed.
 */
export async function assertGesture(): Promise<void> {
  if (import.meta.env.FIREFOX) return;
  const granted: object = { permissions: ['storage'] };
  const clicked = await browser.permissions.request(granted).catch(() => false);
  if (!clicked) throw new RelaisError('forbidden-message', 'Nobody clicked in this page');
}
