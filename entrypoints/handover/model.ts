/** What the page of a handover knows: the webmail's list with what is chosen, and how far a handover got. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { HandoverEdits } from '../../components/handover/ChooseForm.tsx';
import { coalesced } from '../../utils/core/coalesced.ts';
import { type ErrorRecord, RelaisError } from '../../utils/core/errors.ts';
import type { HandoverList, HandoverView } from '../../utils/handover-views.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import type { EndpointSummary, PopupView } from '../../utils/views.ts';
import { createListsModel, type ListsModel } from '../popup/lists.ts';

export interface HandoverModel {
  readonly shell: ReadonlySignal<PopupView | undefined>;
  readonly templates: ReadonlySignal<Settings['templates']>;
  readonly list: ReadonlySignal<HandoverList | undefined>;
  /** A handover that runs, or whose end was not seen yet. */
  readonly view: ReadonlySignal<HandoverView | undefined>;
  readonly problem: ReadonlySignal<ErrorRecord | undefined>;
  /** Ids of the messages whose threads are ticked here. */
  readonly ticked: ReadonlySignal<ReadonlySet<string>>;
  readonly edits: ReadonlySignal<HandoverEdits>;
  readonly endpoint: ReadonlySignal<EndpointSummary | undefined>;
  readonly lists: ListsModel;
  readonly isBusy: ReadonlySignal<boolean>;
  open(): Promise<void>;
  /** Something changed in the worker. */
  refresh(): Promise<void>;
  readList(): Promise<void>;
  tick(ids: readonly string[], on: boolean): void;
  edit(patch: HandoverEdits): void;
  start(): Promise<void>;
  cancel(): Promise<void>;
  resume(): Promise<void>;
  /** Forgets the handover that has come to its end, and reads the list again. */
  more(): Promise<void>;
}

interface Given {
  readonly ask: Ask;
  readonly now: () => number;
  readonly newId: () => string;
}

export function createHandoverModel({ ask, now, newId }: Given): HandoverModel {
  const shell = signal<PopupView>();
  const templates = signal<Settings['templates']>([]);
  const list = signal<HandoverList>();
  const view = signal<HandoverView>();
  const problem = signal<ErrorRecord>();
  const ticked = signal<ReadonlySet<string>>(new Set());
  const edits = signal<HandoverEdits>({});
  const isBusy = signal(false);
  const endpoint = computed(() => {
    const endpoints = shell.value?.endpoints ?? [];
    return endpoints.find(({ id }) => id === edits.value.endpointId) ?? endpoints[0];
  });

  async function attempt(run: () => Promise<unknown>): Promise<void> {
    isBusy.value = true;
    try {
      await run();
      problem.value = undefined;
    } catch (thrown) {
      problem.value = RelaisError.from(thrown).record();
    } finally {
      isBusy.value = false;
    }
  }

  const refresh = coalesced(async () => {
    view.value = await ask('handover.opened', {});
  });

  /** What is ticked here stays so; what is ticked in the webmail is ticked at first. */
  async function readList(): Promise<void> {
    await attempt(async () => {
      const fresh = await ask('handover.listed', {});
      const isFirst = list.value === undefined;
      const kept = fresh.rows.filter(({ message, isTicked }) => (isFirst ? isTicked : ticked.value.has(message.id)));
      list.value = fresh;
      ticked.value = new Set(kept.map(({ message }) => message.id));
    });
  }

  return {
    shell,
    templates,
    list,
    view,
    problem,
    ticked,
    edits,
    endpoint,
    lists: createListsModel(ask, now),
    isBusy,
    async open() {
      const [opened, { settings }] = await Promise.all([ask('popup.opened', {}), ask('settings.opened', {})]);
      shell.value = opened;
      templates.value = settings.templates;
      if (settings.defaultEndpoint !== undefined) edits.value = { endpointId: settings.defaultEndpoint };
      await refresh();
      if (view.value === undefined) await readList();
    },
    refresh,
    readList,
    tick(ids, on) {
      const changed = new Set(ticked.value);
      for (const id of ids)
        if (on) changed.add(id);
        else changed.delete(id);
      ticked.value = changed;
    },
    edit(patch) {
      const moved = patch.endpointId !== undefined && patch.endpointId !== endpoint.value?.id;
      const { note } = edits.value;
      edits.value = moved ? { ...(note !== undefined && { note }), ...patch } : { ...edits.value, ...patch };
    },
    async start() {
      const { value: from } = list;
      if (!from) return;
      const chosen = from.rows.filter(({ message }) => ticked.value.has(message.id));
      const { note = '', ...rest } = edits.value;
      const given = { ...rest, ...(endpoint.value && { endpointId: endpoint.value.id }), ...(note.trim() && { note: note.trim() }) };
      await attempt(async () => {
        await ask('handover.started', {
          id: newId(),
          tabId: from.tabId,
          origin: from.origin,
          edits: withoutEmpty(given),
          threads: chosen.map(({ message, subject, from: sender }) => ({
            message,
            subject,
            ...(sender !== undefined && { from: sender }),
          })),
        });
        await refresh();
      });
    },
    cancel: () => attempt(() => ask('handover.cancelled', {}).then(refresh)),
    resume: () => attempt(() => ask('handover.resumed', {}).then(refresh)),
    async more() {
      await attempt(() => ask('handover.closed', {}).then(refresh));
      list.value = undefined;
      edits.value = {};
      await readList();
    },
  };
}

/** A choice that was taken back is `undefined` in the form, and absent in what is sent. */
function withoutEmpty(edits: HandoverEdits): { -readonly [Name in keyof HandoverEdits]?: Exclude<HandoverEdits[Name], undefined> } {
  return Object.fromEntries(Object.entries(edits).filter(([, value]) => value !== undefined));
}
