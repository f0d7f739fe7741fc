import type { Delivery } from '../core/delivery.ts';
import type { Receipt } from '../core/ticket.ts';
import { findCapture, putLinks, releaseDelivered } from '../outbox/captures.ts';
import { readDraft } from '../outbox/deliveries.ts';
import { rememberChoice } from './lists.ts';

/** After a delivery: remembers where its thread lies and what was chosen, and lets go of what only the sending needed. */
export async function settle({ id, kind, endpointId }: Delivery, receipt: Receipt): Promise<void> {
  const [capture, { queue }] = await Promise.all([kind === 'thread' ? findCapture(id) : undefined, readDraft(id)]);
  const keys = capture ? [capture.threadKey, ...(capture.thread?.messages ?? []).map((message) => message.id)] : [];
  await Promise.all([
    capture && putLinks(capture.origin, keys, endpointId, id, receipt),
    queue && rememberChoice(endpointId, 'queues', queue),
  ]);
  await releaseDelivered(id);
}
