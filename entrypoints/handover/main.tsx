import { render } from 'preact';
import { ask } from '../../utils/ask.ts';
import { browser } from '../../utils/browser.ts';
import { t } from '../../utils/i18n.ts';
import { onRevision } from '../../utils/ui/revision.ts';
import { applyTheme, dressPage } from '../../utils/ui/theme.ts';
import { App } from './App.tsx';
import { createHandoverModel } from './model.ts';
import '../../components/styles/tokens.css';
import '../../components/styles/base.css';
import '../../components/styles/controls.css';
import '../../components/styles/combobox.css';
import '../../components/styles/blocks.css';
import '../../components/styles/handover.css';

dressPage();
document.title = t('handoverTitle');

const log = (thrown: unknown) => console.error(thrown);
const model = createHandoverModel({ ask, now: Date.now, newId: () => crypto.randomUUID() });

function openPage(path: string): void {
  browser.tabs.create({ url: browser.runtime.getURL(path) }).catch(log);
}

render(<App model={model} onPage={openPage} />, document.body);
onRevision(() => void model.refresh().catch(log));
model.open().then(() => model.shell.value && applyTheme(model.shell.value.theme), log);
