/** Tells badge, pages and buttons that something changed: together, one round at a time, behind the work and never in its way. */

import { coalesced } from '../core/coalesced.ts';
import { bumpRevision } from '../outbox/revision.ts';
import { countAgain, showBadge } from './badge.ts';
import { pushButtons } from './button.ts';

/** A burst is told in rounds this many milliseconds apart at least, the first at once. */
const betweenRounds = 100;
/** Telling takes a tenth of the time at most: counting ten thousand would stand in the way of their sending. */
const restPerRound = 9;

const changed = new Set<string>();

const round = coalesced(async () => {
  const now = new Set(changed);
  changed.clear();
  const start = performance.now();
  await Promise.all([bumpRevision(), showBadge(), pushButtons(now)]);
  const rest = Math.max(betweenRounds, restPerRound * (performance.now() - start));
  // biome-ignore lint/style/noRestrictedGlobals: paces a burst, while the worker is busy with it anyway
  await new Promise((resolve) => setTimeout(resolve, rest));
});

/** Of a capture, or of the delivery with this id. Resolves at once: nobody waits for it, and a burst is told in a few rounds. */
export async function announce(what: { readonly id: string } | string): Promise<void> {
  changed.add(typeof what === 'string' ? what : what.id);
  countAgain();
  round().catch((error: unknown) => console.error('announce', error));
}
