/** What the button in a webmail page may say. It names its thread; it never names an endpoint, a capture or a setting. */
import type { From, Handlers } from '../answering.ts';
import { browser } from '../browser.ts';
import type { Capture } from '../core/capture.ts';
import type { Delivery } from '../core/delivery.ts';
import { RelaisError } from '../core/errors.ts';
import { isAt } from '../core/rules.ts';
import { changeCapture, findCapture, findCaptureOf, removeCapture } from '../outbox/captures.ts';
import { halted, resumed } from '../outbox/decide.ts';
import { changeDelivery, findDelivery, removeDelivery } from '../outbox/deliveries.ts';
import { readSettings } from '../settings/storage.ts';
import type { ButtonState } from '../views.ts';
import { buttonState, linkOf, pushTo } from './button.ts';
import type { Capturing, Clicked } from './capturing.ts';
import { rememberCheck } from './checks.ts';
import { assertGesture } from './gesture.ts';
import { packagedPages } from './packaged-pages.ts';
import { pagesFor } from './pages-for.ts';
import { stopCapture } from './stopping.ts';
import { captureOfTab, forgetOthers, rememberTab } from './tabs.ts';
import type { Tickets } from './tickets.ts';

export interface WebmailContext {
  readonly now: () => number;
  readonly capturing: Capturing;
  readonly captureChanged: (capture: Capture) => Promise<void>;
  readonly lookAtOutbox: () => Promise<void>;
  readonly tickets: Tickets;
}

/** Milliseconds by which the clocks of two processes may differ. */
const clocksDiffer = 500;

type WebmailRoutes =
  | 'page.loaded'
  | 'page.checked'
  | 'thread.opened'
  | 'button.clicked'
  | 'capture.stopped'
  | 'send.undone'
  | 'send.confirmed'
  | 'note.wanted';

export function webmailAnswers({ now, capturing, captureChanged, lookAtOutbox, tickets }: WebmailContext): Pick<Handlers, WebmailRoutes> {
  return {
    // Asked from any page that a script of ours was put into: the selection is read wherever the person wants.
    async 'page.loaded'(_, { webmail }) {
      return pagesFor(await packagedPages(), webmail?.origin, await readSettings());
    },

    async 'page.checked'(check, from) {
      const { origin } = await granted(from);
      const { webmail, missing } = check;
      await rememberCheck(origin, { webmail, ...(missing && { missing }), at: now() });
      return null;
    },

    async 'thread.opened'({ threadKey, messages, people = [] }, from) {
      const { origin, tabId } = await granted(from);
      const open = { origin, threadKey, ...(messages && { messages }) };
      const link = await linkOf(open);
      if (link) await rememberTab(tabId, { ...open, captureId: link.deliveryId });
      // Looked for last: a click may be under way, whose capture is the tab's then.
      const capture = await findCaptureOf(origin, threadKey);
      if (capture) await rememberTab(tabId, { ...open, captureId: capture.id });
      if (!link && !capture) await forgetOthers(tabId, open);
      // The page is not kept waiting for the ticket system.
      if (link)
        void tickets.refresh([[link.endpointId, link.receipt.ticketId]]).then((isNews) => (isNews ? pushTo(tabId, open) : undefined));
      return nudged(await buttonState(open), people);
    },

    async 'button.clicked'({ threadKey, way }, from) {
      await assertGesture();
      const { origin, tabId } = await granted(from);
      const settings = await readSettings();
      const send = way === 'send' && settings.oneClick && settings.endpoints.length > 0;
      const under = send ? undefined : await underWay(origin, threadKey);
      if (under) await rememberTab(tabId, { captureId: under.id, origin, threadKey, askedAt: now() });
      if (send) await capturing.start(tabId, { send, clicked: { origin, threadKey } });
      else if (under) await openPopup(under.id);
      else await captureAndChoose(capturing, tabId, { origin, threadKey });
      return stateIn(tabId, origin, threadKey);
    },

    async 'capture.stopped'({ threadKey }, from) {
      const { origin, tabId } = await granted(from);
      const capture = await findCaptureOf(origin, threadKey);
      if (capture) await stopCapture(capture.id, captureChanged);
      return stateIn(tabId, origin, threadKey);
    },

    async 'send.undone'({ threadKey }, from) {
      const { origin, tabId } = await granted(from);
      const capture = await takeBack(origin, threadKey);
      if (capture && Object.keys(capture.edits).length === 0) await removeCapture(capture.id);
      if (capture) await captureChanged(capture);
      return stateIn(tabId, origin, threadKey);
    },

    /** The page's word that the time is over, which is sooner than an alarm; it can't make it shorter. */
    async 'send.confirmed'({ threadKey }, from) {
      const { origin, tabId } = await granted(from);
      const capture = await findCaptureOf(origin, threadKey);
      if (capture)
        await changeDelivery(capture.id, (delivery) => {
          const { state } = delivery;
          return state.status === 'held' && state.dueAt <= now() + clocksDiffer ? resumed(delivery, now()) : undefined;
        });
      void lookAtOutbox();
      return stateIn(tabId, origin, threadKey);
    },

    async 'note.wanted'({ threadKey }, from) {
      const { origin, tabId } = await granted(from);
      const capture = await takeBack(origin, threadKey);
      if (capture) {
        await captureChanged(capture);
        await openPopup(capture.id);
      }
      return stateIn(tabId, origin, threadKey);
    },
  };

  /** What became of an earlier click, as long as it is not delivered: captured again, it would wait behind itself. */
  async function underWay(origin: string, threadKey: string): Promise<Capture | undefined> {
    const capture = await findCaptureOf(origin, threadKey);
    const delivery = capture?.status === 'submitted' ? await findDelivery(capture.id) : undefined;
    return delivery && delivery.state.status !== 'delivered' ? capture : undefined;
  }

  /** A delivery still in its undo window becomes a draft again; `undefined` when it is too late. */
  async function takeBack(origin: string, threadKey: string): Promise<Capture | undefined> {
    const capture = await findCaptureOf(origin, threadKey);
    // In one go: a moment later it may be on its way.
    const halt = (delivery: Delivery) => (delivery.state.status === 'held' ? halted(delivery) : undefined);
    if (!capture || !(await changeDelivery(capture.id, halt))) return undefined;
    await removeDelivery(capture.id);
    return changeCapture(capture.id, (found) => ({ ...found, status: 'ready', sendWhenReady: false }));
  }
}

