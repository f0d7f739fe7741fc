/** What the worker and the preparing document say to each other. Plain JSON: a port copies nothing else in Chromium. */
import type { CapturedThread } from '../core/captured.ts';
import type { ErrorRecord } from '../core/errors.ts';
import type { Thread } from '../core/thread.ts';

/** Name of the port that the document opens to the worker. */
export const preparePortName = 'prepare';

/** Worker to document. `id` comes back with the reply; the worker chooses it. */
export interface PrepareRequest {
  readonly id: string;
  readonly captured: CapturedThread;
  readonly internalDomains: readonly string[];
}

/** Document to worker, one for each request. Blobs are in the store before it is posted. */
export type PrepareReply =
  | { readonly id: string; readonly ok: true; readonly thread: Thread }
  | { readonly id: string; readonly ok: false; readonly error: ErrorRecord };

/** Posted while a long thread is under way, so that the worker is not stopped for silence. Needs no answer. */
export interface PrepareAlive {
  readonly id: 'alive';
  readonly alive: true;
}
