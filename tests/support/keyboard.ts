/** A person without a mouse: goes through a page of ours by Tab alone, by the names that a screen reader says. */
import type { Popup } from './popup.ts';

/** What a page's own keyboard can do; a popup, or a tab. */
export type Keys = Pick<Popup, 'evaluate' | 'press'>;

/** More stops than any page of ours has. */
const manyStops = 80;

/** The name of what has the focus, near enough to the browser's own; a tab may be called as a field is. */
const nameInFocus = `(() => {
  const one = document.activeElement;
  const labelled = (one.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  const name = one.getAttribute('aria-label') || labelled.trim() || one.labels?.[0]?.textContent || one.textContent || '';
  return name.trim() + (one.getAttribute('role') === 'tab' ? ' (tab)' : '');
})()`;

/** Presses Tab until what is called so has the focus; backwards with Shift where that is shorter. */
export async function tabTo(keys: Keys, name: string | RegExp, backwards = false): Promise<void> {
  const met: string[] = [];
  for (let stop = 0; stop < manyStops; stop += 1) {
    const now = await keys.evaluate<string>(nameInFocus);
    if (typeof name === 'string' ? now === name : name.test(now)) return;
    met.push(now.slice(0, 30));
    await keys.press('Tab', backwards ? 8 : 0);
  }
  throw new Error(`The keyboard never reaches ${name}. It met: ${met.join(' | ')}`);
}
