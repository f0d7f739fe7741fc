import { signal } from '@preact/signals';
import { render } from 'preact';
import { Welcome } from '../../components/Welcome.tsx';
import { ask } from '../../utils/ask.ts';
import { browser } from '../../utils/browser.ts';
import { coalesced } from '../../utils/core/coalesced.ts';
import { t } from '../../utils/i18n.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { onRevision } from '../../utils/ui/revision.ts';
import { applyTheme, dressPage } from '../../utils/ui/theme.ts';
import '../../components/styles/tokens.css';
import '../../components/styles/base.css';
import '../../components/styles/controls.css';
import '../../components/styles/blocks.css';
import '../../components/styles/welcome.css';

dressPage();
document.title = t('welcomeTitle');

const log = (thrown: unknown) => console.error(thrown);
const settings = signal<Settings>();
const refresh = coalesced(async () => {
  settings.value = (await ask('settings.opened', {})).settings;
  applyTheme(settings.value.appearance.theme);
});

function openOptions(route: string): void {
  browser.tabs.create({ url: browser.runtime.getURL(`/options.html#${route}`) }).catch(log);
}

function Page() {
  return (
    <Welcome
      hasSystem={(settings.value?.endpoints.length ?? 0) > 0}
      hasWebmail={(settings.value?.webmails.length ?? 0) > 0}
      onSystem={() => openOptions('/systems/add')}
      onWebmail={() => openOptions('/webmails')}
    />
  );
}

render(<Page />, document.body);
onRevision(() => void refresh().catch(log));
refresh().catch(log);
