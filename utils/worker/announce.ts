/** Tells badge, pages and buttons that something changed: together, one round at a time, behind the work and never in its way. */

import type { Capture } from '../core/capture.ts';
import { coalesced } from '../core/coalesced.ts';
import { bumpRevision } from '../outbox/revision.ts';
import { countAgain, showBadge } from './badge.ts';
import { pushButtons } from './button.ts';

/** A burst is told in rounds this many milliseconds apart at least, the first at once. */
const betweenRounds = 100;
/** Telling takes a tenth of the time at most: counting ten thousand would stand in the way of their sending. */
const restPerRound = 9;

const changed = new Set<string>();
/** Ends the rest between two rounds. */
let hurry = Promise.withResolvers<void>();

const round = coalesced(async () => {
  const now = new Set(changed);
  changed.clear();
  hurry = Promise.withResolvers();
  const start = performance.now();
  await Promise.all([bumpRevision(), showBadge(), pushButtons(now)]);
  const rest = Math.max(betweenRounds, restPerRound * (performance.now() - start));
  // biome-ignore lint/style/noRestrictedGlobals: paces a burst, while the worker is busy with it anyway
  await Promise.race([new Promise((resolve) => setTimeout(resolve, rest)), hurry.promise]);
});

/**
 * Of a capture, or of the delivery with this id. Resolves at once: nobody waits for it, and a burst is told in a few rounds.
 * A capture that is ready, or won't be, is told without a rest: its person is looking at the popup.
 */
export async function announce(what: Pick<Capture, 'id' | 'status'> | string): Promise<void> {
  changed.add(typeof what === 'string' ? what : what.id);
  countAgain();
  if (typeof what !== 'string' && what.status !== 'collecting' && what.status !== 'preparing') hurry.resolve();
  round().catch((error: unknown) => console.error('announce', error));
}
