/** What the button in a webmail page may say. It names its thread; it never names an endpoint, a capture or a setting. */
import type { From, Handlers } from '../answering.ts';
import { browser } from '../browser.ts';
import type { Capture } from '../core/capture.ts';
import { RelaisError } from '../core/errors.ts';
import { changeCapture, findCapture, findCaptureOf, removeCapture } from '../outbox/captures.ts';
import { resumed } from '../outbox/decide.ts';
import { changeDelivery, findDelivery, removeDelivery } from '../outbox/deliveries.ts';
import { readSettings } from '../settings/storage.ts';
import { buttonState } from './button.ts';
import type { Capturing } from './capturing.ts';
import { rememberCheck } from './checks.ts';
import { packagedPages } from './packaged-pages.ts';
import { pagesFor } from './pages-for.ts';
import { rememberTab } from './tabs.ts';

export interface WebmailContext {
  readonly now: () => number;
  readonly capturing: Capturing;
  readonly captureChanged: (capture: Capture) => Promise<void>;
  readonly lookAtOutbox: () => Promise<void>;
}

type WebmailRoutes = 'page.loaded' | 'page.checked' | 'thread.opened' | 'button.clicked' | 'send.undone' | 'send.confirmed' | 'note.wanted';

export function webmailAnswers({ now, capturing, captureChanged, lookAtOutbox }: WebmailContext): Pick<Handlers, WebmailRoutes> {
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

    async 'thread.opened'({ threadKey }, from) {
      const { origin, tabId } = await granted(from);
      const capture = await findCaptureOf(origin, threadKey);
      if (capture) await rememberTab(tabId, { captureId: capture.id, origin, threadKey });
      return buttonState(origin, threadKey);
    },

    async 'button.clicked'({ threadKey, way }, from) {
      const { origin, tabId } = await granted(from);
      const settings = await readSettings();
      const send = way === 'send' && settings.oneClick && settings.endpoints.length > 0;
      const captureId = await capturing.start(tabId, { send });
      if (!send) await openPopup(captureId);
      return buttonState(origin, threadKey);
    },

    async 'send.undone'({ threadKey }, from) {
      const { origin } = await granted(from);
      const capture = await takeBack(origin, threadKey);
      if (capture && Object.keys(capture.edits).length === 0) await removeCapture(capture.id);
      if (capture) await captureChanged(capture);
      return buttonState(origin, threadKey);
    },

    async 'send.confirmed'({ threadKey }, from) {
      const { origin } = await granted(from);
      const capture = await findCaptureOf(origin, threadKey);
      if (capture)
        await changeDelivery(capture.id, (delivery) => (delivery.state.status === 'held' ? resumed(delivery, now()) : undefined));
      void lookAtOutbox();
      return buttonState(origin, threadKey);
    },

    async 'note.wanted'({ threadKey }, from) {
      const { origin } = await granted(from);
      const capture = await takeBack(origin, threadKey);
      if (capture) {
        await captureChanged(capture);
        await openPopup(capture.id);
      }
      return buttonState(origin, threadKey);
    },
  };

  /** A delivery still in its undo window becomes a draft again; `undefined` when it is too late. */
  async function takeBack(origin: string, threadKey: string): Promise<Capture | undefined> {
    const capture = await findCaptureOf(origin, threadKey);
    const delivery = capture && (await findDelivery(capture.id));
    if (!capture || delivery?.state.status !== 'held') return undefined;
    await removeDelivery(capture.id);
    return changeCapture(capture.id, (found) => ({ ...found, status: 'ready', sendWhenReady: false }));
  }
}

/** Only webmails that the person let Relais into. */
async function granted({ webmail }: From): Promise<{ origin: string; tabId: number }> {
  const settings = await readSettings();
  if (!webmail || !settings.webmails.some(({ origin }) => origin === webmail.origin)) {
    throw new RelaisError('forbidden-message', 'This page is not one of the webmails in the settings');
  }
  return webmail;
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
