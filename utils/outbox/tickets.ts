/** What ticket systems said of tickets, kept: shown at once and offline, and told apart from what is new. */
import type { TicketState } from '../core/ticket.ts';
import { type CachedTicket, database } from './database.ts';

export type TicketKey = readonly [endpointId: string, ticketId: string];

export async function findTicket([endpointId, ticketId]: TicketKey): Promise<CachedTicket | undefined> {
  return (await database()).get('tickets', [endpointId, ticketId]);
}

/** Reads, applies `change`, writes, in one transaction. */
async function changeTicket([endpointId, ticketId]: TicketKey, change: (ticket: CachedTicket) => CachedTicket): Promise<CachedTicket> {
  const tx = (await database()).transaction('tickets', 'readwrite');
  const after = change((await tx.store.get([endpointId, ticketId])) ?? { endpointId, ticketId, askedAt: 0 });
  await Promise.all([tx.store.put(after), tx.done]);
  return after;
}

/** It is being asked now: not again soon, whatever comes of it. */
export async function markAsked(key: TicketKey, askedAt: number): Promise<void> {
  await changeTicket(key, (ticket) => ({ ...ticket, askedAt }));
}

/** The ticket system no longer shows it: what was told before is kept. `true` where that is news. */
export async function markHidden(key: TicketKey): Promise<boolean> {
  let isNews = false;
  await changeTicket(key, (ticket) => {
    isNews = ticket.isHidden !== true;
    return { ...ticket, isHidden: true };
  });
  return isNews;
}

/** Keeps what was told. `true` where it is news. What is told first is nothing that changed. */
export async function putTold(key: TicketKey, told: TicketState, now: number): Promise<boolean> {
  let isNews = false;
  await changeTicket(key, ({ isHidden, ...ticket }) => {
    const before = ticket.told;
    isNews = isHidden === true || before === undefined || told.title !== before.title || changedIn(before, told).length > 0;
    const changedAt = before && changedIn(before, told).length > 0 ? now : ticket.changedAt;
    return { ...ticket, told, seen: ticket.seen ?? told, ...(changedAt !== undefined && { changedAt }) };
  });
  return isNews;
}

/** The person looks at a list of tickets. What the list before this one showed is seen by now; `look` names the list. */
export async function markShown(key: TicketKey, look: string): Promise<CachedTicket | undefined> {
  const { told } = (await findTicket(key)) ?? {};
  if (told === undefined) return undefined;
  return changeTicket(key, (ticket) => {
    const seen = ticket.shown && ticket.shown.look !== look ? ticket.shown.told : ticket.seen;
    return { ...ticket, ...(seen && { seen }), shown: { look, told: ticket.told ?? told } };
  });
}

const watched = ['state', 'owner', 'queue'] as const;

/** Which of the facts that people wait for differ. */
export function changedIn(before: TicketState | undefined, now: TicketState | undefined): readonly (typeof watched)[number][] {
  return before && now ? watched.filter((fact) => before[fact] !== now[fact]) : [];
}
