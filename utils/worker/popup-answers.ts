/** What the popup asks: the capture of the tab, the draft, its lists. */
import type { Handlers } from '../answering.ts';
import type { Capture } from '../core/capture.ts';
import { formOf } from '../core/draft.ts';
import { RelaisError } from '../core/errors.ts';
import { stretchesOf } from '../core/thread.ts';
import { editCapture, findCapture, removeCapture } from '../outbox/captures.ts';
import { deliveriesIn, findDelivery, findPause } from '../outbox/deliveries.ts';
import { submit, submitNote } from '../outbox/submit.ts';
import { findTicket } from '../outbox/tickets.ts';
import { findRecipe } from '../recipes/index.ts';
import type { Settings } from '../settings/schema.ts';
import { vaultState } from '../settings/secrets.ts';
import { readSettings } from '../settings/storage.ts';
import type { CaptureView, EditPatch, PopupView } from '../views.ts';
import { outboxCounts } from './badge.ts';
import { factsOf } from './button.ts';
import type { Capturing } from './capturing.ts';
import { draftDefaults } from './defaults.ts';
import { openList, searchTickets } from './lists.ts';
import { stopCapture } from './stopping.ts';
import { captureShownIn } from './tabs.ts';
import { ticketsOf } from './thread-tickets.ts';
import type { Tickets } from './tickets.ts';
import { captureView, deliveryRow, endpointSummary } from './views.ts';
import { words } from './words.ts';

/** A popup opened this soon after the page's caret shows that click's capture. */
const justClickedMs = 15_000;

export interface PopupContext {
  readonly now: () => number;
  readonly capturing: Capturing;
  readonly captureChanged: (capture: Capture) => Promise<void>;
  readonly lookAtOutbox: () => Promise<void>;
  readonly tickets: Tickets;
}

type PopupRoutes =
  | 'popup.opened'
  | 'capture.opened'
  | 'message.opened'
  | 'capture.discarded'
  | 'draft.edited'
  | 'draft.submitted'
  | 'note.submitted'
  | 'ticket.typed'
  | 'tickets.searched'
  | 'list.opened';

