import { render } from 'preact';
import { ask } from '../../utils/ask.ts';
import { browser } from '../../utils/browser.ts';
import { t } from '../../utils/i18n.ts';
import { onRevision } from '../../utils/ui/revision.ts';
import { applyTheme, dressPage } from '../../utils/ui/theme.ts';
import { App } from './App.tsx';
import { createPopupModel, type OpenedFor } from './model.ts';
import { noteStore } from './note-store.ts';
import '../../components/styles/tokens.css';
import '../../components/styles/base.css';
import '../../components/styles/controls.css';
import '../../components/styles/popup.css';

dressPage();
document.title = t('popupTitle');

const captureId = new URLSearchParams(location.search).get('capture') ?? undefined;
const [tab] = captureId === undefined ? await browser.tabs.query({ active: true, currentWindow: true }) : [];
const openedFor: OpenedFor = { ...(captureId !== undefined && { captureId }), ...(tab?.id !== undefined && { tabId: tab.id }) };
const model = createPopupModel({ ask, journal: localStorage, noteStore, now: Date.now }, openedFor);

const log = (thrown: unknown) => console.error(thrown);

async function open(): Promise<void> {
  await model.open();
  if (model.popup.value) applyTheme(model.popup.value.theme);
}

render(
  <App
    model={model}
    acts={{
      close: () => window.close(),
      openOptions(route) {
        browser.tabs.create({ url: browser.runtime.getURL(`/options.html#${route}`) }).then(() => window.close(), log);
      },
      retry: tab?.id === undefined ? undefined : () => void open().catch(log),
      origin: tab?.url !== undefined && /^https?:/.test(tab.url) ? new URL(tab.url).origin : undefined,
    }}
  />,
  document.body,
);

onRevision(() => void model.changed().catch(log));
addEventListener('pagehide', () => model.thread.flush());
open().catch(log);
