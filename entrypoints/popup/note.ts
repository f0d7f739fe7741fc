/** The tab Note: a remark for a ticket that exists. What is typed lies in its store until it is on its way. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { isNumber, numberIn, type PickedTicket, ticketLabel } from '../../components/popup/TicketField.tsx';
import { coalesced } from '../../utils/core/coalesced.ts';
import { type ErrorRecord, RelaisError } from '../../utils/core/errors.ts';
import type { Ask } from '../../utils/ui/ask.ts';

export interface NoteDraft {
  /** The same for every repeat of one note, so that a repeat does no harm. */
  readonly requestId: string;
  /** What the field shows: a number as typed, or number and title of a ticket that was picked. */
  readonly ticket: string;
  /** Of a ticket that was picked. */
  readonly ticketId?: string;
  readonly endpointId?: string;
  readonly note: string;
}

/** Where the draft lies: `note-store.ts`. */
export interface NoteStore {
  read(): Promise<NoteDraft | undefined>;
  write(draft: NoteDraft): Promise<void>;
}

export interface NoteModel {
  readonly draft: ReadonlySignal<NoteDraft>;
  readonly isSending: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<ErrorRecord | undefined>;
  /** The ticket that the last note went to, until the next is begun. */
  readonly added: ReadonlySignal<string | undefined>;
  readonly canAdd: ReadonlySignal<boolean>;
  load(): Promise<void>;
  edit(patch: Partial<Omit<NoteDraft, 'requestId'>>): void;
  typeTicket(text: string): void;
  pickTicket(ticket: PickedTicket): void;
  add(endpointId: string | undefined): Promise<void>;
}

const emptyDraft = (): NoteDraft => ({ requestId: crypto.randomUUID(), ticket: '', note: '' });

export function createNoteModel(ask: Ask, store: NoteStore): NoteModel {
  const draft = signal<NoteDraft>(emptyDraft());
  const isSending = signal(false);
  const problem = signal<ErrorRecord>();
  const added = signal<string>();
  let touched = false;

  const write = coalesced(async () => {
    try {
      await store.write(draft.value);
    } catch (thrown) {
      problem.value = RelaisError.from(thrown).record();
    }
  });

  function set(next: NoteDraft): Promise<void> {
    touched = true;
    draft.value = next;
    return write();
  }

  /** Typing again says that the last note was noticed. */
  function keep(next: NoteDraft): void {
    added.value = undefined;
    set(next).catch(() => {
      // `write` reports its own errors.
    });
  }

  return {
    draft,
    isSending,
    problem,
    added,
    canAdd: computed(() => isComplete(draft.value)),
    async load() {
      const stored = await store.read();
      if (stored && !touched) draft.value = stored;
    },
    edit: (patch) => keep({ ...draft.value, ...patch }),
    typeTicket(text) {
      const { ticketId: _picked, ...rest } = draft.value;
      keep({ ...rest, ticket: text });
    },
    pickTicket: (ticket) => keep({ ...draft.value, ticket: ticketLabel(ticket), ticketId: ticket.ticketId, endpointId: ticket.endpointId }),
    async add(endpointId) {
      const { requestId, ticket, ticketId, note } = draft.value;
      if (isSending.value || endpointId === undefined || !isComplete(draft.value)) return;
      isSending.value = true;
      problem.value = undefined;
      try {
        await ask('note.submitted', { requestId, endpointId, ticket: ticketId ?? numberIn(ticket), note });
        await set({ ...emptyDraft(), endpointId });
        added.value = ticket;
      } catch (thrown) {
        problem.value = RelaisError.from(thrown).record();
      } finally {
        isSending.value = false;
      }
    },
  };
}

/** There is something to say, and a ticket to say it in: one that was picked, or a number. */
function isComplete({ ticket, ticketId, note }: NoteDraft): boolean {
  return note.trim() !== '' && (ticketId !== undefined || isNumber(ticket));
}
