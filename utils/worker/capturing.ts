/** From a click to a capture that is ready: inject, receive, prepare, and send when the click said so. */
import type { Capture, DraftEdits } from '../core/capture.ts';
import type { ToPage } from '../core/captured.ts';
import { RelaisError } from '../core/errors.ts';
import { openBlobs } from '../outbox/blobs.ts';
import { capturesIn, changeCapture, findCapture, findCaptured, findCaptureOf, putCapture, removeCapture } from '../outbox/captures.ts';
import { findDelivery } from '../outbox/deliveries.ts';
import { forgetJournal } from '../outbox/journal.ts';
import { submit } from '../outbox/submit.ts';
import { readSettings } from '../settings/storage.ts';
import { draftDefaults } from './defaults.ts';
import { addressOf, type HandedOver, together } from './handed-over.ts';
import { findMarkedFrame, type Injected, injectCapture } from './injecting.ts';
import { record } from './ledger-store.ts';
import { openAhead, prepareThread } from './prepare.ts';
import { captureOf, receive } from './receive.ts';
import { rememberTab } from './tabs.ts';
import { ticketsOf } from './thread-tickets.ts';
import { words } from './words.ts';

/** A click is refused rather than accepted and lost where less room than this is left, in bytes. */
const leastRoom = 64 * 1024 * 1024;

/** A capture this young is shown again rather than made again. */
const freshMs = 5 * 60_000;

/** The thread whose button was clicked. */
export interface Clicked {
  readonly origin: string;
  readonly threadKey: string;
}

interface Way {
  readonly send: boolean;
  readonly clicked?: Clicked;
}

export interface Capturing {
  /**
   * Reads the thread that is open in a tab. Resolves with the capture's id as soon as the page said which thread it is;
   * rejects with `no-thread`, `unknown-webmail`, `permission-missing`. `send`: one click, sent when ready. `clicked`:
   * nothing else is read, whatever the tab shows by then.
   */
  start(tabId: number, way: Way): Promise<string>;
  /** Reads a thread of the list in a tab. Resolves when its capture is ready, or failed and says why; rejects like `start`. */
  read(tabId: number, thread: HandedOver): Promise<void>;
  /** At start: goes on with what the last worker left. */
  resume(): Promise<void>;
}

export interface CapturingContext {
  readonly now: () => number;
  readonly changed: (capture: Capture) => Promise<void>;
  /** A delivery was stored: look at the outbox. */
  readonly submitted: () => Promise<void>;
  /** The person must choose something before it can be sent. */
  readonly choose: (capture: Capture) => Promise<void>;
}

