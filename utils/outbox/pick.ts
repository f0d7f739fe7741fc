/**
 * Which delivery is next: due, of an endpoint that isn't paused, with nothing earlier of its thread on the way. Looks ahead
 * a little, so that a thousand deliveries don't cost a thousand searches; what it gives is read afresh.
 */
import type { Delivery, EndpointPause } from '../core/delivery.ts';
import { allPauses, deliveriesOfThread, dueDeliveries, endpointsWithDue } from './deliveries.ts';
import { isBlocked, isTakeable, threadOf } from './job.ts';

const ahead = 32;

export interface Picked {
  readonly delivery: Delivery;
  /** All of its thread to its endpoint, oldest first. */
  readonly thread: readonly Delivery[];
}

export interface Picker {
  /** Each delivery once. `underWay`: threads that are being sent, with their endpoints. */
  next(underWay: ReadonlyMap<string, { readonly endpointId: string }>): Promise<Picked | undefined>;
  isPaused(endpointId: string): boolean;
  /** An endpoint was paused, or is back. */
  paused(endpointId: string, pause: EndpointPause | undefined): void;
}

export function createPicker(now: () => number): Picker {
  const tried = new Set<string>();
  const found: Delivery[] = [];
  let pauses = new Map<string, EndpointPause>();

  type UnderWay = Parameters<Picker['next']>[0];

  /** One delivery at a time tries whether a paused endpoint is back. */
  function mayTry(endpointId: string, underWay: UnderWay): boolean {
    const pause = pauses.get(endpointId);
    if (!pause) return true;
    if (pause.retryAt === undefined || pause.retryAt > now()) return false;
    return ![...underWay.values()].some((other) => other.endpointId === endpointId);
  }

  async function search(underWay: UnderWay): Promise<void> {
    pauses = new Map((await allPauses()).map((pause) => [pause.endpointId, pause]));
    for (const endpointId of await endpointsWithDue()) {
      if (!mayTry(endpointId, underWay)) continue;
      for await (const delivery of dueDeliveries(endpointId, now())) {
        if (found.length >= ahead) return;
        if (!tried.has(delivery.id) && !underWay.has(threadOf(delivery))) found.push(delivery);
      }
    }
  }

  /** The first of those found that may go; the others of a blocked thread are found again by a later search. */
  async function take(underWay: UnderWay): Promise<Picked | undefined> {
    for (let first = found.shift(); first !== undefined; first = found.shift()) {
      const { id, endpointId, reference } = first;
      if (tried.has(id) || underWay.has(threadOf(first)) || !mayTry(endpointId, underWay)) continue;
      const thread = await deliveriesOfThread(endpointId, reference);
      const delivery = thread.find((one) => one.id === id);
      if (!delivery || !isTakeable(delivery, now()) || isBlocked(delivery, thread)) continue;
      tried.add(id);
      return { delivery, thread };
    }
    return undefined;
  }

  return {
    async next(underWay) {
      const picked = await take(underWay);
      if (picked) return picked;
      await search(underWay);
      return take(underWay);
    },
    isPaused: (endpointId) => pauses.has(endpointId),
    paused(endpointId, pause) {
      if (pause) pauses.set(endpointId, pause);
      else pauses.delete(endpointId);
    },
  };
}
