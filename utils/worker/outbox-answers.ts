/** What the tabs Outbox and Tickets ask. */
import type { Handlers } from '../answering.ts';
import type { Capture } from '../core/capture.ts';
import type { Delivery } from '../core/delivery.ts';
import { RelaisError } from '../core/errors.ts';
import { capturesIn, changeCapture, editCapture, findCapture, removeCapture } from '../outbox/captures.ts';
import { appended, halted, isOpen, mailed, mailedTo, repeated, resumed } from '../outbox/decide.ts';
import { allPauses, changeDelivery, deliveriesIn, findDelivery, removeDelivery, removePause } from '../outbox/deliveries.ts';
import { forgetJournal } from '../outbox/journal.ts';
import { forgetLoss } from '../outbox/loss.ts';
import { bumpRevision } from '../outbox/revision.ts';
import { submit } from '../outbox/submit.ts';
import { findTicket, markShown, type TicketKey } from '../outbox/tickets.ts';
import { readSettings } from '../settings/storage.ts';
import type { OutboxRow } from '../views.ts';
import { outboxCounts, showBadge } from './badge.ts';
import { draftDefaults } from './defaults.ts';
import { ticketsOf } from './thread-tickets.ts';
import type { Tickets } from './tickets.ts';
import { deliveryRow, draftRow, ticketRow } from './views.ts';
import { words } from './words.ts';

export interface OutboxContext {
  readonly now: () => number;
  readonly captureChanged: (capture: Capture) => Promise<void>;
  readonly deliveryChanged: (delivery: Delivery) => Promise<void>;
  readonly lookAtOutbox: () => Promise<void>;
  readonly tickets: Tickets;
}

type OutboxRoutes =
  | 'outbox.opened'
  | 'delivery.retried'
  | 'delivery.repeated'
  | 'delivery.appended'
  | 'delivery.mailed'
  | 'delivery.edited'
  | 'delivery.deleted'
  | 'loss.understood'
  | 'tickets.opened';

/** What stands in the outbox: unsent drafts, what is on its way, what needs a person. Delivered ones are in Tickets. */
const statuses = ['stopped', 'sending', 'held', 'unsure', 'waiting'] as const;

