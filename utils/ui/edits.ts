/**
 * Carries what is typed to the worker: at once, one message at a time, what comes meanwhile joined into the next.
 * Until the worker has stored an edit it lies in a journal of the page's own, so that neither a popup that closes in
 * the same moment nor a worker that dies with the message can lose a keystroke.
 */
import type { CaptureView, EditPatch } from '../views.ts';

/** The part of `localStorage` that is used. Synchronous: written before the keystroke's event ends. */
export type Journal = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

interface Options {
  readonly captureId: string;
  readonly journal: Journal;
  readonly send: (patch: EditPatch) => Promise<CaptureView | undefined>;
  /** What the worker answered, unless newer edits are on their way. */
  readonly saved: (view: CaptureView | undefined) => void;
  readonly failed: (thrown: unknown) => void;
}

export interface Edits {
  edit(patch: EditPatch): void;
  /** Resolves when the worker has stored everything; rejects with its error where it could not. */
  settle(): Promise<void>;
  /** For `pagehide`: sends what waits without waiting for the answer. */
  flush(): void;
  /** Not stored by the worker yet. */
  unsaved(): EditPatch;
  /** Grows with every edit and every answer: an older view of the draft is then out of date. */
  generation(): number;
}

/** Starts with what an earlier page could not hand over any more. */
export function createEdits({ captureId, journal, send, saved, failed }: Options): Edits {
  const key = `unsaved:${captureId}`;
  let waiting: EditPatch = readJournal(journal, key);
  let sent: EditPatch = {};
  let running: Promise<void> | undefined;
  let generation = 0;

  const unsaved = () => ({ ...sent, ...waiting });

  async function pump(): Promise<void> {
    try {
      while (!isEmpty(waiting)) await handOver();
    } finally {
      // In the same step as the last look at `waiting`: an edit in between would be left lying.
      running = undefined;
    }
  }

  async function handOver(): Promise<void> {
    sent = waiting;
    waiting = {};
    try {
      const view = await send(sent);
      sent = {};
      generation += 1;
      writeJournal(journal, key, waiting);
      if (isEmpty(waiting)) saved(view);
    } catch (thrown) {
      waiting = unsaved();
      sent = {};
      throw thrown;
    }
  }

  function start(): Promise<void> {
    if (running === undefined && !isEmpty(waiting)) running = pump();
    return running ?? Promise.resolve();
  }

  function startAndReport(): void {
    start().catch(failed);
  }

  if (!isEmpty(waiting)) startAndReport();

  return {
    edit(patch) {
      generation += 1;
      waiting = { ...waiting, ...patch };
      writeJournal(journal, key, unsaved());
      startAndReport();
    },
    async settle() {
      while (!isEmpty(unsaved())) await start();
    },
    flush() {
      if (isEmpty(waiting)) return;
      send(waiting).catch(() => {
        // The journal still holds it: the next page hands it over.
      });
    },
    unsaved,
    generation: () => generation,
  };
}

function isEmpty(patch: EditPatch): boolean {
  return Object.keys(patch).length === 0;
}

function readJournal(journal: Journal, key: string): EditPatch {
  try {
    const value: unknown = JSON.parse(journal.getItem(key) ?? '{}');
    // Our own writing, on our own origin; the worker checks every patch again.
    return typeof value === 'object' && value !== null ? (value as EditPatch) : {};
  } catch {
    return {};
  }
}

function writeJournal(journal: Journal, key: string, patch: EditPatch): void {
  try {
    if (isEmpty(patch)) journal.removeItem(key);
    else journal.setItem(key, JSON.stringify(patch));
  } catch {
    // No room left: the worker has the edit a moment later anyway.
  }
}
