/** What the page of a handover asks. */
import type { Handlers } from '../answering.ts';
import { RelaisError } from '../core/errors.ts';
import { type Handover, isRunning, resumedHandover } from '../core/handover.ts';
import type { HandedView, HandoverView } from '../handover-views.ts';
import { findLink } from '../outbox/captures.ts';
import { findDelivery, findPause } from '../outbox/deliveries.ts';
import { readSettings } from '../settings/storage.ts';
import { changeHandover, readHandover } from './handover-store.ts';
import { readList } from './listing.ts';
import { tabsOn } from './tabs-on.ts';
import { deliveryRow } from './views.ts';

type HandoverRoutes =
  | 'handover.listed'
  | 'handover.started'
  | 'handover.opened'
  | 'handover.cancelled'
  | 'handover.resumed'
  | 'handover.closed';

export interface HandoverAnswersContext {
  readonly now: () => number;
  /** Goes on with what is stored. */
  readonly go: () => Promise<void>;
  /** Tells badge and open pages. */
  readonly told: () => Promise<void>;
}

export function handoverAnswers({ now, go, told }: HandoverAnswersContext): Pick<Handlers, HandoverRoutes> {
  return {
    async 'handover.listed'() {
      const { webmails } = await readSettings();
      const [tab] = await tabsOn(webmails.map(({ origin }) => origin));
      if (!tab) throw new RelaisError('webmail-closed', 'No tab shows a webmail');
      const { origin, threads } = await readList(tab.id);
      const rows = threads.map(async (thread) => {
        const receipt = (await findLink(origin, thread.message.id))?.receipt;
        return {
          ...thread,
          ...(receipt && { ticket: { number: receipt.number, ...(receipt.url !== undefined && { url: receipt.url }) } }),
        };
      });
      return { tabId: tab.id, origin, rows: await Promise.all(rows) };
    },

    /** The same again changes nothing; another one while one is running is refused. */
    async 'handover.started'({ id, tabId, origin, edits, threads }) {
      await changeHandover((before) => {
        if (before?.id === id) return before;
        if (before && isRunning(before)) throw new RelaisError('rejected', 'A handover is under way');
        return {
          version: 1,
          id,
          createdAt: now(),
          origin,
          tabId,
          edits,
          threads: threads.map((thread, index) => ({ ...thread, captureId: `${id}-${index}`, state: { status: 'waiting' } })),
        };
      });
      void go();
      return null;
    },

    async 'handover.opened'() {
      const found = await readHandover();
      if (found && isRunning(found)) void go();
      return found && viewOf(found);
    },

    async 'handover.cancelled'() {
      await changeHandover((found) => found && (isRunning(found) ? { ...found, halted: 'cancelled' } : found));
      return null;
    },

    async 'handover.resumed'() {
      await changeHandover((found) => found && resumedHandover(found));
      void go();
      return null;
    },

    async 'handover.closed'() {
      await changeHandover((found) => (found && isRunning(found) ? found : undefined));
      await told();
      return null;
    },
  };
}

async function viewOf(handover: Handover): Promise<HandoverView> {
  const { endpoints } = await readSettings();
  const names = new Map(endpoints.map(({ id, name }) => [id, name]));
  const threads = handover.threads.map(async ({ captureId, subject, from, state }): Promise<HandedView> => {
    const delivery = state.status === 'taken' ? await findDelivery(captureId) : undefined;
    const row = delivery && deliveryRow(delivery, names.get(delivery.endpointId), await findPause(delivery.endpointId));
    return { captureId, subject, ...(from !== undefined && { from }), state, ...(row && { delivery: row }) };
  });
  const { id, origin, edits, halted } = handover;
  return { id, origin, edits, isRunning: isRunning(handover), ...(halted && { halted }), threads: await Promise.all(threads) };
}
