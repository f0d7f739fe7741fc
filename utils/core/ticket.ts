/** What goes to a ticket system and what comes back. Plain data; recipes see a `TicketDraft` as `draft`. */
import type { Participant, SafeHtml, StoredFile } from './thread.ts';

/** One entry of a list that a ticket system offers: a queue, a priority, a person. */
export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** The lists a recipe may offer. */
export type ListName = 'queues' | 'priorities' | 'assignees' | 'types' | 'tags';

export interface ArticleFile extends StoredFile {
  readonly id: string;
  /** `original` is the untouched `.eml` of the article's message. */
  readonly kind: 'attachment' | 'inline' | 'original';
  readonly contentId?: string;
}

/** One message as it will appear in the ticket. */
export interface Article {
  /** Message id within the capture. */
  readonly id: string;
  /** The thread's reference with a suffix of this message's own; marks the article in the ticket system. */
  readonly reference: string;
  readonly messageId?: string;
  readonly from: Participant;
  readonly to: readonly Participant[];
  readonly cc: readonly Participant[];
  readonly subject: string;
  readonly sentAt?: string;
  readonly text: string;
  readonly markdown: string;
  readonly html: SafeHtml;
  readonly files: readonly ArticleFile[];
}

/** What the person decided to send. Final: nothing is added on the way. */
export interface TicketDraft {
  readonly reference: string;
  /** Never empty; one line, no control characters. */
  readonly title: string;
  readonly requester: Participant;
  readonly queue?: Choice;
  readonly priority?: Choice;
  readonly assignee?: Choice;
  /** Kind of ticket, where the system tells kinds apart (question, incident …). */
  readonly type?: Choice;
  /** Tags or labels; absent for none. */
  readonly tags?: readonly Choice[];
  /** Internal: the requester must never see it. Empty for none. */
  readonly note: string;
  /** Oldest first; empty for a note on an existing ticket. */
  readonly articles: readonly Article[];
  /** One sentence that says what is missing, empty when everything travels. Goes into the ticket. */
  readonly incomplete: string;
  /** Address of the thread in the webmail. */
  readonly sourceUrl: string;
}

/** What is asked of the ticket system. */
export type Action = { readonly kind: 'create' } | { readonly kind: 'append'; readonly ticketId: string };

/** The ticket system's answer: proof that the ticket is there. With `mailedTo` it is a person's word instead. */
export interface Receipt {
  readonly ticketId: string;
  /** What people call it: `4711`, `2026112110000061`, `ABC-12`. */
  readonly number: string;
  /** For a person's browser; absent where the system has no pages. */
  readonly url?: string;
  /** The ticket was found by its reference, not made by this delivery. */
  readonly adopted?: boolean;
  /** A person says that they sent it to this mailbox: whether there is a ticket, nobody told. `ticketId` and `number` are empty. */
  readonly mailedTo?: string;
  /** An older ticket of the same thread, made by somebody else at the same moment. */
  readonly twin?: { readonly ticketId: string; readonly number: string; readonly url?: string };
  /** What the system did not take, in its own words or ours (a file over its limit). */
  readonly warnings: readonly string[];
}

/** A ticket that a search found. */
export interface TicketHit {
  readonly id: string;
  readonly number?: string;
  readonly title?: string;
  readonly state?: string;
  readonly queue?: string;
}

/** What a ticket system says of a ticket now. All but `number` absent where it doesn't tell. */
export interface TicketState {
  readonly ticketId: string;
  readonly number: string;
  readonly url?: string;
  readonly title?: string;
  readonly state?: string;
  readonly queue?: string;
  readonly owner?: string;
}
