/** What the proxy may do to a request, and when: decided by seed, delivery and count, so that a run can be had again. */
import { chance, oneOf } from './chance.ts';

/** Faults of a request that changes something, by how often they come. */
const unsafe = {
  // the system never sees the request
  'rate-limited-with-time': 5,
  'rate-limited': 4,
  'bad-gateway': 5,
  'login-page': 4,
  redirect: 3,
  // the system does its work, and the answer goes astray
  'cut-after-body': 8,
  'cut-before-answer': 10,
  'cut-during-answer': 6,
  'error-500-after': 7,
  'refused-422-after': 6,
  'bad-gateway-after': 6,
  'truncated-json-after': 6,
  'empty-after': 4,
  'answer-twice': 4,
  'garbage-behind-answer': 4,
  slow: 5,
  // the system begins only when the client has already given up
  'late-after-cut': 5,
  'late-after-time-out': 1,
  'time-out-after': 1,
} as const;

/** Faults of a request that only asks. Nothing found must never be read out of any of them. */
const asking = {
  cut: 6,
  'rate-limited-with-time': 4,
  'rate-limited': 4,
  'error-500': 5,
  'bad-gateway': 6,
  'login-page': 4,
  redirect: 3,
  'cut-during-answer': 6,
  'truncated-json-after': 8,
  'empty-after': 6,
  'garbage-behind-answer': 4,
  slow: 4,
} as const;

/** Decided before the body of a change is read, when it is not known yet whose it is. The system sees nothing, or half of it. */
const early = { 'cut-before-body': 1, 'cut-during-body': 1 } as const;

export type LateFault = keyof typeof unsafe | keyof typeof asking;
export type EarlyFault = keyof typeof early;
export type FaultKind = LateFault | EarlyFault;

/** Share of the requests with a body whose body is cut. */
const earlyShare = 0.12;
/** These hold a delivery for more than a minute: a few in a run are enough. */
const long: readonly FaultKind[] = ['late-after-time-out', 'time-out-after'];

export interface FaultPlan {
  /** How many of the requests that may fail do fail, in [0, 1]. */
  readonly rate: number;
  /** Faults of one delivery's unsafe requests at most, so that runs end. Asking gets as many again. */
  readonly most: number;
  /** Faults of more than a minute at most. */
  readonly mostLong: number;
}

export interface Decider {
  /** `whose` names the delivery where it is known, else the address. `asks`: a request that changes nothing. */
  decide(whose: string, asks: boolean): LateFault | undefined;
  /** Never twice in a row at the same address. */
  decideEarly(address: string): EarlyFault | undefined;
  readonly counts: Readonly<Record<string, number>>;
}

/** Decides for every request that may fail, and counts what it decided. */
export function createDecider(seed: number, { rate, most, mostLong }: FaultPlan): Decider {
  const met = new Map<string, number>();
  const hurt = new Map<string, number>();
  const cut = new Set<string>();
  const counts: Record<string, number> = {};
  let longOnes = 0;
  return {
    counts,
    decide(whose, asks) {
      const key = `${whose} ${asks ? 'asks' : 'acts'}`;
      const times = (met.get(key) ?? 0) + 1;
      met.set(key, times);
      const before = hurt.get(key) ?? 0;
      if (before >= most || chance(seed, key, times) >= rate) return undefined;
      const kind: LateFault = asks ? oneOf(asking, seed, key, times, 'kind') : oneOf(unsafe, seed, key, times, 'kind');
      if (long.includes(kind)) {
        if (longOnes >= mostLong) return undefined;
        longOnes += 1;
      }
      hurt.set(key, before + 1);
      return counted(kind);
    },
    decideEarly(address) {
      const times = (met.get(address) ?? 0) + 1;
      met.set(address, times);
      if (cut.delete(address) || chance(seed, address, times) >= rate * earlyShare) return undefined;
      cut.add(address);
      return counted(oneOf(early, seed, address, times, 'kind'));
    },
  };

  function counted<Kind extends FaultKind>(kind: Kind): Kind {
    counts[kind] = (counts[kind] ?? 0) + 1;
    return kind;
  }
}
