import type { Delivery } from '../core/delivery.ts';
import type { Receipt } from '../core/ticket.ts';
import { findCapture, findLink, putLinks, releaseDelivered } from '../outbox/captures.ts';
import { readDraft } from '../outbox/deliveries.ts';
import { rememberChoice } from './lists.ts';

/** After a delivery: remembers where its thread lies and what was chosen, and lets go of what only the sending needed. */
export async function settle({ id, kind, endpointId }: Delivery, receipt: Receipt): Promise<void> {
  const [capture, { queue }] = await Promise.all([kind === 'thread' ? findCapture(id) : undefined, readDraft(id)]);
  const keys = capture ? [capture.threadKey, ...(capture.thread?.messages ?? []).map((message) => message.id)] : [];
  const before = capture && (await findLink(capture.origin, capture.threadKey))?.receipt;
  // Of a ticket that something was added to, a system may tell no more than its id.
  const named = before?.ticketId === receipt.ticketId ? { ...before, ...receipt, number: before.number } : receipt;
  await Promise.all([
    capture && putLinks(capture.origin, keys, endpointId, id, named),
    queue && rememberChoice(endpointId, 'queues', queue),
  ]);
  await releaseDelivered(id);
}
