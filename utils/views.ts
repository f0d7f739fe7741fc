/** What pages are shown: answers to the routes in `routes.ts`. Plain data. */

import type { DraftEdits, Target } from './core/capture.ts';
import type { DeliveryStatus } from './core/delivery.ts';
import type { ErrorRecord } from './core/errors.ts';
import type { Loss } from './core/loss.ts';
import type { Met } from './core/rules.ts';
import type { Decoration, FoldKind, Gap, Participant, RequesterCandidate, Source } from './core/thread.ts';
import type { Choice, Receipt, TicketState } from './core/ticket.ts';

/** A ticket in a page: what it is called, where it is, and how it stood when its system was last asked. */
export interface TicketFacts extends Pick<TicketState, 'queue' | 'state' | 'owner'> {
  readonly number: string;
  readonly url?: string;
}

/** A ticket by a number that was typed. */
export interface TypedTicket extends TicketFacts {
  readonly title?: string;
}

/** What the page's button shows for the open thread. Times are ms since 1970. */
export type ButtonState =
  /** `nudge`: of a client whose threads belong into tickets. */
  | { readonly phase: 'idle'; readonly nudge?: true }
  | { readonly phase: 'collecting'; readonly received: number; readonly expected: number }
  /** Undo window. */
  | { readonly phase: 'held'; readonly until: number }
  | { readonly phase: 'sending' }
  /** Stored, goes out later by itself: offline, throttled, signed out. */
  | { readonly phase: 'waiting'; readonly error?: ErrorRecord }
  | ({ readonly phase: 'sent' } & TicketFacts)
  /** In a ticket, but for this many messages that came since. */
  | ({ readonly phase: 'grown'; readonly count: number } & TicketFacts)
  /** Somebody else made a ticket of it: a person decides what becomes of what was captured here. */
  | ({ readonly phase: 'taken' } & TicketFacts)
  /** A person must act, in the popup. */
  | { readonly phase: 'attention'; readonly error: ErrorRecord };

/** Pushed by the worker to the tab whose thread it concerns. */
export interface ButtonChanged {
  readonly kind: 'button.changed';
  readonly threadKey: string;
  readonly state: ButtonState;
}

/** How the last page of a webmail was recognised. */
export interface WebmailCheck {
  /** Adapter id; `null` where no adapter knew the page. */
  readonly webmail: string | null;
  /** Names of what the self-check missed; absent while no thread was open yet. */
  readonly missing?: readonly string[];
  readonly at: number;
}

export interface EndpointSummary {
  readonly id: string;
  readonly name: string;
  readonly recipe: string;
  readonly defaults: { readonly queue?: Choice | undefined; readonly priority?: Choice | undefined };
  /** Lists that this ticket system can give; a field without its list is typed. Absent from `fields`: not offered at all. */
  readonly lists: readonly string[];
  readonly fields: readonly ('queue' | 'priority' | 'assignee' | 'type' | 'tags')[];
  /** Its tickets can be searched (`tickets.searched`). */
  readonly searches?: true;
  /** The note stays internal there. */
  readonly internalNotes: boolean;
  /** There: it takes no notes at all. */
  readonly takesNotes?: false;
  /** There: nothing can be added to a ticket. */
  readonly appends?: false;
}

export interface AttachmentView {
  readonly id: string;
  readonly filename: string;
  readonly mediaType: string;
  readonly size: number;
  readonly inline: boolean;
  readonly ticked: boolean;
  /** Why it was unticked without anybody's doing. */
  readonly decoration?: Decoration;
  /** May do something when it is opened. */
  readonly risky?: boolean;
}

export interface MessageView {
  readonly id: string;
  readonly from: Participant;
  readonly sentAt?: string;
  readonly subject: string;
  /** First words of the text, one line. */
  readonly excerpt: string;
  readonly source: Source;
  readonly ticked: boolean;
  readonly attachments: readonly AttachmentView[];
  /** Size of the original in bytes, absent where there is none. */
  readonly original?: number;
  /** It is in the thread's ticket (`CaptureView.known`) already. */
  readonly known?: boolean;
}

/** What a message says and will say in the ticket, for reading in the popup: plain text in stretches, folded ones among them. */
export interface MessageText {
  readonly stretches: readonly { readonly kind: FoldKind | 'own'; readonly text: string }[];
}

/** A rule that matched. */
export interface RuleView {
  readonly id: string;
  /** Empty where the person gave it none. */
  readonly name: string;
  readonly because: readonly Met[];
}

