/** The tab Outbox: page after page, asked again when something changed. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { coalesced } from '../../utils/core/coalesced.ts';
import { type ErrorRecord, RelaisError } from '../../utils/core/errors.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import type { OutboxAction, OutboxCounts, OutboxRow } from '../../utils/views.ts';

export interface OutboxModel {
  readonly rows: ReadonlySignal<readonly OutboxRow[] | undefined>;
  readonly hasMore: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<ErrorRecord | undefined>;
  /** Asks for as many rows as are shown, the first page at first. */
  refresh(): Promise<void>;
  more(): Promise<void>;
  act(row: OutboxRow, act: Exclude<OutboxAction, 'edit'>): Promise<void>;
  /** The person has read that the database was lost. */
  understood(): Promise<void>;
  /** The capture to show in the tab Thread; `undefined` where it could not be opened. */
  edit(row: OutboxRow): Promise<string | undefined>;
}

/** A little more than fits the popup: the next page comes when its end comes into view. */
const pageSize = 20;
const largestPage = 200;

/** Ways out of the outbox that don't go through a ticket system. */
export interface Away {
  /** Saves the thread as a file. */
  save(row: OutboxRow): Promise<void>;
  /** Opens a draft with what can be said in one. */
  mail(row: OutboxRow): Promise<void>;
  /** Saves the mail as a file, with everything in it. */
  mailFile(row: OutboxRow): Promise<void>;
}

export function createOutboxModel(ask: Ask, counted: (counts: OutboxCounts) => void, away: Away): OutboxModel {
  const rows = signal<readonly OutboxRow[]>();
  const next = signal<string>();
  const hasMore = signal(false);
  const problem = signal<ErrorRecord>();

  async function attempt<Value>(run: () => Promise<Value>): Promise<Value | undefined> {
    try {
      const value = await run();
      problem.value = undefined;
      return value;
    } catch (thrown) {
      problem.value = RelaisError.from(thrown).record();
      return undefined;
    }
  }

  async function load(after: string | undefined, limit: number): Promise<readonly OutboxRow[]> {
    const page = await ask('outbox.opened', { ...(after !== undefined && { after }), limit });
    next.value = page.next;
    hasMore.value = page.next !== undefined;
    counted(page.counts);
    return page.rows;
  }

  const refresh = coalesced(async () => {
    await attempt(async () => {
      const wanted = Math.max(pageSize, rows.value?.length ?? 0);
      let fresh: readonly OutboxRow[] = [];
      do {
        const page = await load(
          fresh.length === 0 ? undefined : next.value,
          Math.min(wanted - fresh.length + (fresh.length > 0 ? 1 : 0), largestPage),
        );
        const before = fresh.length;
        fresh = together(fresh, page);
        if (fresh.length === before) break;
      } while (fresh.length < wanted && next.value !== undefined);
      rows.value = fresh;
    });
  });

  const more = coalesced(async () => {
    const after = next.value;
    if (after === undefined) return;
    await attempt(async () => {
      rows.value = together(rows.value ?? [], await load(after, pageSize));
    });
  });

  return {
    rows,
    hasMore,
    problem,
    refresh,
    more,
    async act(row, act) {
      await attempt(async () => {
        if (act === 'retry') await ask('delivery.retried', { id: row.id });
        else if (act === 'repeat') await ask('delivery.repeated', { id: row.id });
        else if (act === 'append') await ask('delivery.appended', { id: row.id });
        else if (act === 'mailed') await ask('delivery.mailed', { id: row.id });
        else if (act === 'mail-file') await away.mailFile(row);
        else if (act === 'export') await away.save(row);
        else if (act === 'mail') await away.mail(row);
        else if (row.kind === 'draft') await ask('capture.discarded', { captureId: row.id });
        else await ask('delivery.deleted', { id: row.id });
      });
      if (problem.value === undefined) await refresh();
    },
    async understood() {
      await attempt(() => ask('loss.understood', {}));
      if (problem.value === undefined) await refresh();
    },
    async edit(row) {
      if (row.kind === 'draft') return row.id;
      return (await attempt(() => ask('delivery.edited', { id: row.id })))?.captureId;
    },
  };
}

/** Pages overlap where several rows were made in the same moment. */
function together(shown: readonly OutboxRow[], page: readonly OutboxRow[]): readonly OutboxRow[] {
  const known = new Set(shown.map(({ id }) => id));
  return [...shown, ...page.filter(({ id }) => !known.has(id))];
}
