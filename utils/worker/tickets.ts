/** Asks ticket systems how tickets stand: politely, only when somebody looks, and never again within a minute. */
import { RelaisError } from '../core/errors.ts';
import type { TicketState } from '../core/ticket.ts';
import { findPause } from '../outbox/deliveries.ts';
import { findTicket, markAsked, markHidden, putTold, type TicketKey } from '../outbox/tickets.ts';

/** How long an answer holds, and how long a question without one is not asked again. */
export const freshMs = 60_000;
/** Of a list, no more than these are asked for: the newest. */
export const mostAsked = 20;

export interface TicketsContext {
  readonly now: () => number;
  /** `false` where it is known that nothing can be reached. */
  readonly isOnline: () => boolean;
  readonly read: (endpointId: string, ticketId: string) => Promise<TicketState>;
}

export interface Tickets {
  /** Asks for tickets whose last answer is old, one after the other. `true` where there was news. Never rejects. */
  refresh(keys: readonly TicketKey[]): Promise<boolean>;
}

export function createTickets({ now, isOnline, read }: TicketsContext): Tickets {
  async function refreshOne(key: TicketKey): Promise<boolean> {
    const [endpointId, ticketId] = key;
    const known = await findTicket(key);
    if (!isOnline() || (known && Math.abs(now() - known.askedAt) < freshMs)) return false;
    // What keeps deliveries waiting (signed out, unreachable) would keep this waiting too.
    if (await findPause(endpointId)) return false;
    await markAsked(key, now());
    try {
      return await putTold(key, await read(endpointId, ticketId), now());
    } catch (thrown) {
      const { code } = RelaisError.from(thrown);
      if (code === 'not-found' || code === 'rejected') return markHidden(key);
      // What was told before still stands; the outbox says what is wrong with a ticket system.
      return false;
    }
  }

  return {
    async refresh(keys) {
      let isNews = false;
      for (const key of keys.slice(0, mostAsked)) isNews = (await refreshOne(key)) || isNews;
      return isNews;
    },
  };
}
