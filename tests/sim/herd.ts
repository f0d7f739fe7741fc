/**
 * Many browsers, one outage: what does the ticket system see when it is back? Every browser decides by the product's own
 * `decide.ts`; the server takes so many requests a second and answers 503 to the rest.
 */
import type { Delivery, EndpointPause } from '../../utils/core/delivery.ts';
import { RelaisError } from '../../utils/core/errors.ts';
import { claimed, dueOf, failed } from '../../utils/outbox/decide.ts';

export interface HerdOptions {
  readonly browsers: number;
  /** How long nothing answers, in seconds; every browser has a click at a random moment of it. */
  readonly outage: number;
  /** Deliveries that the server takes in a second. */
  readonly capacity: number;
  readonly seed: number;
}

export interface HerdResult {
  readonly delivered: number;
  /** Attempts in each second since the server is back, until the last delivery. */
  readonly perSecond: readonly number[];
  readonly refused: number;
  readonly catchUpSeconds: number;
  /** Highest rate over half a minute, and the mean over the catch-up, in attempts a second. */
  readonly peak: number;
  readonly mean: number;
}

interface Browser {
  delivery: Delivery;
  pause: EndpointPause | undefined;
  at: number;
}

export function runHerd({ browsers, outage, capacity, seed }: HerdOptions): HerdResult {
  const random = generator(seed);
  const waiting: Browser[] = Array.from({ length: browsers }, (_, index) => {
    const at = random() * outage * 1_000;
    return { delivery: waitingSince(String(index), at), pause: undefined, at };
  });
  const back = outage * 1_000;
  const seconds: number[] = [];
  let delivered = 0;
  let refused = 0;
  let last = back;
  const queue = heap(waiting);
  for (let next = queue.pop(); next; next = queue.pop()) {
    const now = next.at;
    const second = Math.floor((now - back) / 1_000);
    if (second >= 0) seconds[second] = (seconds[second] ?? 0) + 1;
    if (second >= 0 && (seconds[second] ?? 0) <= capacity) {
      delivered++;
      last = now;
      continue;
    }
    if (second >= 0) refused++;
    const error = new RelaisError(second < 0 ? 'offline' : 'unavailable', 'Not now').record();
    const outcome = failed(
      claimed(next.delivery, 'herd', now),
      error,
      { now, random: random() },
      { requestLeft: second >= 0, paused: next.pause },
    );
    next.delivery = outcome.delivery;
    next.pause = outcome.pause;
    next.at = outcome.pause?.retryAt ?? dueOf(outcome.delivery) ?? now;
    queue.push(next);
  }
  const catchUpSeconds = Math.ceil((last - back) / 1_000);
  const perSecond = Array.from({ length: catchUpSeconds }, (_, second) => seconds[second] ?? 0);
  const total = perSecond.reduce((sum, count) => sum + count, 0);
  return { delivered, refused, perSecond, catchUpSeconds, peak: highest(perSecond, 30), mean: total / catchUpSeconds };
}

function highest(perSecond: readonly number[], width: number): number {
  let most = 0;
  for (let start = 0; start + width <= perSecond.length; start++) {
    most = Math.max(most, perSecond.slice(start, start + width).reduce((sum, count) => sum + count, 0) / width);
  }
  return most;
}

function waitingSince(id: string, at: number): Delivery {
  return {
    version: 1,
    id,
    kind: 'thread',
    endpointId: 'desk',
    reference: `relais-${id}`,
    createdAt: at,
    action: { kind: 'create' },
    title: '',
    articles: [],
    state: { status: 'waiting', dueAt: at },
    attempts: 0,
    finished: {},
  };
}

/** Soonest first. */
function heap(items: readonly Browser[]): { push(item: Browser): void; pop(): Browser | undefined } {
  const tree: Browser[] = [];
  const at = (index: number) => tree[index]?.at ?? Number.POSITIVE_INFINITY;
  const swap = (one: number, other: number) => {
    const [first, second] = [tree[one], tree[other]];
    if (first && second) [tree[one], tree[other]] = [second, first];
  };
  const push = (item: Browser) => {
    let index = tree.push(item) - 1;
    for (let parent = (index - 1) >> 1; index > 0 && at(index) < at(parent); parent = (index - 1) >> 1) {
      swap(index, parent);
      index = parent;
    }
  };
  const pop = () => {
    const [first] = tree;
    const end = tree.pop();
    if (!end || !first || tree.length === 0) return first;
    tree[0] = end;
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const child = at(left + 1) < at(left) ? left + 1 : left;
      if (at(child) >= at(index)) return first;
      swap(index, child);
      index = child;
    }
  };
  for (const item of items) push(item);
  return { push, pop };
}

/** Mulberry32: the same seed gives the same herd. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
