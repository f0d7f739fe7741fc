/** Queues, priorities and assignees of the ticket systems: the worker's copy at once, the system's own list quietly after. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { RelaisError } from '../../utils/core/errors.ts';
import type { Choice, ListName } from '../../utils/core/ticket.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import type { ListView } from '../../utils/views.ts';

export type Lists = Readonly<Record<string, ListView>>;

export interface ListsModel {
  /** By `listKey`; absent while it was never answered. */
  readonly lists: ReadonlySignal<Lists>;
  /** Asks once per page; a copy older than ten minutes is refreshed. */
  open(endpointId: string, list: ListName, queue?: Choice): Promise<void>;
}

const fresh = 10 * 60_000;

export function createListsModel(ask: Ask, now: () => number): ListsModel {
  const lists = signal<Lists>({});
  const asked = new Set<string>();

  async function open(endpointId: string, list: ListName, queue?: Choice): Promise<void> {
    const key = listKey(endpointId, list, queue);
    const input = { endpointId, list, ...(queue && list !== 'queues' && { within: queue }) };
    if (asked.has(key)) return;
    asked.add(key);
    const keep = (view: ListView) => {
      lists.value = { ...lists.value, [key]: view };
      return view;
    };
    try {
      const copy = keep(await ask('list.opened', input));
      if (copy.readAt === undefined || now() - copy.readAt > fresh) keep(await ask('list.opened', { ...input, refresh: true }));
    } catch (thrown) {
      asked.delete(key);
      keep({ recent: 0, ...lists.value[key], error: RelaisError.from(thrown).record() });
    }
  }

  return { lists, open };
}

/** Some lists exist only for one queue. */
export function listKey(endpointId: string, list: ListName, queue?: Choice): string {
  return list === 'queues' ? `${endpointId}/${list}` : `${endpointId}/${list}/${queue?.id ?? ''}`;
}
