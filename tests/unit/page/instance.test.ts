/** Two scripts of ours in one page: which of them keeps its button. */
import { JSDOM } from 'jsdom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { standAlone } from '../../../utils/page/instance.ts';

let document: Document;
beforeEach(() => {
  const { window } = new JSDOM('');
  document = window.document;
  vi.stubGlobal('Event', window.Event);
  vi.stubGlobal('AbortController', window.AbortController);
});

const alive = () => true;
const nothing = () => {};

describe('a script that is put into a page once more', () => {
  it('stays out while the earlier one has its extension, which is told', () => {
    const again = vi.fn();
    const first = standAlone(document, alive, again);
    expect(standAlone(document, alive, nothing)).toBeUndefined();
    expect(standAlone(document, alive, nothing)).toBeUndefined();
    expect(first?.aborted).toBe(false);
    expect(again).toHaveBeenCalledTimes(2);
  });

  it('takes the place of one that an update left behind, which ends for good', () => {
    let isAlive = true;
    const again = vi.fn();
    const first = standAlone(document, () => isAlive, again);
    isAlive = false;
    const second = standAlone(document, alive, nothing);
    expect([first?.aborted, second?.aborted]).toEqual([true, false]);
    isAlive = true;
    expect(standAlone(document, alive, nothing)).toBeUndefined();
    expect([second?.aborted, again.mock.calls.length]).toEqual([false, 0]);
  });
});
