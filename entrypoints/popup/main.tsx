import { signal } from '@preact/signals';
import { render } from 'preact';
import { ask } from '../../utils/ask.ts';
import { browser, type Tabs } from '../../utils/browser.ts';
import { t } from '../../utils/i18n.ts';
import { onRevision } from '../../utils/ui/revision.ts';
import { applyTheme, dressPage } from '../../utils/ui/theme.ts';
import { App, otherTabs, type PopupActs } from './App.tsx';
import { away } from './away.ts';
import { createPopupModel } from './model.ts';
import { noteStore } from './note-store.ts';
import '../../components/styles/tokens.css';
import '../../components/styles/base.css';
import '../../components/styles/controls.css';
import '../../components/styles/combobox.css';
import '../../components/styles/blocks.css';
import '../../components/styles/popup.css';
import '../../components/styles/thread.css';

dressPage();
document.title = t('popupTitle');

const captureId = new URLSearchParams(location.search).get('capture') ?? undefined;
/** The active tab, as far as the browser tells; asked for after the first paint. */
const tab = signal<Tabs.Tab>();
const model = createPopupModel({ ask, journal: localStorage, noteStore, away, now: Date.now });

const log = (thrown: unknown) => console.error(thrown);

async function open(): Promise<void> {
  if (captureId === undefined) [tab.value] = await browser.tabs.query({ active: true, currentWindow: true });
  const tabId = tab.value?.id;
  await model.open({ ...(captureId !== undefined && { captureId }), ...(tabId !== undefined && { tabId }) });
  if (model.popup.value) applyTheme(model.popup.value.theme);
}

function openOptions(route: string): void {
  browser.tabs.create({ url: browser.runtime.getURL(`/options.html#${route}`) }).then(() => window.close(), log);
}

function Page() {
  const { id, url } = tab.value ?? {};
  const acts: PopupActs = {
    close: () => window.close(),
    openOptions,
    retry: id === undefined ? undefined : () => void open().catch(log),
    origin: url !== undefined && /^https?:/.test(url) ? new URL(url).origin : undefined,
  };
  return <App model={model} acts={acts} />;
}

render(<Page />, document.body);

onRevision(() => void model.changed().catch(log));
addEventListener('pagehide', () => model.thread.flush());
open().catch(log);
// The browser's idle time, where it has such a notion: the first paint is not kept waiting.
(globalThis.requestIdleCallback ?? setTimeout)(() => void otherTabs.preload().catch(log));
