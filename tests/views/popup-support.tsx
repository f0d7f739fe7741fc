import { act, render } from '@testing-library/preact';
import { vi } from 'vitest';
import { App, otherTabs, type PopupActs } from '../../entrypoints/popup/App.tsx';
import { createPopupModel, type OpenedFor } from '../../entrypoints/popup/model.ts';
import type { NoteDraft } from '../../entrypoints/popup/note.ts';
import type { Answer, Input, RouteName } from '../../utils/routes.ts';
import { emptySettings } from '../../utils/settings/schema.ts';
import { overlay } from '../../utils/ui/overlay.ts';
import type { PopupView } from '../../utils/views.ts';
import { now, popups, priorities, queues, rows, settings, tickets, unmanaged } from '../support/preview/samples.ts';
import { fakeWorker, memoryJournal } from './support.ts';

type Answers = { readonly [Name in RouteName]?: (input: Input<Name>) => Answer<Name> | Promise<Answer<Name>> };

export const viewOf = (state: string): PopupView => {
  const view = popups[state];
  if (view === undefined) throw new Error(`No sample ${state}`);
  return view;
};

/** The whole popup over a worker that keeps one capture, as the real one does. */
export async function openPopup(view: PopupView, answers: Answers = {}, openedFor: OpenedFor = { tabId: 1 }) {
  await otherTabs.preload();
  let capture = view.capture;
  const worker = fakeWorker({
    'popup.opened': () => ({ ...view, ...(capture && { capture }) }),
    'capture.opened': () => capture,
    'draft.edited': ({ edits }) => {
      capture = capture && overlay(capture, edits as never);
      return capture;
    },
    'draft.submitted': () => {
      capture = capture && { ...capture, status: 'submitted' };
      return { deliveryId: 'd' };
    },
    'message.opened': () => ({
      stretches: [
        { kind: 'own', text: 'The whole text.' },
        { kind: 'quote', text: '> what stood before' },
      ],
    }),
    'list.opened': ({ list }) => (list === 'queues' ? queues : priorities),
    'outbox.opened': () => ({ rows, counts: { waiting: 5, attention: 1 } }),
    'tickets.opened': () => tickets,
    'ticket.typed': ({ ticket }) => (ticket === '77' ? { number: '77', title: 'Panne de courant', state: 'open' } : undefined),
    'settings.opened': () => ({
      settings: { ...emptySettings, templates: settings.templates },
      secrets: {},
      managed: unmanaged,
      vault: 'none',
    }),
    ...answers,
  });
  const journal = memoryJournal();
  const notes: NoteDraft[] = [];
  const acts: PopupActs = {
    ask: worker.ask,
    close: vi.fn(),
    openOptions: vi.fn(),
    keepOpen: undefined,
    takeThread: undefined,
    retry: vi.fn(),
    tabId: 1,
    origin: 'https://mail.example.org:8443',
  };
  const away = { save: vi.fn(async () => undefined), mail: vi.fn(async () => undefined), mailFile: vi.fn(async () => undefined) };
  const noteStore = { read: async () => notes.at(-1), write: async (draft: NoteDraft) => void notes.push(draft) };
  const model = createPopupModel({ ask: worker.ask, journal, noteStore, away, now: () => now });
  const rendered = render(<App model={model} acts={acts} />);
  await act(() => model.open(openedFor));
  return { ...rendered, worker, model, acts, away, journal, notes, noteStore, capture: () => capture };
}
