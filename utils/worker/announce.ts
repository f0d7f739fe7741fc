/** Tells badge, pages and buttons that something changed: together, one round at a time, behind the work and never in its way. */
import type { Capture } from '../core/capture.ts';
import { findCapture } from '../outbox/captures.ts';
import { bumpRevision } from '../outbox/revision.ts';
import { coalesced } from '../ui/coalesced.ts';
import { showBadge } from './badge.ts';
import { pushButton } from './button.ts';

type Shown = Pick<Capture, 'id' | 'origin' | 'threadKey'>;

const changed = new Map<string, Shown | undefined>();

const round = coalesced(async () => {
  const now = [...changed];
  changed.clear();
  await Promise.all([
    bumpRevision(),
    showBadge(),
    ...now.map(async ([id, known]) => {
      const capture = known ?? (await findCapture(id));
      if (capture) await pushButton(capture);
    }),
  ]);
});

/** Of a capture, or of the delivery with this id. Resolves at once: nobody waits for it, and a burst is told in a few rounds. */
export async function announce(what: Shown | string): Promise<void> {
  if (typeof what === 'string') changed.set(what, changed.get(what));
  else changed.set(what.id, what);
  round().catch((error: unknown) => console.error('announce', error));
}
