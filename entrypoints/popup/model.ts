/** What the popup knows. The worker holds everything; this asks, shows, and hands over what is typed. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { PickedTicket, TicketSource } from '../../components/popup/TicketField.tsx';
import { coalesced } from '../../utils/core/coalesced.ts';
import { type ErrorRecord, RelaisError } from '../../utils/core/errors.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import type { Journal } from '../../utils/ui/edits.ts';
import type { EndpointSummary, OutboxAction, OutboxCounts, OutboxRow, PopupView, TicketRow } from '../../utils/views.ts';
import { createListsModel, type ListsModel } from './lists.ts';
import { createNoteModel, type NoteModel, type NoteStore } from './note.ts';
import { type Away, createOutboxModel, type OutboxModel } from './outbox.ts';
import { createThreadModel, type ThreadModel } from './thread.ts';
import { createTicketSource } from './tickets.ts';

export const tabs = ['thread', 'note', 'outbox', 'tickets'] as const;
export type TabName = (typeof tabs)[number];
export type Template = Settings['templates'][number];

/** What the popup was opened for: the active tab's thread, or one capture. */
export interface OpenedFor {
  readonly tabId?: number;
  readonly captureId?: string;
  /** False: only what was captured before is shown. */
  readonly captures?: boolean;
}

export interface PopupServices {
  readonly ask: Ask;
  readonly journal: Journal;
  readonly noteStore: NoteStore;
  readonly away: Away;
  readonly now: () => number;
}

export interface PopupModel {
  readonly tab: ReadonlySignal<TabName>;
  readonly popup: ReadonlySignal<PopupView | undefined>;
  readonly counts: ReadonlySignal<OutboxCounts>;
  /** The worker could not be asked at all. */
  readonly problem: ReadonlySignal<ErrorRecord | undefined>;
  readonly tickets: ReadonlySignal<readonly TicketRow[] | undefined>;
  readonly source: ReadonlySignal<TicketSource>;
  readonly templates: ReadonlySignal<readonly Template[]>;
  readonly now: ReadonlySignal<number>;
  readonly thread: ThreadModel;
  readonly note: NoteModel;
  /** The ticket system that the note goes to: the one chosen, else the first. */
  readonly noteEndpoint: ReadonlySignal<EndpointSummary | undefined>;
  readonly outbox: OutboxModel;
  readonly lists: ListsModel;
  /** Asks for what the popup was opened for; again for another try. */
  open(openedFor: OpenedFor): Promise<void>;
  selectTab(tab: TabName): void;
  /** Shows a capture of the outbox in the tab Thread. */
  editCapture(captureId: string): Promise<void>;
  /** What the person says of a thread that stopped; it is shown again as it stands then. */
  actOnThread(row: OutboxRow, act: OutboxAction): Promise<void>;
  noteFor(ticket: PickedTicket): void;
  /** Something changed in the worker. */
  changed(): Promise<void>;
  tick(): void;
}

/** What a person would gain nothing from being told. */
const unexpected = (thrown: unknown) => console.error(thrown);

export function createPopupModel({ ask, journal, noteStore, away, now }: PopupServices): PopupModel {
  const tab = signal<TabName>('thread');
  const popup = signal<PopupView>();
  const counts = signal<OutboxCounts>({ waiting: 0, attention: 0 });
  /** By what was asked, so that one answer does not hide the failure of another. */
  const problems = signal<Readonly<Record<string, ErrorRecord | undefined>>>({});
  const tickets = signal<readonly TicketRow[]>();
  const templates = signal<readonly Template[]>([]);
  const clock = signal(now());
  const thread = createThreadModel(ask, journal, (row) => away.mail(row));
  const note = createNoteModel(ask, noteStore);
  const outbox = createOutboxModel(
    ask,
    (next) => {
      counts.value = next;
    },
    away,
  );
  const lists = createListsModel(ask, now);

  async function attempt(what: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
      problems.value = { ...problems.value, [what]: undefined };
    } catch (thrown) {
      problems.value = { ...problems.value, [what]: RelaisError.from(thrown).record() };
    }
  }

  async function askPopup(input: OpenedFor, showsCapture = true): Promise<void> {
    const view = await ask('popup.opened', input);
    batch(() => {
      popup.value = view;
      counts.value = view.counts;
      // Beside the page another tab's thread must not stay when a tab without one comes to the front.
      if (showsCapture && (view.capture || input.captures === false)) thread.show(view.capture);
    });
  }

  /** Names this opening of the popup: what its list of tickets shows is seen at the next one. */
  const look = crypto.randomUUID();
  const loadTickets = (looksAt = false) =>
    attempt('tickets', async () => {
      tickets.value = await ask('tickets.opened', looksAt ? { look } : {});
    });

  const source = createTicketSource(ask, now, tickets, () => loadTickets().catch(unexpected));

  const loadTemplates = () =>
    attempt('templates', async () => {
      templates.value = (await ask('settings.opened', {})).settings.templates;
    });

  /** What a tab shows is asked for when it is opened, and again at every change while it is open. */
  async function loadTab(name: TabName): Promise<void> {
    if (name === 'outbox') await outbox.refresh();
    if (name === 'tickets' || name === 'note') await loadTickets(name === 'tickets');
  }

  function selectTab(name: TabName): void {
    tab.value = name;
    clock.value = now();
    loadTab(name).catch(() => {
      // Every loader reports its own errors.
    });
  }

  return {
    tab,
    popup,
    counts,
    problem: computed(() => Object.values(problems.value).find((problem) => problem !== undefined)),
    tickets,
    source,
    templates,
    now: clock,
    thread,
    note,
    noteEndpoint: computed(() => {
      const endpoints = popup.value?.endpoints ?? [];
      return endpoints.find(({ id }) => id === note.draft.value.endpointId) ?? endpoints[0];
    }),
    outbox,
    lists,
    async open(openedFor) {
      await attempt('popup', () => askPopup(openedFor));
      await Promise.all([note.load(), loadTemplates()]);
    },
    selectTab,
    async editCapture(captureId) {
      await attempt('popup', () => askPopup({ captureId }));
      tab.value = 'thread';
    },
    async actOnThread(row, act) {
      if (act === 'edit') return;
      await attempt('act', async () => {
        await outbox.act(row, act);
        if (outbox.problem.value) throw RelaisError.fromRecord(outbox.problem.value);
        await thread.refresh();
      });
    },
    noteFor(ticket) {
      note.pickTicket(ticket);
      selectTab('note');
    },
    changed: coalesced(async () => {
      clock.value = now();
      // The capture is asked for by itself: `refresh` knows which answers are older than what was typed.
      await attempt('popup', () => Promise.all([askPopup({}, thread.view.value === undefined), thread.refresh()]).then(() => undefined));
      await loadTab(tab.value);
    }),
    tick() {
      clock.value = now();
    },
  };
}
