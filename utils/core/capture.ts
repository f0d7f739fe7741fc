/** A thread the person chose, and what they have typed about it so far. */
import type { ErrorRecord } from './errors.ts';
import type { Thread } from './thread.ts';
import type { Choice } from './ticket.ts';

export type CaptureStatus =
  | 'collecting' // the page is still handing over messages
  | 'preparing'
  | 'ready'
  | 'submitted' // a delivery carries it on
  | 'failed';

/** Where a thread goes: into a new ticket whatever there is, or into one that exists. */
export type Target =
  | { readonly kind: 'new' }
  | { readonly kind: 'append'; readonly ticketId: string; readonly number: string; readonly title?: string };

/** The form as the person left it; a field that was never touched is absent and follows defaults and rules. */
export interface DraftEdits {
  readonly title?: string;
  readonly endpointId?: string;
  readonly queue?: Choice;
  readonly priority?: Choice;
  readonly assignee?: Choice;
  readonly type?: Choice;
  readonly tags?: readonly Choice[];
  /** Address or `Name <address>` as typed. */
  readonly requester?: string;
  readonly note?: string;
  /** Ids of messages and attachments that were unticked. */
  readonly leftOut?: readonly string[];
  /** Absent: into the ticket that the thread has, else into a new one. */
  readonly target?: Target;
}

export interface Capture {
  readonly version: 1;
  readonly id: string;
  readonly createdAt: number;
  readonly status: CaptureStatus;
  /** Where the thread is open: which tab shows it now is not stored, tabs come and go. */
  readonly origin: string;
  readonly url: string;
  /** Adapter id and its key of the open thread: the same thread captured again keeps what was typed. */
  readonly webmail: string;
  readonly threadKey: string;
  readonly account?: string;
  /** Messages announced and received so far, for the progress line. */
  readonly expected: number;
  readonly received: number;
  readonly thread?: Thread;
  readonly edits: DraftEdits;
  readonly error?: ErrorRecord;
  /** One click: send by itself when prepared. */
  readonly sendWhenReady: boolean;
}
