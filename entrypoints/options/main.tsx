import { render } from 'preact';
import { ask } from '../../utils/ask.ts';
import { browser } from '../../utils/browser.ts';
import { t } from '../../utils/i18n.ts';
import { hasPermission, patternOf, requestPermission } from '../../utils/settings/permissions.ts';
import { onRevision } from '../../utils/ui/revision.ts';
import { applyTheme, dressPage } from '../../utils/ui/theme.ts';
import { pages } from '../../utils/webmail/index.ts';
import { providers } from '../../utils/webmail/providers.ts';
import { App, type OptionsActs } from './App.tsx';
import { createOptionsModel } from './model.ts';
import { followRoute } from './route.ts';
import '../../components/styles/tokens.css';
import '../../components/styles/base.css';
import '../../components/styles/controls.css';
import '../../components/styles/combobox.css';
import '../../components/styles/blocks.css';
import '../../components/styles/options.css';

dressPage();
document.title = t('optionsTitle');

const log = (thrown: unknown) => console.error(thrown);
const route = followRoute();
const model = createOptionsModel(
  ask,
  {
    has: hasPermission,
    request: requestPermission,
    async remove(origin) {
      await browser.permissions.remove({ origins: [patternOf(origin)] });
    },
  },
  async (endpoint, recipes) => (await import('./recipes.ts')).originsOf(endpoint, recipes),
);

const acts: OptionsActs = {
  ask,
  version: browser.runtime.getManifest().version,
  services: [...pages.filter(({ origins }) => origins.length > 0).map((page) => ({ ...page, adapter: page.id })), ...providers].toSorted(
    (one, other) => one.name.localeCompare(other.name),
  ),
  // A product's name is the same in every language; what is none has words.
  webmailName: (adapter) =>
    adapter === 'generic' ? t('webmailGeneric') : (pages.find(({ id }) => id === adapter)?.name ?? t('webmailRecognised')),
  now: Date.now,
  allowNotifications: () => browser.permissions.request({ permissions: ['notifications'] }),
  redirect: () => browser.identity.getRedirectURL(),
  download,
  async exportAll() {
    const { exportZip, openIds } = await import('../../utils/outbox/export.ts');
    const [settings, ledger] = await Promise.all([ask('settings.exported', { withSecrets: false }), model.wholeLedger()]);
    const json = (name: string, content: unknown) => ({ name, blob: new Blob([`${JSON.stringify(content, undefined, 2)}\n`]) });
    download('relais.zip', await exportZip(await openIds(), [json('settings.json', settings), json('requests.json', ledger)]));
  },
  async importText(text) {
    const { readDocument } = await import('./import-places.ts');
    const read = readDocument(text);
    if (!read.ok) return read.places;
    await model.importDocument(read.document);
    const problem = model.problem.peek();
    return problem ? [{ path: String(problem.details.path ?? ''), message: problem.message }] : [];
  },
};

function download(name: string, content: string | Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type: 'application/json' }) : content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function Page() {
  const theme = model.settings.value?.appearance.theme;
  if (theme !== undefined) applyTheme(theme);
  return <App model={model} route={route.value} acts={acts} />;
}

render(<Page />, document.body);

onRevision(() => void model.refresh().catch(log));
browser.permissions.onAdded?.addListener(() => void model.checkPermissions().catch(log));
browser.permissions.onRemoved?.addListener(() => void model.checkPermissions().catch(log));
model.refresh().catch(log);
