import type { Delivery } from '../core/delivery.ts';
import type { Receipt } from '../core/ticket.ts';
import { settleDelivered } from '../outbox/captures.ts';
import { rememberChoice } from './lists.ts';

/** After a delivery: remembers where its thread lies and what was chosen. */
export async function settle({ id, endpointId }: Delivery, receipt: Receipt): Promise<void> {
  const draft = await settleDelivered(id, endpointId, receipt);
  if (draft?.queue) await rememberChoice(endpointId, 'queues', draft.queue);
}
