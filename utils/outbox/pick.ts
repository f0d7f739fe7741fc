/**
 * Which delivery is next: due, of an endpoint that isn't paused, with nothing earlier of its thread on the way. Endpoints
 * take turns, the longest waiting of each first. Looks ahead a little, so that a thousand deliveries don't cost a thousand
 * searches; what it gives is read afresh.
 */
import type { Delivery, EndpointPause } from '../core/delivery.ts';
import type { DeliveryRow } from './database.ts';
import { allPauses, deliveriesOfThread, dueDeliveries, endpointsWithDue } from './deliveries.ts';
import { isBlocked, isTakeable, threadOf } from './job.ts';

const ahead = 32;
/** Deliveries under way at once to one ticket system: one slow upload must not hold the others, nor one system another. */
const hands = 4;

export interface Picked {
  readonly delivery: Delivery;
  /** All of its thread to its endpoint, oldest first. */
  readonly thread: readonly Delivery[];
}

export interface Picker {
  /** Each delivery once for each time at which it comes due, until it is told to look again. `underWay`: threads that are being sent, with their endpoints. */
  next(underWay: ReadonlyMap<string, { readonly endpointId: string }>): Promise<Picked | undefined>;
  /** Something may have come, or come back, since. */
  lookAgain(): void;
  isPaused(endpointId: string): boolean;
  /** An endpoint was paused, or is back. */
  paused(endpointId: string, pause: EndpointPause | undefined): void;
}

/** What is due at one endpoint, as far as it was read. */
interface Line {
  readonly found: DeliveryRow[];
  /** The last that was read; reading goes on behind it. */
  last?: DeliveryRow;
  isRead: boolean;
}

export function createPicker(now: () => number): Picker {
  /** With when each was due: what has failed may come due again while others are under way. */
  const tried = new Set<string>();
  const nameOf = ({ id, due }: DeliveryRow) => `${id} ${due}`;
  /** By endpoint; the one that had its turn last comes last. */
  const lines = new Map<string, Line>();
  let endpoints: readonly string[] = [];
  let pauses = new Map<string, EndpointPause>();
  /** Asks until endpoints and pauses are read again. */
  let fresh = 0;

  type UnderWay = Parameters<Picker['next']>[0];

  /** Pauses and endpoints as they are now; a line that is being read stays where it is. */
  async function refresh(): Promise<void> {
    fresh = ahead;
    pauses = new Map((await allPauses()).map((pause) => [pause.endpointId, pause]));
    endpoints = await endpointsWithDue();
    for (const endpointId of endpoints) if (!lines.has(endpointId)) lines.set(endpointId, { found: [], isRead: false });
  }

  function busyHands(endpointId: string, underWay: UnderWay): number {
    return [...underWay.values()].filter((other) => other.endpointId === endpointId).length;
  }

  /** One delivery at a time tries whether a paused endpoint is back. */
  function mayTry(endpointId: string, underWay: UnderWay): boolean {
    const pause = pauses.get(endpointId);
    if (!pause) return busyHands(endpointId, underWay) < hands;
    return pause.retryAt !== undefined && pause.retryAt <= now() && busyHands(endpointId, underWay) === 0;
  }

  async function readOn(endpointId: string, line: Line): Promise<void> {
    const rows = await dueDeliveries(endpointId, now(), ahead, line.last);
    line.found.push(...rows);
    line.isRead = rows.length < ahead;
    const last = rows.at(-1);
    if (last) line.last = last;
  }

  /** The first of a line that may go. Those behind something under way, or blocked, are met again in a new round. */
  async function firstOf(endpointId: string, line: Line, underWay: UnderWay): Promise<Picked | undefined> {
    for (;;) {
      if (line.found.length === 0 && !line.isRead) await readOn(endpointId, line);
      const first = line.found.shift();
      if (first === undefined) return undefined;
      if (tried.has(nameOf(first)) || underWay.has(threadOf(first))) continue;
      const thread = await deliveriesOfThread(endpointId, first.reference);
      const delivery = thread.find(({ id }) => id === first.id);
      if (!delivery || !isTakeable(delivery, now()) || isBlocked(delivery, thread)) continue;
      tried.add(nameOf(first));
      return { delivery, thread };
    }
  }

  async function take(underWay: UnderWay): Promise<Picked | undefined> {
    for (const [endpointId, line] of [...lines]) {
      if (!mayTry(endpointId, underWay)) continue;
      const picked = await firstOf(endpointId, line, underWay);
      lines.delete(endpointId);
      if (!picked) continue;
      lines.set(endpointId, line);
      return picked;
    }
    return undefined;
  }

  return {
    async next(underWay) {
      if (fresh === 0) await refresh();
      fresh -= 1;
      const picked = await take(underWay);
      if (picked) return picked;
      // What lies behind something that has ended meanwhile may go now; where every hand is busy it can wait.
      const free = endpoints.filter((endpointId) => busyHands(endpointId, underWay) < hands);
      if (free.length === 0 && underWay.size > 0) return undefined;
      for (const endpointId of free) lines.delete(endpointId);
      await refresh();
      return take(underWay);
    },
    lookAgain() {
      fresh = 0;
      // An endpoint may be back by a person's word, with deliveries that are due as they were.
      tried.clear();
    },
    isPaused: (endpointId) => pauses.has(endpointId),
    paused(endpointId, pause) {
      if (pause) pauses.set(endpointId, pause);
      else pauses.delete(endpointId);
    },
  };
}
