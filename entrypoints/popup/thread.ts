/** The tab Thread: one capture, what is typed about it, and its way out. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { type ErrorRecord, RelaisError } from '../../utils/core/errors.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import { createEdits, type Edits, type Journal } from '../../utils/ui/edits.ts';
import { isBeingRead, keepingSame, overlay, stillTyped } from '../../utils/ui/overlay.ts';
import type { CaptureView, EditPatch, MessageText, OutboxRow } from '../../utils/views.ts';

export type Texts = Readonly<Record<string, MessageText['stretches']>>;

export interface ThreadModel {
  /** The capture with everything typed laid over it, whether or not the worker has it yet. */
  readonly view: ReadonlySignal<CaptureView | undefined>;
  readonly isSending: ReadonlySignal<boolean>;
  /** Why the last edit or the last Send did not go through. */
  readonly problem: ReadonlySignal<ErrorRecord | undefined>;
  /** Texts of messages that were opened for reading. */
  readonly texts: ReadonlySignal<Texts>;
  show(capture: CaptureView | undefined): void;
  edit(patch: EditPatch): void;
  /** Once it is read, where it still is, and only if `may` agrees then: it may have been a key pressed before anything was to be seen. */
  send(may?: (capture: CaptureView | undefined) => boolean): Promise<void>;
  discard(): Promise<void>;
  refresh(): Promise<void>;
  read(messageId: string): Promise<void>;
  flush(): void;
}

/** `openMail`: for a thread just sent whose ticket system takes mail only. */
export function createThreadModel(ask: Ask, journal: Journal, openMail: (row: OutboxRow) => Promise<void>): ThreadModel {
  const stored = signal<CaptureView>();
  const typed = signal<EditPatch>({});
  const isSending = signal(false);
  const problem = signal<ErrorRecord>();
  const texts = signal<Texts>({});
  let edits: Edits | undefined;
  /** Sent from here and not settled: reopening the popup opens no mail. */
  let sent: string | undefined;
  const report = (thrown: unknown) => {
    problem.value = RelaisError.from(thrown).record();
  };

  /** A newer view of the same capture: typed values give way only where the worker now says the same, or something new. */
  function accept(next: CaptureView | undefined, answer: boolean): void {
    const last = stored.value;
    if (next === undefined || last === undefined || edits === undefined) return;
    typed.value = stillTyped(typed.value, edits.unsaved(), last, next, answer);
    stored.value = keepingSame(last, next);
    const { id, delivery } = next;
    if (sent !== id || delivery?.error?.code !== 'mail-needed') return;
    sent = undefined;
    openMail(delivery).catch(report);
  }

  function show(capture: CaptureView | undefined): void {
    if (capture !== undefined && capture.id === stored.value?.id) {
      accept(capture, false);
      return;
    }
    edits?.flush();
    texts.value = {};
    problem.value = undefined;
    stored.value = capture;
    edits =
      capture &&
      createEdits({
        captureId: capture.id,
        journal,
        send: (patch) => ask('draft.edited', { captureId: capture.id, edits: withoutReadonly(patch) }),
        saved: (view) => {
          if (problem.value?.code === 'worker-unreachable') problem.value = undefined;
          accept(view, true);
        },
        failed: report,
      });
    typed.value = edits?.unsaved() ?? {};
  }

  async function refresh(): Promise<void> {
    const capture = stored.value;
    if (capture === undefined) return;
    // Something that could not be handed over before, a worker having died, may go now.
    edits?.settle().catch(report);
    const asked = edits?.generation();
    const next = await ask('capture.opened', { captureId: capture.id });
    if (stored.value?.id !== capture.id) return;
    // Typed meanwhile: this answer may be older than what the worker holds now.
    if (edits?.generation() !== asked) return refresh();
    if (next === undefined) show(undefined);
    else accept(next, false);
  }

  async function send(may = (_: CaptureView | undefined): boolean => true): Promise<void> {
    const capture = stored.value;
    if (capture === undefined || isSending.value) return;
    isSending.value = true;
    problem.value = undefined;
    try {
      await hasBeenRead(capture.id);
      if (stored.value?.id !== capture.id || !may(view.value)) return;
      await edits?.settle();
      await ask('draft.submitted', { captureId: capture.id });
      sent = capture.id;
      if (stored.value?.id === capture.id) stored.value = { ...stored.value, status: 'submitted' };
      await refresh();
    } catch (thrown) {
      report(thrown);
    } finally {
      isSending.value = false;
    }
  }

  const view = computed(() => stored.value && overlay(stored.value, typed.value));

  /** Resolves when this capture, or none, is all that there will be. */
  async function hasBeenRead(id: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = effect(() => {
      if (stored.value?.id !== id || !isBeingRead(stored.value)) resolve();
    });
    await promise;
    stop();
  }

  return {
    view,
    isSending,
    problem,
    texts,
    show,
    edit(patch) {
      typed.value = { ...typed.value, ...patch };
      edits?.edit(patch);
    },
    send,
    async discard() {
      const capture = stored.value;
      if (capture === undefined) return;
      try {
        await ask('capture.discarded', { captureId: capture.id });
        show(undefined);
      } catch (thrown) {
        report(thrown);
      }
    },
    refresh,
    async read(messageId) {
      const capture = stored.value;
      if (capture === undefined || messageId in texts.value) return;
      try {
        const answer = await ask('message.opened', { captureId: capture.id, messageId });
        if (answer) texts.value = { ...texts.value, [messageId]: answer.stretches };
      } catch (thrown) {
        report(thrown);
      }
    },
    flush: () => edits?.flush(),
  };
}

/** Messages are plain mutable JSON to their schema. */
function withoutReadonly({ leftOut, tags, ...patch }: EditPatch) {
  return {
    ...patch,
    ...(leftOut !== undefined && { leftOut: leftOut && [...leftOut] }),
    ...(tags !== undefined && { tags: tags && [...tags] }),
  };
}
