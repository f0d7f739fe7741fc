/** A draft on its way to one endpoint, as stored in the outbox. */
import type { ErrorRecord } from './errors.ts';
import type { Action, Receipt } from './ticket.ts';

/** JSON as recipes and stored records know it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Times are milliseconds since 1970. An endpoint-wide pause is kept with the endpoint (`EndpointPause`), not
 * in each of perhaps thousands of deliveries: a waiting delivery of a paused endpoint shows as paused.
 */
export type DeliveryState =
  /** Undo window: sent at `dueAt` unless undone. */
  | { readonly status: 'held'; readonly dueAt: number }
  | { readonly status: 'waiting'; readonly dueAt: number }
  /** Reserved for one attempt. An expired lease means unknown, never waiting. */
  | { readonly status: 'sending'; readonly leaseUntil: number; readonly holder: string }
  /** A request may have worked: looked up by reference at `dueAt` before anything is repeated. */
  | { readonly status: 'unsure'; readonly since: number; readonly dueAt: number }
  | { readonly status: 'stopped' }
  | { readonly status: 'delivered'; readonly at: number; readonly receipt: Receipt };

export type DeliveryStatus = DeliveryState['status'];

/** A finished step of a recipe and what it returned. Keyed by step id, `/item` behind it for repeated steps. */
export interface FinishedStep {
  readonly at: number;
  readonly out: Readonly<Record<string, Json>>;
}

/**
 * One draft on its way. Small on purpose: it is written again at every step. The draft itself (`TicketDraft`) is
 * stored once beside it under the same id, the files in the blob store.
 */
export interface Delivery {
  readonly version: 1;
  /** The capture's own id: submitting the same capture twice gives one delivery. */
  readonly id: string;
  /** A thread that was captured, or a note on a ticket that came from the popup alone. */
  readonly kind: 'thread' | 'note';
  readonly endpointId: string;
  /** The thread's reference: deliveries of one thread to one endpoint go in order. */
  readonly reference: string;
  readonly createdAt: number;
  readonly action: Action;
  /** For lists on screen. */
  readonly title: string;
  readonly queue?: string;
  /** What does not travel, in the draft's own sentence; empty or absent where all of it does. */
  readonly incomplete?: string;
  /** Of the files that travel with it. */
  readonly bytes?: number;
  /** References of the draft's articles: a later delivery of the thread sends only what is new. */
  readonly articles: readonly string[];
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly finished: Readonly<Record<string, FinishedStep>>;
  /** The step that was under way when an attempt ended without an answer, and since when that is so. */
  readonly inDoubt?: { readonly step: string; readonly since: number };
  /** Why it is not delivered yet: the last error. */
  readonly error?: ErrorRecord;
  /** The person said "send again anyway": a step in doubt that can't be looked up is repeated. */
  readonly repeatAnyway?: boolean;
}

/** Why nothing is sent to an endpoint at present. */
export interface EndpointPause {
  readonly endpointId: string;
  readonly since: number;
  readonly error: ErrorRecord;
  /** When to try one delivery again; absent when only a person's action helps. */
  readonly retryAt?: number;
  readonly tries: number;
}
