/**
 * Carries a handover on, thread after thread: each is captured and delivered like any other, one at a time. Whatever stops
 * the worker, the next one finds in the store how far it got.
 */
import { browser } from '../browser.ts';
import type { Capture } from '../core/capture.ts';
import { coalesced } from '../core/coalesced.ts';
import { formOf, messagesOf } from '../core/draft.ts';
import { type ErrorCode, RelaisError } from '../core/errors.ts';
import { type HandedState, type HandedThread, type Handover, isRunning, needsPerson, nextThread, withState } from '../core/handover.ts';
import { findCapture, removeCapture } from '../outbox/captures.ts';
import { isOpen } from '../outbox/decide.ts';
import { deliveriesOfThread } from '../outbox/deliveries.ts';
import { submit } from '../outbox/submit.ts';
import { readSettings } from '../settings/storage.ts';
import type { Capturing } from './capturing.ts';
import { draftDefaults } from './defaults.ts';
import { changeHandover, readHandover } from './handover-store.ts';
import { tabsOn } from './tabs-on.ts';
import { ticketsOf } from './thread-tickets.ts';
import { words } from './words.ts';

/** Wakes a worker that was stopped in the middle. */
export const handoverAlarm = 'handover';

/** What concerns every thread: the rest waits for the person. */
const halting: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['webmail-closed', 'webmail-signed-out', 'no-endpoint', 'storage-full']);

export interface HandoverContext {
  readonly now: () => number;
  readonly capturing: Pick<Capturing, 'read'>;
  /** A delivery was stored, or a capture went. */
  readonly changed: (capture: Capture) => Promise<void>;
  readonly lookAtOutbox: () => Promise<void>;
  /** The handover itself changed: tells badge and open pages. */
  readonly told: () => Promise<void>;
  /** It waits for a person. */
  readonly needed: (handover: Handover) => Promise<void>;
}

export interface HandoverRunner {
  /** Goes on with what is stored, where anything is left; resolves when nothing goes on by itself any more. */
  go(): Promise<void>;
}

export function createHandover({ now, capturing, changed, lookAtOutbox, told, needed }: HandoverContext): HandoverRunner {
  async function run(): Promise<void> {
    for (;;) {
      const handover = await readHandover();
      const thread = handover && isRunning(handover) ? nextThread(handover) : undefined;
      if (!handover || !thread) {
        if (handover && needsPerson(handover)) await needed(handover);
        break;
      }
      await browser.alarms.create(handoverAlarm, { periodInMinutes: 0.5 });
      const { captureId } = thread;
      await keep(handover.id, (found) => withState(found, captureId, { status: 'reading' }));
      try {
        const state = await hand(handover, thread);
        await keep(handover.id, (found) => withState(found, captureId, state));
      } catch (thrown) {
        const error = RelaisError.from(thrown);
        if (error.code === 'unexpected') console.error('handover', thrown);
        const halts = halting.has(error.code);
        const state: HandedState = halts ? { status: 'waiting' } : { status: 'failed', error: error.record() };
        await keep(handover.id, (found) => ({
          ...withState(found, captureId, state),
          ...(halts && { halted: found.halted ?? error.record() }),
        }));
      }
    }
    await browser.alarms.clear(handoverAlarm);
  }

  /** Another handover may have taken its place, or the person may have sent it away. */
  async function keep(id: string, change: (handover: Handover) => Handover): Promise<void> {
    await changeHandover((found) => (found?.id === id ? change(found) : found));
    await told();
  }

  async function hand(handover: Handover, { captureId, message }: HandedThread): Promise<HandedState> {
    const before = await findCapture(captureId);
    const isRead = before?.status === 'ready' || before?.status === 'submitted';
    if (!isRead) await capturing.read(await findTab(handover), { captureId, origin: handover.origin, message, edits: handover.edits });
    const capture = await findCapture(captureId);
    if (!capture) throw new RelaisError('capture-interrupted', 'What was captured is gone');
    if (capture.status === 'failed')
      throw capture.error ? RelaisError.fromRecord(capture.error) : new RelaisError('unexpected', 'Not read');
    return capture.status === 'submitted' ? { status: 'taken' } : send(capture);
  }

  /** Only what is new of it: what is in a ticket, or on its way there, is left alone. */
  async function send(capture: Capture): Promise<HandedState> {
    const settings = await readSettings();
    const [defaults, tickets] = await Promise.all([draftDefaults(settings), ticketsOf(capture, settings)]);
    const form = formOf(capture, defaults, tickets);
    const { thread } = capture;
    const sent = thread && form.endpointId !== undefined ? await deliveriesOfThread(form.endpointId, thread.reference) : [];
    const isUnderWay = sent.some((delivery) => isOpen(delivery));
    const isThere = thread !== undefined && form.known !== undefined && messagesOf(thread, form).length === 0;
    if (isUnderWay || isThere) {
      await removeCapture(capture.id);
      await changed(capture);
      if (isUnderWay || !form.known) return { status: 'skipped', why: 'on-its-way' };
      const { number, url } = form.known;
      return { status: 'skipped', why: 'in-tickets', number, ...(url !== undefined && { url }) };
    }
    await submit(capture, defaults, words, now(), 0, tickets);
    await changed({ ...capture, status: 'submitted' });
    void lookAtOutbox();
    return { status: 'taken' };
  }

  return { go: coalesced(run) };
}

/** The tab whose list it was, or the one of the same webmail that was last used. Rejects with `webmail-closed`. */
async function findTab({ tabId, origin }: Handover): Promise<number> {
  const tabs = await tabsOn([origin]);
  const tab = tabs.find(({ id }) => id === tabId) ?? tabs[0];
  if (!tab) throw new RelaisError('webmail-closed', 'No tab shows this webmail');
  return tab.id;
}
