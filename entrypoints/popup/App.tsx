import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../components/Icon.tsx';
import { later } from '../../components/later.tsx';
import { ErrorWords, Notice } from '../../components/Notice.tsx';
import { FormSkeleton } from '../../components/popup/Skeleton.tsx';
import { canSend } from '../../components/popup/ThreadPanel.tsx';
import { type Tab, TabPanel, Tabs } from '../../components/Tabs.tsx';
import { plural, t } from '../../utils/i18n.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import { isBeingRead } from '../../utils/ui/overlay.ts';
import type { CaptureView } from '../../utils/views.ts';
import { type PopupModel, type TabName, tabs } from './model.ts';
import { ThreadTab } from './ThreadTab.tsx';

/** What the popup may do to the browser. */
export interface PopupActs {
  readonly close: () => void;
  readonly openOptions: (route: string) => void;
  /** Opens the same beside the page, where it stays; absent where the browser can't, and where it stands there already. */
  readonly keepOpen: (() => void) | undefined;
  /** Reads the thread that is open in the tab: beside the page nothing is read unasked. */
  readonly takeThread: (() => void) | undefined;
  /** Asks the active tab again; absent where the popup was opened for a capture. */
  readonly retry: (() => void) | undefined;
  /** Origin of the active tab, where the browser tells. */
  readonly origin: string | undefined;
  readonly tabId: number | undefined;
  readonly ask: Ask;
}

/** The tabs that are seldom the first. */
export const otherTabs = later(async () => (await import('./OtherTabs.tsx')).OtherTabs);

const unlock = later(async () => (await import('../../components/Unlock.tsx')).Unlock);

const labels = { thread: 'tabThread', note: 'tabNote', outbox: 'tabOutbox', tickets: 'tabTickets' } as const;

/** How often relative times are drawn anew while they are in view. */
const clockMs = 15_000;

export function App({ model, acts }: { readonly model: PopupModel; readonly acts: PopupActs }) {
  const tab = model.tab.value;
  const view = model.popup.value;
  const { waiting, attention } = model.counts.value;

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (event.key === 'Escape') acts.close();
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      // What is shown now: an effect of the last drawing may be late on a busy machine, and the key would be lost.
      const tab = model.tab.peek();
      const may = (capture: CaptureView | undefined) => canSend(capture, model.popup.peek()?.endpoints ?? []);
      const thread = model.thread.view.peek();
      if (tab === 'thread' && (isBeingRead(thread) || may(thread))) run(model.thread.send(may));
      if (tab === 'note' && model.note.canAdd.peek()) run(model.note.add(model.noteEndpoint.peek()?.id));
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [model, acts]);

  useEffect(() => {
    if (tab !== 'outbox') return;
    const clock = setInterval(model.tick, clockMs);
    return () => clearInterval(clock);
  }, [tab, model]);

  const count = attention + waiting;
  const entries: readonly Tab<TabName>[] = tabs.map((name) => ({
    name,
    label: t(labels[name]),
    ...(name === 'outbox' &&
      count > 0 && {
        badge: {
          text: attention > 0 ? `! ${count}` : String(count),
          meaning: [plural('countWaiting', waiting), attention > 0 ? plural('countAttention', attention) : ''].filter(Boolean).join(', '),
          urgent: attention > 0,
        },
      }),
  }));

  return (
    <>
      <Tabs label={t('tabsLabel')} tabs={entries} selected={tab} onSelect={model.selectTab}>
        {acts.keepOpen && (
          <button type="button" class="icon-button" title={t('keepOpen')} aria-label={t('keepOpen')} onClick={acts.keepOpen}>
            <Icon name="panel" />
          </button>
        )}
        <button type="button" class="icon-button" title={t('settings')} aria-label={t('settings')} onClick={() => acts.openOptions('')}>
          <Icon name="gear" />
        </button>
      </Tabs>
      <main>
        <h1 class="sr-only">{t('popupTitle')}</h1>
        {model.problem.value && (
          <Notice tone="bad" live={true}>
            <ErrorWords error={model.problem.value} />
          </Notice>
        )}
        {view?.isLocked && <unlock.View ask={acts.ask} />}
        <Focused model={model} />
        <TabPanel key={tab} name={tab}>
          {view === undefined && model.problem.value === undefined && tab === 'thread' && <FormSkeleton />}
          {view !== undefined && tab === 'thread' && <ThreadTab model={model} acts={acts} view={view} />}
          {tab !== 'thread' && <otherTabs.View tab={tab} model={model} acts={acts} />}
        </TabPanel>
      </main>
    </>
  );
}

/** Puts the cursor once where the person most likely goes on: the note, or the queue where none is chosen. */
function Focused({ model }: { readonly model: PopupModel }) {
  const isDone = useRef(false);
  // The form may come long after the popup: a thread that is found late, or taken when the person says so.
  const hasForm = model.tab.value === 'thread' && model.thread.view.value !== undefined;
  useEffect(() => {
    if (isDone.current || !hasForm) return;
    isDone.current = placeCursor();
    // The browser may give the popup the focus later than this, and with it its first control: until the person does something.
    const acted = new AbortController();
    addEventListener('focusin', placeCursor, { signal: acted.signal });
    for (const act of ['keydown', 'pointerdown']) addEventListener(act, () => acted.abort(), { capture: true, signal: acted.signal });
  }, [hasForm]);
  return null;
}

/** False where there is nothing to fill in, or where the person is somewhere already. */
function placeCursor(): boolean {
  // A popup that was opened by a key begins at its first control, chosen by the browser and not by the person.
  const focused = document.activeElement;
  if (focused !== null && focused !== document.body && focused.id !== 'tab-thread') return false;
  const queue = document.querySelector<HTMLInputElement>('.form [role=combobox]');
  const note = document.querySelector<HTMLElement>('.form textarea');
  const field = queue?.value === '' ? queue : note;
  field?.focus({ preventScroll: true });
  return field !== null;
}

/** Models report their own errors; what is left over is a bug and belongs in the console. */
function run(promise: Promise<unknown>): void {
  promise.catch((thrown: unknown) => console.error(thrown));
}
