/** What the page of a handover is shown. Plain data. */
import type { DraftEdits } from './core/capture.ts';
import type { ListedThread } from './core/captured.ts';
import type { ErrorRecord } from './core/errors.ts';
import type { HandedState } from './core/handover.ts';
import type { OutboxRow } from './views.ts';

/** A row of the webmail's list, with the ticket that it has as far as this browser knows. */
export interface HandoverRow extends ListedThread {
  readonly ticket?: { readonly number: string; readonly url?: string };
}

/** The list that is shown in a tab. */
export interface HandoverList {
  readonly tabId: number;
  readonly origin: string;
  readonly rows: readonly HandoverRow[];
}

export interface HandedView {
  readonly captureId: string;
  readonly subject: string;
  readonly from?: string;
  readonly state: HandedState;
  /** What became of it in the outbox. */
  readonly delivery?: OutboxRow;
}

export interface HandoverView {
  readonly id: string;
  readonly origin: string;
  readonly edits: DraftEdits;
  readonly isRunning: boolean;
  readonly halted?: 'cancelled' | ErrorRecord;
  readonly threads: readonly HandedView[];
}
