import { signal } from '@preact/signals';
import { render } from 'preact';
import { ask } from '../../utils/ask.ts';
import { browser, type Tabs } from '../../utils/browser.ts';
import { onTabInFront, opensBeside } from '../../utils/ui/beside.ts';
import { isBesidePage } from '../../utils/ui/beside-query.ts';
import { onRevision } from '../../utils/ui/revision.ts';
import { applyTheme } from '../../utils/ui/theme.ts';
import { App, otherTabs, type PopupActs } from './App.tsx';
import { away } from './away.ts';
import { createPopupModel, tabs } from './model.ts';
import { noteStore } from './note-store.ts';

const query = new URLSearchParams(location.search);
const captureId = query.get('capture') ?? undefined;
const isBeside = isBesidePage(location);
const firstTab = tabs.find((name) => name === query.get('tab'));
/** The active tab, as far as the browser tells; asked for after the first paint. */
const tab = signal<Tabs.Tab>();
const model = createPopupModel({ ask, journal: localStorage, noteStore, away, now: Date.now });

const log = (thrown: unknown) => console.error(thrown);

async function open(captures: boolean): Promise<void> {
  if (captureId === undefined) [tab.value] = await browser.tabs.query({ active: true, currentWindow: true });
  const tabId = tab.value?.id;
  await model.open({ ...(captureId !== undefined && { captureId }), ...(tabId !== undefined && { tabId }), captures });
  if (model.popup.value) applyTheme(model.popup.value.theme);
}

/** A popup has done its work then; what stands beside the page stays there. */
function close(): void {
  if (!isBeside) window.close();
}

function openOptions(route: string): void {
  browser.tabs.create({ url: browser.runtime.getURL(`/options.html#${route}`) }).then(close, log);
}

function Page() {
  const { id, url, windowId } = tab.value ?? {};
  const openBeside = isBeside || windowId === undefined ? undefined : opensBeside();
  const take = id === undefined ? undefined : () => void open(true).catch(log);
  const acts: PopupActs = {
    ask,
    close,
    openOptions,
    keepOpen: openBeside && (() => void openBeside(windowId ?? 0).then(close, log)),
    takeThread: isBeside ? take : undefined,
    retry: take,
    tabId: id,
    origin: url !== undefined && /^https?:/.test(url) ? new URL(url).origin : undefined,
  };
  return <App model={model} acts={acts} />;
}

if (isBeside) document.body.classList.add('beside');
if (firstTab) model.selectTab(firstTab);
// In the outline's place.
document.body.replaceChildren();
render(<Page />, document.body);

onRevision(() => void model.changed().catch(log));
addEventListener('pagehide', () => model.thread.flush());
if (isBeside) onTabInFront(() => void open(false).catch(log));
open(!isBeside).catch(log);
// Behind the first frame: a browser that has not drawn it yet has idle time as well, and spent it on these.
requestAnimationFrame(() => setTimeout(() => void otherTabs.preload().catch(log)));
