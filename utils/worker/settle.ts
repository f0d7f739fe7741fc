import type { Delivery } from '../core/delivery.ts';
import type { Receipt } from '../core/ticket.ts';
import { settleDelivered } from '../outbox/captures.ts';
import { unsettled } from '../outbox/deliveries.ts';
import { forgetJournal } from '../outbox/journal.ts';
import { rememberChoice } from './lists.ts';

/** After a delivery: remembers where its thread lies and what was chosen. */
export async function settle({ id, endpointId }: Delivery, receipt: Receipt): Promise<void> {
  const draft = await settleDelivered(id, endpointId, receipt);
  if (draft?.queue) await rememberChoice(endpointId, 'queues', draft.queue);
}

/** At start: what was delivered in the last moment of a worker that was stopped. */
export async function settleLeft(): Promise<void> {
  for (const delivery of await unsettled()) {
    if (delivery.state.status === 'delivered') await settle(delivery, delivery.state.receipt);
    await forgetJournal(delivery.id);
  }
}
