import { describe, expect, it } from 'vitest';
import { gzipBytes, parts, reachable, type Target } from '../support/bundle.ts';

/** DESIGN section 9, minified and compressed, in bytes. */
const budgets = { button: 8_000, popup: 45_000, worker: 90_000 } as const;
const targets: readonly Target[] = ['chrome-mv3', 'firefox-mv3'];

describe.each(targets)('%s', (target) => {
  it.each(['button', 'popup', 'worker'] as const)('keeps the %s within its budget', (part) => {
    expect(gzipBytes(target, parts[part])).toBeLessThanOrEqual(budgets[part]);
  });

  it('loads the button as one file, since a page has no module loader of ours', () => {
    expect(reachable(target, parts.button)).toEqual([...parts.button]);
  });
});