/** A capture as the tab Thread shows it: the thread with edits, rules and defaults already laid over it. */
export interface CaptureView {
  readonly id: string;
  readonly status: 'collecting' | 'preparing' | 'ready' | 'submitted' | 'failed';
  readonly received: number;
  readonly expected: number;
  readonly webmail: string;
  readonly url: string;
  readonly reference?: string;
  /** Subject in the mail, where it differs from the title. */
  readonly subject: string;
  readonly title: string;
  readonly endpointId?: string;
  readonly queue?: Choice;
  readonly priority?: Choice;
  readonly assignee?: Choice;
  readonly type?: Choice;
  readonly tags?: readonly Choice[];
  /** As typed, or `Name <address>` of the best candidate. */
  readonly requester: string;
  readonly requesters: readonly RequesterCandidate[];
  readonly note: string;
  readonly target: Target;
  /** The ticket that the thread has in this ticket system, as far as this browser knows. */
  readonly known?: TicketFacts & { readonly ticketId: string };
  /** Address of the mailbox, where the webmail tells it. */
  readonly account?: string;
  /** The rule that chose, and the queue that it gave. */
  readonly rule?: RuleView & { readonly queue?: Choice };
  readonly messages: readonly MessageView[];
  readonly gaps: readonly Gap[];
  readonly error?: ErrorRecord;
  /** What became of it, once submitted. */
  readonly delivery?: OutboxRow;
}

export interface OutboxCounts {
  /** Drafts, held, waiting, sending, unsure: what goes on by itself. */
  readonly waiting: number;
  /** A person is needed: stopped, not read, its ticket system waits for a passphrase, a sign-in, a permission; a halted handover; a loss. */
  readonly attention: number;
  /** That handover, which has a page of its own. */
  readonly handover?: true;
  /** The database was lost, and the person has not read it yet. */
  readonly lost?: Loss;
}

export interface PopupView {
  readonly capture?: CaptureView;
  readonly endpoints: readonly EndpointSummary[];
  readonly counts: OutboxCounts;
  readonly theme: 'system' | 'light' | 'dark';
  /** Nothing can be sent until the passphrase is typed. */
  readonly isLocked?: true;
  /** Why the active tab gave no thread, where it was asked. */
  readonly error?: ErrorRecord;
}

/** A row of the Outbox tab. `draft` rows are captures that were not sent yet. */
export interface OutboxRow {
  readonly id: string;
  readonly kind: 'draft' | 'delivery';
  readonly title: string;
  readonly endpointName?: string;
  readonly status: 'draft' | DeliveryStatus | 'paused';
  readonly createdAt: number;
  /** When it is tried next. */
  readonly dueAt?: number;
  readonly attempts: number;
  /** While it is sent: since when the present request is under way, and the bytes of all its files. */
  readonly underWay?: { readonly since: number; readonly bytes: number };
  /** One sentence on what does not travel. */
  readonly incomplete?: string;
  readonly error?: ErrorRecord;
  readonly receipt?: Receipt;
  /** What the person may do with it. */
  readonly actions: readonly OutboxAction[];
}

export type OutboxAction = 'retry' | 'append' | 'edit' | 'repeat' | 'export' | 'mail' | 'mail-file' | 'mailed' | 'delete';

export interface OutboxPage {
  readonly rows: readonly OutboxRow[];
  readonly counts: OutboxCounts;
  /** Pass back as `after` for the next page; absent on the last. */
  readonly next?: string;
}

/** What differs from what the person saw last: how it was then, empty for nothing. */
export interface TicketChange {
  readonly fact: 'state' | 'owner' | 'queue';
  readonly before: string;
}

/** A row of the Tickets tab: one a ticket, however much was sent to it. */
export interface TicketRow {
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly endpointName: string;
  readonly ticketId: string;
  readonly number: string;
  readonly url?: string;
  readonly title: string;
  readonly queue?: string;
  readonly sentAt: number;
  /** From the ticket system itself, when last asked. */
  readonly state?: string;
  readonly owner?: string;
  /** Empty where nothing changed since the person last looked. */
  readonly changes: readonly TicketChange[];
  /** When the last change was noticed. */
  readonly changedAt?: number;
  /** The ticket system no longer shows it: the rest is as it was told last. */
  readonly isHidden?: true;
  readonly twin?: Receipt['twin'];
}

export interface ListView {
  /** Recently used first; absent where the system offers no such list. */
  readonly choices?: readonly Choice[];
  /** How many of the first are there because they were used recently. */
  readonly recent: number;
  /** When the list was read from the system. */
  readonly readAt?: number;
  /** Why it could not be refreshed; `choices` may then be an older copy. */
  readonly error?: ErrorRecord;
}

/** Edits as the form sends them: `null` takes an edit back. */
export type EditPatch = { readonly [K in keyof DraftEdits]?: DraftEdits[K] | null };
