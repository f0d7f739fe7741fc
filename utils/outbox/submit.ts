/** From a capture to a delivery in the outbox. */
import type { Capture } from '../core/capture.ts';
import type { Delivery } from '../core/delivery.ts';
import { type DraftDefaults, type DraftWords, draftOf, type ThreadTicket } from '../core/draft.ts';
import type { TicketDraft } from '../core/ticket.ts';
import { resumed } from './decide.ts';
import { addDelivery, findDelivery } from './deliveries.ts';

/**
 * Stores the delivery of a capture: sent at `dueAt` (held till then) or at once. Repeating it changes nothing, unless
 * the delivery had stopped and was edited: then the new draft goes on where the old one stopped, so that a ticket
 * already made is not made again. `tickets`: those that the thread has. Throws what `draftOf` throws, with nothing stored.
 */
export async function submit(
  capture: Capture,
  settings: DraftDefaults,
  words: DraftWords,
  now: number,
  holdMs: number,
  tickets: readonly ThreadTicket[] = [],
): Promise<Delivery> {
  const before = await findDelivery(capture.id);
  if (before && before.state.status !== 'stopped') return before;
  const { endpointId, action, ...draft } = await draftOf(capture, settings, words, tickets);
  const fresh: Delivery = {
    version: 1,
    id: capture.id,
    kind: 'thread',
    endpointId,
    reference: draft.reference,
    createdAt: now,
    action,
    ...summary(draft),
    state: holdMs > 0 ? { status: 'held', dueAt: now + holdMs } : { status: 'waiting', dueAt: now },
    attempts: 0,
    finished: {},
  };
  const goesOn = before !== undefined && before.endpointId === endpointId && (!capture.edits.target || isSameGoal(before, fresh));
  return addDelivery(goesOn ? resumed({ ...before, ...summary(draft) }, now) : fresh, draft, before === undefined);
}

/** A person may have chosen another ticket, or a new one: what came of the first choice says nothing of that. */
function isSameGoal(one: Delivery, other: Delivery): boolean {
  return one.reference === other.reference && JSON.stringify(one.action) === JSON.stringify(other.action);
}

/** A note on a ticket, typed in the popup. `requestId` makes a repeat harmless. */
export async function submitNote(
  requestId: string,
  endpointId: string,
  ticket: { id: string; title: string },
  note: string,
  now: number,
): Promise<Delivery> {
  const id = `note-${requestId}`;
  const before = await findDelivery(id);
  if (before) return before;
  const draft: TicketDraft = {
    reference: id,
    title: ticket.title,
    requester: { address: '', name: '' },
    note: note.trim(),
    articles: [],
    incomplete: '',
    sourceUrl: '',
  };
  const delivery: Delivery = {
    version: 1,
    id,
    kind: 'note',
    endpointId,
    reference: id,
    createdAt: now,
    action: { kind: 'append', ticketId: ticket.id },
    ...summary(draft),
    state: { status: 'waiting', dueAt: now },
    attempts: 0,
    finished: {},
  };
  return addDelivery(delivery, draft);
}

function summary(draft: TicketDraft): Pick<Delivery, 'title' | 'articles' | 'queue' | 'bytes' | 'incomplete'> {
  return {
    title: draft.title,
    articles: draft.articles.map(({ reference }) => reference),
    ...(draft.queue && { queue: draft.queue.label }),
    bytes: draft.articles.flatMap(({ files }) => files).reduce((sum, { size }) => sum + size, 0),
    incomplete: draft.incomplete,
  };
}