export function popupAnswers({ now, capturing, captureChanged, lookAtOutbox, tickets }: PopupContext): Pick<Handlers, PopupRoutes> {
  return {
    async 'popup.opened'({ tabId, captureId, captures }) {
      const shell = await popupShell();
      void lookAtOutbox();
      try {
        const id = captureId ?? (tabId === undefined ? undefined : await (captures ? captureForTab(tabId) : shownIn(tabId)));
        const view = id === undefined ? undefined : await viewOf(id);
        return { ...shell, ...(view && { capture: view }) };
      } catch (thrown) {
        return { ...shell, error: RelaisError.from(thrown).record() };
      }
    },

    async 'capture.opened'({ captureId }) {
      return viewOf(captureId);
    },

    async 'message.opened'({ captureId, messageId }) {
      const message = (await findCapture(captureId))?.thread?.messages.find(({ id }) => id === messageId);
      return message && { stretches: stretchesOf(message) };
    },

    async 'capture.discarded'({ captureId }) {
      await stopCapture(captureId, captureChanged);
      const capture = await findCapture(captureId);
      if ((await findDelivery(captureId)) === undefined) await removeCapture(captureId);
      if (capture) await captureChanged(capture);
      await lookAtOutbox();
      return null;
    },

    async 'draft.edited'({ captureId, edits }) {
      const changed = await editCapture(captureId, (capture) => withoutForeign(capture, edits as EditPatch));
      return changed && viewOf(changed.id);
    },

    async 'draft.submitted'({ captureId }) {
      const found = await findCapture(captureId);
      if (!found) throw new RelaisError('capture-interrupted', 'This capture is gone');
      const capture = await withTypedTicket(found);
      const settings = await readSettings();
      const delivery = await submit(capture, await draftDefaults(settings), words, now(), 0, await ticketsOf(capture, settings));
      await captureChanged({ ...capture, status: 'submitted' });
      void lookAtOutbox();
      return { deliveryId: delivery.id };
    },

    async 'note.submitted'({ requestId, endpointId, ticket, note }) {
      if (note.trim() === '') throw new RelaisError('draft-incomplete', 'The note is empty', { field: 'note' });
      const typed = ticket.trim().replace(/^#/, '');
      if (typed === '') throw new RelaisError('draft-incomplete', 'No ticket was chosen', { field: 'ticket' });
      const known = await knownTicket(endpointId, typed);
      const delivery = await submitNote(requestId, endpointId, known ?? { id: typed, title: `#${typed}` }, note, now());
      void lookAtOutbox();
      return { deliveryId: delivery.id };
    },

    async 'ticket.typed'({ endpointId, ticket }) {
      const key = [endpointId, (await knownTicket(endpointId, ticket))?.id ?? ticket] as const;
      await tickets.refresh([key]);
      const told = (await findTicket(key))?.told;
      // A system that can't be asked tells no more than what was typed.
      return told?.title === undefined && told?.state === undefined ? undefined : told;
    },

    async 'tickets.searched'({ endpointId, text }) {
      return searchTickets(endpointId, text);
    },

    async 'list.opened'({ endpointId, list, refresh, within }) {
      return openList(endpointId, list, refresh, now(), within);
    },
  };

  async function shownIn(tabId: number): Promise<string | undefined> {
    return (await captureShownIn(tabId))?.captureId;
  }

  /** The capture a caret click just made, else the thread that is open in the tab now. */
  async function captureForTab(tabId: number): Promise<string> {
    const known = await captureShownIn(tabId);
    const capture = known && (await findCapture(known.captureId));
    const busy = capture?.status === 'collecting' || capture?.status === 'preparing';
    const clickedAt = Math.max(known?.askedAt ?? 0, capture?.createdAt ?? 0);
    const fresh = capture && capture.status !== 'failed' && now() - clickedAt < justClickedMs;
    if (capture && (busy || fresh)) return capture.id;
    return capturing.start(tabId, { send: false });
  }
}

async function popupShell(): Promise<PopupView> {
  const [settings, counts, vault] = await Promise.all([readSettings(), outboxCounts(), vaultState()]);
  return {
    endpoints: await Promise.all(
      settings.endpoints.map(async (endpoint) => endpointSummary(endpoint, await findRecipe(endpoint.recipe, settings.recipes))),
    ),
    counts,
    theme: settings.appearance.theme,
    ...(vault === 'locked' && { isLocked: true as const }),
  };
}

async function viewOf(captureId: string): Promise<CaptureView | undefined> {
  const [capture, settings, delivery] = await Promise.all([findCapture(captureId), readSettings(), findDelivery(captureId)]);
  if (!capture) return undefined;
  const row = delivery && deliveryRow(delivery, nameOf(settings, delivery.endpointId), await findPause(delivery.endpointId));
  const view = captureView(capture, await draftDefaults(settings), await ticketsOf(capture, settings), row);
  if (!view.known || view.endpointId === undefined) return view;
  return { ...view, known: { ...view.known, ...(await factsOf(view.endpointId, view.known)) } };
}

function nameOf(settings: Settings, endpointId: string): string | undefined {
  return settings.endpoints.find(({ id }) => id === endpointId)?.name;
}

/** A queue of one system means nothing in another. */
function withoutForeign(capture: Capture, patch: EditPatch): EditPatch {
  const moved = patch.endpointId !== undefined && patch.endpointId !== capture.edits.endpointId;
  return moved ? { queue: null, priority: null, assignee: null, type: null, tags: null, target: null, ...patch } : patch;
}

/** A number that was typed is one of the tickets that were sent to, where it is known: its id may be another. */
async function withTypedTicket(capture: Capture): Promise<Capture> {
  const settings = await readSettings();
  const { target, endpointId } = formOf(capture, await draftDefaults(settings), await ticketsOf(capture, settings));
  if (target.kind === 'new' || target.title !== undefined || endpointId === undefined) return capture;
  const known = await knownTicket(endpointId, target.number);
  return known ? { ...capture, edits: { ...capture.edits, target: { ...target, ticketId: known.id } } } : capture;
}

async function knownTicket(endpointId: string, typed: string): Promise<{ id: string; title: string } | undefined> {
  for (const { endpointId: at, state, title } of await deliveriesIn('delivered', 1_000)) {
    if (at !== endpointId || state.status !== 'delivered') continue;
    const { receipt } = state;
    if (receipt.number === typed || receipt.ticketId === typed) return { id: receipt.ticketId, title };
  }
  return undefined;
}
