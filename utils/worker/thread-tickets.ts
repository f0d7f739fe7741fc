/** Which tickets a captured thread has already, and which of its messages are in them. */
import type { Capture } from '../core/capture.ts';
import type { Delivery } from '../core/delivery.ts';
import type { ThreadTicket } from '../core/draft.ts';
import { articleReference } from '../core/reference.ts';
import type { Receipt } from '../core/ticket.ts';
import { findLink } from '../outbox/captures.ts';
import { deliveriesOfThread, findDelivery } from '../outbox/deliveries.ts';
import type { Settings } from '../settings/schema.ts';

/** One a ticket system at most; the one that the page's button names comes first. */
export async function ticketsOf(capture: Capture, { endpoints }: Pick<Settings, 'endpoints'>): Promise<readonly ThreadTicket[]> {
  const { origin, threadKey, thread } = capture;
  if (thread === undefined) return [];
  const link = await findLink(origin, threadKey);
  const linked = link && (await findDelivery(link.deliveryId));
  const suffixes = new Map<string, string>();
  for (const { id, messageId } of thread.messages) suffixes.set(suffixOf(await articleReference(thread.reference, messageId ?? id)), id);
  const tickets: ThreadTicket[] = [];
  for (const { id: endpointId } of endpoints) {
    const references = new Set([thread.reference, ...(linked?.endpointId === endpointId ? [linked.reference] : [])]);
    const sent = (await Promise.all([...references].map((reference) => deliveriesOfThread(endpointId, reference))))
      .flat()
      .flatMap(delivered);
    const receipt = link?.endpointId === endpointId ? link.receipt : sent[0]?.receipt;
    if (!receipt) continue;
    const { ticketId, number, url } = receipt;
    const messages = sent
      .filter((one) => one.receipt.ticketId === ticketId)
      .flatMap(({ articles }) => articles.flatMap((article) => suffixes.get(suffixOf(article)) ?? []));
    tickets.push({ endpointId, ticketId, number, ...(url !== undefined && { url }), messages: new Set(messages) });
  }
  return tickets.sort((a, b) => Number(b.endpointId === link?.endpointId) - Number(a.endpointId === link?.endpointId));
}

function delivered({ articles, state }: Delivery): { articles: readonly string[]; receipt: Receipt }[] {
  return state.status === 'delivered' ? [{ articles, receipt: state.receipt }] : [];
}

/** What an article's reference says of its message, whatever the thread's reference before it. */
function suffixOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('-'));
}
