/** What the page's button shows, and telling it when that changes. */
import { browser } from '../browser.ts';
import type { Capture } from '../core/capture.ts';
import type { Delivery } from '../core/delivery.ts';
import type { ErrorDetails } from '../core/errors.ts';
import { findCaptureOf, findLink } from '../outbox/captures.ts';
import { findDelivery, findPause } from '../outbox/deliveries.ts';
import type { ButtonChanged, ButtonState } from '../views.ts';
import { tabsOf } from './tabs.ts';

/** State of the thread that is open in a webmail. */
export async function buttonState(origin: string, threadKey: string): Promise<ButtonState> {
  const capture = await findCaptureOf(origin, threadKey);
  if (capture) {
    const state = await stateOf(capture);
    if (state.phase !== 'idle') return state;
  }
  const link = await findLink(origin, threadKey);
  return link ? sent(link.receipt) : { phase: 'idle' };
}

async function stateOf(capture: Capture): Promise<ButtonState> {
  switch (capture.status) {
    case 'collecting':
      return { phase: 'collecting', received: capture.received, expected: capture.expected };
    case 'preparing':
      return { phase: 'collecting', received: capture.expected, expected: capture.expected };
    case 'failed':
      return capture.error ? { phase: 'attention', error: capture.error } : { phase: 'idle' };
    case 'ready':
      return { phase: 'idle' };
    case 'submitted': {
      const delivery = await findDelivery(capture.id);
      return delivery ? deliveryState(delivery) : { phase: 'idle' };
    }
  }
}

async function deliveryState({ state, error, endpointId }: Delivery): Promise<ButtonState> {
  switch (state.status) {
    case 'held':
      return { phase: 'held', until: state.dueAt };
    case 'sending':
      return { phase: 'sending' };
    case 'delivered':
      return sent(state.receipt);
    case 'stopped':
      if (error?.code === 'already-in-tickets') return sentBy(error.details);
      return { phase: 'attention', error: error ?? { code: 'unexpected', message: 'Stopped', details: {} } };
    default: {
      const pause = await findPause(endpointId);
      const why = pause?.error ?? error;
      if (pause && pause.retryAt === undefined) return { phase: 'attention', error: pause.error };
      return why ? { phase: 'waiting', error: why } : { phase: 'sending' };
    }
  }
}

function sent({ number, url }: { number: string; url?: string }): ButtonState {
  return { phase: 'sent', number, ...(url !== undefined && { url }) };
}

function sentBy({ number, url }: ErrorDetails): ButtonState {
  return { phase: 'sent', number: String(number), ...(typeof url === 'string' && { url }) };
}

/** Tells the tabs that show a capture's thread. A tab that is gone is no error. */
export async function pushButton(capture: Pick<Capture, 'id' | 'origin' | 'threadKey'>): Promise<void> {
  const tabs = await tabsOf(capture.id);
  if (tabs.length === 0) return;
  const state = await buttonState(capture.origin, capture.threadKey);
  await Promise.all(
    tabs.map(({ tabId, threadKey }) => {
      const message: ButtonChanged = { kind: 'button.changed', threadKey, state };
      return browser.tabs.sendMessage(tabId, message, { frameId: 0 }).catch(() => undefined);
    }),
  );
}
