/**
 * Several threads handed over at once: which, with what choices, and how far it got. One at a time in a profile. Plain data,
 * stored by the worker before anything is read.
 */
import type { DraftEdits } from './capture.ts';
import type { ListedMessage } from './captured.ts';
import type { ErrorRecord } from './errors.ts';

/** Why a thread needed no delivery of its own. */
export type Skip = 'in-tickets' | 'on-its-way';

export type HandedState =
  | { readonly status: 'waiting' }
  | { readonly status: 'reading' }
  /** In the outbox, which carries it on: the delivery has the capture's id. */
  | { readonly status: 'taken' }
  | { readonly status: 'skipped'; readonly why: Skip; readonly number?: string; readonly url?: string }
  | { readonly status: 'failed'; readonly error: ErrorRecord };

export interface HandedThread {
  readonly captureId: string;
  readonly message: ListedMessage;
  readonly subject: string;
  readonly from?: string;
  readonly state: HandedState;
}

export interface Handover {
  readonly version: 1;
  readonly id: string;
  readonly createdAt: number;
  readonly origin: string;
  /** The tab whose list it was; gone after a restart, then any other of the same webmail serves. */
  readonly tabId: number;
  readonly edits: DraftEdits;
  readonly threads: readonly HandedThread[];
  /** Nothing more is read: the person said so, or it can't go on until somebody does something. */
  readonly halted?: 'cancelled' | ErrorRecord;
}

/** Whether it goes on by itself. */
export function isRunning({ halted, threads }: Handover): boolean {
  return halted === undefined && threads.some(({ state }) => state.status === 'waiting' || state.status === 'reading');
}

/** Whether it waits for a person: it can't go on, or has come to its end with threads that could not be sent. */
export function needsPerson(handover: Handover): boolean {
  const { halted, threads } = handover;
  return !isRunning(handover) && (typeof halted === 'object' || threads.some(({ state }) => state.status === 'failed'));
}

/** The thread whose turn it is: one that a stopped worker had begun comes first. */
export function nextThread({ threads }: Handover): HandedThread | undefined {
  return threads.find(({ state }) => state.status === 'reading') ?? threads.find(({ state }) => state.status === 'waiting');
}

/** With a thread's new state. */
export function withState(handover: Handover, captureId: string, state: HandedState): Handover {
  return { ...handover, threads: handover.threads.map((thread) => (thread.captureId === captureId ? { ...thread, state } : thread)) };
}

/** Goes on where it was halted; what failed is tried again. */
export function resumedHandover({ halted: _, ...handover }: Handover): Handover {
  const again = (thread: HandedThread): HandedThread =>
    thread.state.status === 'failed' ? { ...thread, state: { status: 'waiting' } } : thread;
  return { ...handover, threads: handover.threads.map(again) };
}
