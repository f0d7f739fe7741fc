/** What the page's button shows, and telling it when that changes. */
import { browser } from '../browser.ts';
import type { Capture } from '../core/capture.ts';
import type { Delivery } from '../core/delivery.ts';
import type { ErrorDetails } from '../core/errors.ts';
import type { Receipt } from '../core/ticket.ts';
import { findCaptureOf, findLink } from '../outbox/captures.ts';
import type { Link } from '../outbox/database.ts';
import { findDelivery, findPause } from '../outbox/deliveries.ts';
import { findTicket } from '../outbox/tickets.ts';
import type { ButtonChanged, ButtonState, TicketFacts } from '../views.ts';
import { rememberedTabs, type TabCapture } from './tabs.ts';

/** What a tab shows: a thread of a webmail, and the ids of its messages where the page tells. */
type Open = Pick<TabCapture, 'origin' | 'threadKey' | 'messages'>;

/** State of the thread that is open in a webmail. */
export async function buttonState(open: Open): Promise<ButtonState> {
  const capture = await findCaptureOf(open.origin, open.threadKey);
  const state = capture && (await stateOf(capture));
  if (state && state.phase !== 'idle' && state.phase !== 'sent') return state;
  const link = await linkOf(open);
  return link ? linked(link, open) : (state ?? { phase: 'idle' });
}

/** Where each message of a thread has a key of its own, what came since has none yet: then another message's counts. */
export async function linkOf({ origin, threadKey, messages = [] }: Open): Promise<Link | undefined> {
  for (const key of [threadKey, ...messages]) {
    const link = await findLink(origin, key);
    if (link) return link;
  }
  return undefined;
}

/** In a ticket: with how it stands, and with the number of messages that came since. */
async function linked({ endpointId, receipt }: Link, { origin, messages = [] }: Open): Promise<ButtonState> {
  const facts = await factsOf(endpointId, receipt);
  const links = await Promise.all(messages.map((id) => findLink(origin, id)));
  const count = links.filter((link) => link === undefined).length;
  // Where not one is known, the page names its messages otherwise than the capture did.
  return count === 0 || count === messages.length ? { phase: 'sent', ...facts } : { phase: 'grown', count, ...facts };
}

/** A ticket with what its system last said of it. */
export async function factsOf(endpointId: string, ticket: Pick<Receipt, 'ticketId' | 'number' | 'url'>): Promise<TicketFacts> {
  const told = (await findTicket([endpointId, ticket.ticketId]))?.told;
  return {
    number: ticket.number,
    ...(ticket.url !== undefined && { url: ticket.url }),
    ...(told?.queue !== undefined && { queue: told.queue }),
    ...(told?.state !== undefined && { state: told.state }),
    ...(told?.owner !== undefined && { owner: told.owner }),
  };
}

async function stateOf(capture: Capture): Promise<ButtonState> {
  switch (capture.status) {
    case 'collecting':
      return { phase: 'collecting', received: capture.received, expected: capture.expected };
    case 'preparing':
      return { phase: 'collecting', received: capture.expected, expected: capture.expected };
    case 'failed':
      return capture.error ? { phase: 'attention', error: capture.error } : { phase: 'idle' };
    case 'ready':
      return { phase: 'idle' };
    case 'submitted': {
      const delivery = await findDelivery(capture.id);
      return delivery ? deliveryState(delivery) : { phase: 'idle' };
    }
  }
}

async function deliveryState({ state, error, endpointId }: Delivery): Promise<ButtonState> {
  switch (state.status) {
    case 'held':
      return { phase: 'held', until: state.dueAt };
    case 'sending':
      return { phase: 'sending' };
    case 'delivered':
      if (state.receipt.mailedTo !== undefined) return { phase: 'idle' };
      return { phase: 'sent', ...(await factsOf(endpointId, state.receipt)) };
    case 'stopped':
      if (error?.code === 'already-in-tickets') return { phase: 'taken', ...(await takenBy(endpointId, error.details)) };
      return { phase: 'attention', error: error ?? { code: 'unexpected', message: 'Stopped', details: {} } };
    default: {
      const pause = await findPause(endpointId);
      const why = pause?.error ?? error;
      if (pause && pause.retryAt === undefined) return { phase: 'attention', error: pause.error };
      return why ? { phase: 'waiting', error: why } : { phase: 'sending' };
    }
  }
}

/** The ticket that somebody else made. */
function takenBy(endpointId: string, { ticketId, number, url }: ErrorDetails): Promise<TicketFacts> {
  return factsOf(endpointId, { ticketId: String(ticketId), number: String(number), ...(typeof url === 'string' && { url }) });
}

/** Tells the tabs that show a thread of these captures, whichever tab it was clicked in, or another message of it. */
export async function pushButtons(captureIds: ReadonlySet<string>): Promise<void> {
  const isTheirs = async (tab: TabCapture) =>
    captureIds.has(tab.captureId) ||
    captureIds.has((await findCaptureOf(tab.origin, tab.threadKey))?.id ?? '') ||
    (tab.messages !== undefined && captureIds.has((await linkOf(tab))?.deliveryId ?? ''));
  const tabs = await rememberedTabs();
  await Promise.all(tabs.map(async (tab) => ((await isTheirs(tab)) ? pushTo(tab.tabId, tab) : undefined)));
}

/** Tells one tab how its thread stands. A tab that is gone is no error. */
export async function pushTo(tabId: number, open: Open): Promise<void> {
  const message: ButtonChanged = { kind: 'button.changed', threadKey: open.threadKey, state: await buttonState(open) };
  await browser.tabs.sendMessage(tabId, message, { frameId: 0 }).catch(() => undefined);
}
