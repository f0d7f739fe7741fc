/**
 * What becomes of a delivery when something happens to it. Pure: clock and chance are arguments.
 * Nothing here ever forgets a finished step or a step in doubt, whatever happens around it.
 */
import type { Delivery, EndpointPause, FinishedStep, Json } from '../core/delivery.ts';
import { type ErrorRecord, remedies } from '../core/errors.ts';
import type { Receipt } from '../core/ticket.ts';

export interface Chance {
  readonly now: number;
  /** Uniform in [0, 1). */
  readonly random: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

export const policy = {
  firstWait: 30 * second,
  longestWait: 6 * hour,
  /** No server's Retry-After is followed beyond this. */
  longestAsked: 24 * hour,
  /** No undo window is longer. */
  longestHeld: minute,
  /** A dead network is tried more often than a system that says no. */
  longestOffline: 10 * minute,
  /** Never at once, whatever chance says. */
  shortestWait: 5 * second,
  /** Longer than any request may take; renewed at every step. */
  lease: 15 * minute,
} as const;

/**
 * Doubles from `firstWait`; chance takes up to half of it away. Full jitter would come back in a higher wave: with
 * 10,000 browsers after an outage of an hour its peak is 2.7 times the mean of the catch-up, this one's 1.8 (`npm run sim:herd`).
 */
export function backOff(attempts: number, random: number, longest: number = policy.longestWait): number {
  const ceiling = Math.min(longest, policy.firstWait * 2 ** Math.min(attempts, 30));
  return Math.max(policy.shortestWait, Math.round(ceiling * (1 - random / 2)));
}

export function claimed(delivery: Delivery, holder: string, now: number): Delivery {
  return { ...delivery, state: { status: 'sending', leaseUntil: now + policy.lease, holder }, attempts: delivery.attempts + 1 };
}

/** An unsafe request is about to leave: from here on its outcome is unknown until the answer is stored. */
export function stepStarted(delivery: Delivery, step: string, holder: string, now: number): Delivery {
  return { ...delivery, inDoubt: { step, since: now }, state: { status: 'sending', leaseUntil: now + policy.lease, holder } };
}

export function stepFinished(delivery: Delivery, step: string, out: Readonly<Record<string, Json>>, now: number): Delivery {
  const finished: Record<string, FinishedStep> = { ...delivery.finished, [step]: { at: now, out } };
  return { ...without(delivery, delivery.inDoubt?.step === step ? ['inDoubt', 'repeatAnyway'] : []), finished };
}

export function delivered(delivery: Delivery, receipt: Receipt, now: number): Delivery {
  return { ...without(delivery, ['inDoubt', 'repeatAnyway', 'error']), state: { status: 'delivered', at: now, receipt } };
}

/** The sender is gone: what it was doing is unknown, what it had finished is stored. A person's "anyway" was for that one time. */
export function interrupted(delivery: Delivery, now: number): Delivery {
  return { ...without(delivery, ['repeatAnyway']), state: again(delivery, now, now) };
}

export interface Failed {
  readonly delivery: Delivery;
  /** The endpoint as a whole waits. */
  readonly pause?: EndpointPause;
}

export interface Attempt {
  /** An unsafe request left in this very attempt: the error is the answer to it, not to a look-up before it. */
  readonly requestLeft: boolean;
  /** It was in doubt before: "not now" says nothing of the first time. */
  readonly isRepeat?: boolean;
  /** The endpoint's pause so far, for its back-off. */
  readonly paused?: EndpointPause | undefined;
}

/** An attempt ended in an error. */
export function failed(delivery: Delivery, error: ErrorRecord, chance: Chance, attempt: Attempt): Failed {
  const { now, random } = chance;
  const remedy = remedies[error.code];
  // "Not now" is an answer: the step under way did not happen. A refusal is none: some systems refuse what they have
  // made all the same (zammad#2421), so that a person's next try looks first; a redirect and a web page are none either:
  // a script behind a form answers with them what it has done. A refused look-up says nothing at all.
  const isPage = error.code === 'redirected' || error.code === 'login-page';
  const { requestLeft, isRepeat } = attempt;
  const answered = requestLeft && !isRepeat && (remedy === 'retry' || (remedy === 'pause' && !isPage) || error.code === 'too-large');
  // A person said "anyway" of one time: what came of that is looked for, or asked, like everything.
  const kept = without(delivery, [...(answered ? (['inDoubt'] as const) : []), ...(requestLeft ? (['repeatAnyway'] as const) : [])]);
  switch (remedy) {
    case 'retry':
    case 'check': {
      const asked = waitAsked(error);
      const wait = asked === undefined ? backOff(delivery.attempts - 1, random) : asked + backOff(0, random);
      return { delivery: { ...kept, error, state: again(kept, now + wait, now) } };
    }
    case 'pause':
      return {
        // It is the endpoint that waits: the delivery has not been tried.
        delivery: { ...kept, attempts: kept.attempts - 1, error, state: again(kept, now, now) },
        pause: pause(delivery.endpointId, error, chance, attempt.paused),
      };
    case 'stop':
      return { delivery: { ...kept, error, state: { status: 'stopped' } } };
  }
}

/** A wrong password is not tried again by itself: it would lock the account. Everything else comes back alone. */
function pause(endpointId: string, error: ErrorRecord, { now, random }: Chance, before?: EndpointPause): EndpointPause {
  const tries = (before?.tries ?? 0) + 1;
  const alone = !['unauthorised', 'permission-missing', 'locked'].includes(error.code);
  const wait = Math.max(waitAsked(error) ?? 0, backOff(tries - 1, random, policy.longestOffline));
  return { endpointId, since: before?.since ?? now, error, tries, ...(alone ? { retryAt: now + wait } : {}) };
}

/** A person said "Retry now", or edited it: as soon as possible, and what is in doubt is still looked up first. */
export function resumed(delivery: Delivery, now: number): Delivery {
  if (delivery.state.status === 'delivered' || delivery.state.status === 'sending') return delivery;
  return { ...delivery, state: again(delivery, now, now) };
}

/** A person takes it back: from here on nothing of it is sent. `undefined` where it is too late for that. */
export function halted(delivery: Delivery): Delivery | undefined {
  const { status } = delivery.state;
  return status === 'delivered' || status === 'sending' ? undefined : { ...delivery, state: { status: 'stopped' } };
}

/** A person said "Send again anyway": what is in doubt, or already there, is not looked for any more. */
export function repeated(delivery: Delivery, now: number): Delivery {
  return resumed({ ...delivery, repeatAnyway: true }, now);
}

/** A person said "Add to #…": to the ticket that somebody else made of this thread. */
export function appended(delivery: Delivery, ticketId: string, now: number): Delivery {
  return resumed({ ...delivery, action: { kind: 'append', ticketId } }, now);
}

/** A person said that they sent the mail: no ticket is known of, and nothing more can be done. */
export function mailed(delivery: Delivery, now: number): Delivery {
  const { code, details } = delivery.error ?? {};
  if (delivery.state.status !== 'stopped' || code !== 'mail-needed') return delivery;
  return delivered(delivery, { ticketId: '', number: '', mailedTo: String(details?.to), warnings: [] }, now);
}

/** Where a person sent it by mail; `undefined` for all else. */
export function mailedTo({ state }: Delivery): string | undefined {
  return state.status === 'delivered' ? state.receipt.mailedTo : undefined;
}

/** A time further off than anything is ever put off to was written under a clock that ran ahead. */
export function isBeyond(time: number, now: number): boolean {
  return time > now + 2 * policy.longestAsked;
}

/** When the outbox must look at it next; `undefined` when nothing happens by itself. */
export function dueOf({ state }: Delivery): number | undefined {
  switch (state.status) {
    case 'held':
    case 'waiting':
    case 'unsure':
      return state.dueAt;
    case 'sending':
      return state.leaseUntil;
    default:
      return undefined;
  }
}

/** Still on its way, or waiting for a person. */
export function isOpen({ state }: Delivery): boolean {
  return state.status !== 'delivered';
}

function again(delivery: Delivery, dueAt: number, now: number): Delivery['state'] {
  if (delivery.inDoubt === undefined) return { status: 'waiting', dueAt };
  const since = delivery.state.status === 'unsure' ? delivery.state.since : now;
  return { status: 'unsure', since, dueAt };
}

function waitAsked(error: ErrorRecord): number | undefined {
  const wait = error.details.retryAfterMs;
  return typeof wait === 'number' && wait >= 0 ? Math.min(wait, policy.longestAsked) : undefined;
}

function without(delivery: Delivery, keys: readonly (keyof Delivery)[]): Delivery {
  return Object.fromEntries(Object.entries(delivery).filter(([key]) => !keys.some((gone) => gone === key))) as unknown as Delivery;
}