/** Says of a thread in no ticket whether it is one of those that the person wants to be reminded of. */
async function nudged(state: ButtonState, people: readonly string[]): Promise<ButtonState> {
  if (state.phase !== 'idle' || people.length === 0) return state;
  const { nudgeFor } = await readSettings();
  return people.some((address) => nudgeFor.some((word) => isAt(address, word))) ? { phase: 'idle', nudge: true } : state;
}

/** With what the page said of its messages when the thread was opened. */
async function stateIn(tabId: number, origin: string, threadKey: string): Promise<ButtonState> {
  const tab = await captureOfTab(tabId);
  const messages = tab?.origin === origin && tab.threadKey === threadKey ? tab.messages : undefined;
  return buttonState({ origin, threadKey, ...(messages && { messages }) });
}

/** Only webmails that the person let Relais into. */
async function granted({ webmail }: From): Promise<{ origin: string; tabId: number }> {
  const settings = await readSettings();
  if (!webmail || !settings.webmails.some(({ origin }) => origin === webmail.origin)) {
    throw new RelaisError('forbidden-message', 'No webmail of the settings');
  }
  return webmail;
}

/** Reads the open thread for the popup. Where that can't even begin, the popup opens all the same: it says why. */
export async function captureAndChoose(capturing: Pick<Capturing, 'start'>, tabId: number, clicked?: Clicked): Promise<void> {
  const captureId = await capturing.start(tabId, { send: false, ...(clicked && { clicked }) }).catch(async (thrown: unknown) => {
    await browser.action.openPopup().catch(() => undefined);
    throw thrown;
  });
  await openPopup(captureId);
}

/** The toolbar popup; a window of its own where the browser wants a gesture for that. */
export async function openPopup(captureId: string): Promise<void> {
  if (!(await findCapture(captureId))) return;
  try {
    await browser.action.openPopup();
  } catch {
    await browser.tabs.create({ url: browser.runtime.getURL(`/popup.html?capture=${captureId}`) });
  }
}