export function createCapturing(context: CapturingContext): Capturing {
  /** Captures that this worker is busy with: not for `resume`. */
  const active = new Set<string>();

  async function start(tabId: number, way: Way): Promise<string> {
    try {
      return await startIn(tabId, 0, way);
    } catch (error) {
      // Some webmails show a message in a frame of another host, out of the page's reach: what is marked there counts.
      const frameId = error instanceof RelaisError && error.code === 'no-thread' ? await findMarkedFrame(tabId) : undefined;
      if (frameId === undefined) throw error;
      return startIn(tabId, frameId, way);
    }
  }

  async function startIn(tabId: number, frameId: number, { send, clicked }: Way): Promise<string> {
    openAhead();
    const script = await injectCapture(tabId, frameId, clicked?.origin);
    // In a frame the marked words are read, whatever thread they are of.
    const { opened } = take(script, { captureId: crypto.randomUUID(), send, ...(frameId === 0 && clicked && { clicked }) });
    tell(script, { kind: 'wanted', what: 'open' });
    return opened;
  }

  async function read(tabId: number, handed: HandedOver): Promise<void> {
    openAhead();
    const script = await injectCapture(tabId, 0, handed.origin);
    const { opened, ended } = take(script, { captureId: handed.captureId, send: false, handed });
    tell(script, { kind: 'wanted', what: 'thread', message: handed.message });
    await opened;
    await ended;
  }

  function take(
    { port, ...from }: Injected,
    { captureId, send, clicked, handed }: Way & { readonly captureId: string; readonly handed?: HandedOver },
  ): { readonly opened: Promise<string>; readonly ended: Promise<void> } {
    const { promise: opened, resolve, reject } = Promise.withResolvers<string>();
    const end = Promise.withResolvers<void>();
    active.add(captureId);
    let capture: Capture | undefined;
    receive(port, captureId, {
      async opened(thread) {
        await assertRoom();
        if (clicked && clicked.threadKey !== thread.threadKey) {
          // The one that was clicked says so in the Outbox, and at its button when it is open again.
          const { origin, threadKey } = clicked;
          const missed = captureOf(captureId, { ...thread, threadKey, expected: 0 }, { origin, url: origin }, context.now());
          capture = { ...missed, edits: {}, sendWhenReady: false };
          await putCapture(capture);
          throw new RelaisError('capture-interrupted', 'Another thread was opened before this one was read');
        }
        const before = await findCaptureOf(from.origin, thread.threadKey);
        const unsent = before?.status === 'ready' || before?.status === 'failed' ? before : undefined;
        if (unsent?.status === 'ready' && !send && !handed && context.now() - unsent.createdAt < freshMs) {
          await rememberTab(from.tabId, { captureId: unsent.id, origin: from.origin, threadKey: thread.threadKey });
          resolve(unsent.id);
          return 'stop';
        }
        const edits = unsent?.edits ?? leftOutOf(before);
        capture = {
          ...captureOf(captureId, thread, { ...from, ...addressOf(handed, from.origin) }, context.now()),
          edits: handed ? together(edits, handed.edits) : edits,
          sendWhenReady: send,
        };
        await putCapture(capture);
        if (unsent && unsent.id !== captureId) await removeCapture(unsent.id);
        // The tab goes on showing what its person reads.
        if (!handed) await rememberTab(from.tabId, { captureId, origin: from.origin, threadKey: thread.threadKey });
        resolve(captureId);
        await context.changed(capture);
        return 'go';
      },
      async progress(received) {
        // Ten times a thread at most: each one is written, drawn and told to the page.
        const every = Math.ceil((capture?.expected ?? 1) / 10);
        if (received % every === 0) await change(captureId, (found) => ({ ...found, received }));
      },
      async closed(bytes) {
        const at = capture?.createdAt ?? context.now();
        const read = {
          host: new URL(from.origin).host,
          purpose: 'capture',
          method: 'GET',
          status: 200,
          bytesSent: 0,
          bytesReceived: bytes,
        };
        await record({ at, ms: context.now() - at, ...read }).catch(() => undefined);
        await change(captureId, (found) => ({ ...found, status: 'preparing' }));
        await prepare(captureId);
        active.delete(captureId);
        end.resolve();
      },
      async failed(error) {
        reject(error);
        active.delete(captureId);
        // One that a person stopped has `stopping.ts` to tidy up after it.
        if (capture && error.details.stopped !== true) {
          await change(captureId, (found) => ({ ...found, status: 'failed', error: error.record(), sendWhenReady: false }));
          // Half a thread is no use to anybody: what came of it goes, the row that says why stays.
          await Promise.all([(await openBlobs()).clear(captureId), forgetJournal(captureId)]);
        }
        end.resolve();
      },
    });
    return { opened, ended: end.promise };
  }

  async function change(id: string, update: (capture: Capture) => Capture): Promise<Capture | undefined> {
    const changed = await changeCapture(id, update);
    if (changed) await context.changed(changed);
    return changed;
  }

  /** Understands what was handed over, then sends it where the click said so. The bytes stay, whatever happens. */
  async function prepare(id: string): Promise<void> {
    const captured = await findCaptured(id);
    if (!captured) return;
    const settings = await readSettings();
    try {
      const thread = await prepareThread(captured, settings.internalDomains);
      // One that came back from the journal may have been submitted long ago.
      const submitted = (await findDelivery(id)) !== undefined;
      // One click stays "preparing" until its delivery is stored: a worker that stops in between begins here again.
      const prepared = await change(id, (found) => ({
        ...found,
        thread,
        status: submitted ? 'submitted' : found.sendWhenReady ? 'preparing' : 'ready',
      }));
      if (prepared?.sendWhenReady && !submitted) await sendAtOnce(prepared);
    } catch (thrown) {
      const error = RelaisError.from(thrown);
      if (error.code === 'unexpected') console.error('prepare', thrown);
      await change(id, (found) => ({ ...found, status: 'failed', error: error.record(), sendWhenReady: false }));
    }
  }

  async function sendAtOnce(capture: Capture): Promise<void> {
    const settings = await readSettings();
    try {
      if (!settings.oneClick) throw new RelaisError('draft-incomplete', 'One click is switched off', { field: 'queue' });
      const tickets = await ticketsOf(capture, settings);
      await submit(capture, await draftDefaults(settings), words, context.now(), settings.undoSeconds * 1_000, tickets);
      const submitted = await findCapture(capture.id);
      if (submitted) await context.changed(submitted);
      await context.submitted();
    } catch (thrown) {
      const { code } = RelaisError.from(thrown);
      if (code !== 'draft-incomplete' && code !== 'no-endpoint') throw thrown;
      const kept = await change(capture.id, (found) => ({ ...found, status: 'ready', sendWhenReady: false }));
      if (kept) await context.choose(kept);
    }
  }

  async function resume(): Promise<void> {
    for (const { id } of await capturesIn('collecting', 1_000)) {
      if (active.has(id)) continue;
      const error = new RelaisError('capture-interrupted', 'The browser stopped').record();
      await change(id, (found) => (found.status === 'collecting' ? { ...found, status: 'failed', error, sendWhenReady: false } : found));
    }
    for (const { id } of await capturesIn('preparing', 1_000)) if (!active.has(id)) await prepare(id);
  }

  return { start, read, resume };
}

/** The port is open: the script waits for this word. */
function tell({ port }: Injected, word: ToPage): void {
  port.postMessage(word);
}

/** Throws `storage-full` before anything is taken from the page. A browser that doesn't tell is believed to have room. */
async function assertRoom(): Promise<void> {
  const { quota, usage } = await navigator.storage.estimate();
  if (quota !== undefined && usage !== undefined && quota - usage < leastRoom) {
    throw new RelaisError('storage-full', 'The browser has no room left', { freeBytes: Math.max(0, quota - usage) });
  }
}

/** What a person left out when the thread was sent stays out when it is sent again. */
function leftOutOf(before: Capture | undefined): DraftEdits {
  const leftOut = before?.status === 'submitted' ? before.edits.leftOut : undefined;
  return leftOut ? { leftOut } : {};
}
