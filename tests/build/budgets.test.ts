import { describe, expect, it } from 'vitest';
import { gzipBytes, parts, popupForm, reachable, type Target } from '../support/bundle.ts';

/** DESIGN section 9, minified and compressed, in bytes. The popup's is what the form of a thread waits for. */
const budgets = { button: 8_000, popup: 45_000, worker: 90_000 } as const;
/** What its first paint waits for: words, colours and no library. */
const outline = 8_000;
/** With every tab opened, and everything exported and looked at. */
const wholePopup = 60_000;
const targets: readonly Target[] = ['chrome-mv3', 'firefox-mv3'];

describe.each(targets)('%s', (target) => {
  it.each(['button', 'worker'] as const)('keeps the %s within its budget', (part) => {
    expect(gzipBytes(target, parts[part])).toBeLessThanOrEqual(budgets[part]);
  });

  it('keeps what the popup loads before its first paint, for its form and in all within its budgets', () => {
    const [first, form, whole] = [
      gzipBytes(target, parts.popup, false),
      gzipBytes(target, popupForm(target), false),
      gzipBytes(target, parts.popup),
    ];
    console.log(`relais: popup ${first} bytes at first, ${form} with the form, ${whole} in all`);
    expect(first).toBeLessThanOrEqual(outline);
    expect(form).toBeLessThanOrEqual(budgets.popup);
    expect(whole).toBeLessThanOrEqual(wholePopup);
    expect(form, 'the form comes after the outline').toBeGreaterThan(first);
    expect(whole, 'the other tabs come later').toBeGreaterThan(form);
  });

  it('loads the button as one file, since a page has no module loader of ours', () => {
    expect(reachable(target, parts.button)).toEqual([...parts.button]);
  });
});