export function outboxAnswers({
  now,
  captureChanged,
  deliveryChanged,
  lookAtOutbox,
  tickets,
}: OutboxContext): Pick<Handlers, OutboxRoutes> {
  return {
    /** Newest first; `after` is the creation time of the last row shown, and that row comes again, with any of the same time. */
    async 'outbox.opened'({ after, limit }) {
      const before = after === undefined ? Number.POSITIVE_INFINITY : Number(after);
      const [settings, pauses, counts] = await Promise.all([readSettings(), allPauses(), outboxCounts()]);
      const names = new Map(settings.endpoints.map(({ id, name }) => [id, name]));
      const [drafts, failed, ...open] = await Promise.all([
        capturesIn('ready', limit + 1, before),
        capturesIn('failed', limit + 1, before),
        ...statuses.map((status) => deliveriesIn(status, limit + 1, before)),
      ]);
      const deliveries = open.flat();
      const defaults = await draftDefaults(settings);
      const edited = new Set(deliveries.map(({ id }) => id));
      const rows: OutboxRow[] = [
        ...[...drafts, ...failed].filter(({ id }) => !edited.has(id)).map((capture) => draftRow(capture, defaults)),
        ...deliveries.map((delivery) =>
          deliveryRow(
            delivery,
            names.get(delivery.endpointId),
            pauses.find(({ endpointId }) => endpointId === delivery.endpointId),
          ),
        ),
      ].sort((a, b) => b.createdAt - a.createdAt);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return { rows: shown, counts, ...(rows.length > limit && last && { next: String(last.createdAt) }) };
    },

    async 'delivery.retried'({ id }) {
      await act(id, (delivery) => resumed(delivery, now()));
      return null;
    },

    async 'delivery.repeated'({ id }) {
      const delivery = await findDelivery(id);
      if (delivery?.state.status === 'stopped' && delivery.error?.code === 'already-in-tickets') await sendAsAnother(id);
      else await act(id, (found) => repeated(found, now()));
      return null;
    },

    async 'delivery.appended'({ id }) {
      await act(id, (delivery) => {
        const ticketId = delivery.error?.details.ticketId;
        return typeof ticketId === 'string' ? appended(delivery, ticketId, now()) : delivery;
      });
      return null;
    },

    async 'delivery.mailed'({ id }) {
      const changed = await act(id, (delivery) => mailed(delivery, now()));
      if (changed && !isOpen(changed)) await forgetJournal(id);
      return null;
    },

    /** Back into the form. What was already done in the ticket system is kept with the delivery. */
    async 'delivery.edited'({ id }) {
      const delivery = await halt(id);
      if (delivery && Object.keys(delivery.finished).length === 0 && delivery.inDoubt === undefined) await removeDelivery(id);
      const capture = await changeCapture(id, (found) => ({ ...found, status: 'ready', sendWhenReady: false }));
      if (!capture) throw new RelaisError('capture-interrupted', 'What was captured is gone');
      await captureChanged(capture);
      return { captureId: id };
    },

    async 'delivery.deleted'({ id }) {
      await halt(id);
      const capture = await findCapture(id);
      await removeDelivery(id);
      await removeCapture(id);
      if (capture) await captureChanged(capture);
      void lookAtOutbox();
      return null;
    },

    async 'loss.understood'() {
      await forgetLoss();
      await showBadge();
      await bumpRevision();
      return null;
    },

    async 'tickets.opened'({ limit, look }) {
      const [settings, delivered] = await Promise.all([readSettings(), deliveriesIn('delivered', limit)]);
      const sent = delivered.filter((one) => mailedTo(one) === undefined);
      const names = new Map(settings.endpoints.map(({ id, name }) => [id, name]));
      const byTicket = Map.groupBy(sent, ({ endpointId, state }) =>
        JSON.stringify([endpointId, state.status === 'delivered' && state.receipt.ticketId]),
      );
      const keys = [...byTicket.keys()].map((key) => JSON.parse(key) as TicketKey);
      // Only what a person looks at is asked for, and only of systems that are still there.
      if (look !== undefined)
        void tickets.refresh(keys.filter(([endpointId]) => names.has(endpointId))).then((isNews) => (isNews ? bumpRevision() : undefined));
      const rows = await Promise.all(
        [...byTicket.values()].map(async (deliveries, index) => {
          const key = keys[index] ?? ['', ''];
          const cached = await (look === undefined ? findTicket(key) : markShown(key, look));
          return ticketRow(deliveries, names.get(key[0]) ?? key[0], cached);
        }),
      );
      return rows.filter((row) => row !== undefined);
    },
  };

  /** The delivery, if there is one that waits: nobody sends it any more. Throws where it is being sent. */
  async function halt(id: string): Promise<Delivery | undefined> {
    const delivery = await changeDelivery(id, halted);
    if (!delivery && (await findDelivery(id))?.state.status === 'sending') throw new RelaisError('rejected', 'It is being sent right now');
    return delivery;
  }

  /** A ticket of its own, whatever there is: by another reference, or the one that is there would be found again. */
  async function sendAsAnother(id: string): Promise<void> {
    const capture = await editCapture(id, () => ({ target: { kind: 'new' } }));
    if (!capture) throw new RelaisError('capture-interrupted', 'What was captured is gone');
    await removeDelivery(id);
    const settings = await readSettings();
    await deliveryChanged(await submit(capture, await draftDefaults(settings), words, now(), 0, await ticketsOf(capture, settings)));
    void lookAtOutbox();
  }

  /** A person's word also ends the endpoint's pause: they may have mended what was wrong. */
  async function act(id: string, change: (delivery: Delivery) => Delivery): Promise<Delivery | undefined> {
    const changed = await changeDelivery(id, change);
    if (!changed) return undefined;
    await removePause(changed.endpointId);
    await deliveryChanged(changed);
    void lookAtOutbox();
    return changed;
  }
}
