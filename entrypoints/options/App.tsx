import { ErrorWords, Notice } from '../../components/Notice.tsx';
import { About } from '../../components/options/About.tsx';
import { ButtonSettings } from '../../components/options/ButtonSettings.tsx';
import { Everything } from '../../components/options/Everything.tsx';
import { ExportSettings } from '../../components/options/ExportSettings.tsx';
import { HostedWebmails, type Service } from '../../components/options/HostedWebmails.tsx';
import { ImportSettings, type Place } from '../../components/options/ImportSettings.tsx';
import { Ledger } from '../../components/options/Ledger.tsx';
import { ManagedNotice } from '../../components/options/ManagedNotice.tsx';
import { Passphrase } from '../../components/options/Passphrase.tsx';
import { QueueAddresses } from '../../components/options/QueueAddresses.tsx';
import { Reminders } from '../../components/options/Reminders.tsx';
import { TemplateList } from '../../components/options/TemplateList.tsx';
import { ThemeChoice } from '../../components/options/ThemeChoice.tsx';
import { WebmailList } from '../../components/options/WebmailList.tsx';
import { Unlock } from '../../components/Unlock.tsx';
import { t } from '../../utils/i18n.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import type { OptionsModel } from './model.ts';
import { Rules } from './Rules.tsx';
import { type Route, type SectionName, sections } from './route.ts';
import { Systems } from './Systems.tsx';

/** What the page may do besides asking the worker. */
export interface OptionsActs {
  readonly ask: Ask;
  readonly version: string;
  /** Webmails that are switched on by name. */
  readonly services: readonly Service[];
  readonly webmailName: (adapter: string | undefined) => string;
  /** Asks the browser; called within a click. */
  readonly allowNotifications: () => Promise<boolean>;
  readonly download: (name: string, content: string | Blob) => void;
  /** Settings, what waits and the ledger in one file. */
  readonly exportAll: () => Promise<void>;
  readonly importText: (text: string) => Promise<readonly Place[]>;
  readonly now: () => number;
  /** The address to which ticket systems send people back after signing in. */
  readonly redirect: () => string;
}

interface Props {
  readonly model: OptionsModel;
  readonly route: Route;
  readonly acts: OptionsActs;
}

const titles = {
  systems: 'sectionSystems',
  webmails: 'sectionWebmails',
  sending: 'sectionSending',
  rules: 'sectionRules',
  templates: 'sectionTemplates',
  appearance: 'sectionAppearance',
  privacy: 'sectionPrivacy',
  about: 'sectionAbout',
} as const satisfies Record<SectionName, string>;

export function App({ model, route, acts }: Props) {
  return (
    <div class="page">
      <nav aria-label={t('settings')}>
        <p class="brand">
          <img src="/icons/relais.svg" alt="" width="28" height="28" />
          Relais
        </p>
        <ul>
          {sections.map((name) => (
            <li key={name}>
              <a href={`#/${name}`} aria-current={name === route.section ? 'page' : undefined}>
                {t(titles[name])}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main>
        <h1>{t(titles[route.section])}</h1>
        {model.problem.value && (
          <Notice tone="bad" live={true}>
            <ErrorWords error={model.problem.value} />
          </Notice>
        )}
        <ManagedNotice managed={model.managed.value} refused={model.refused.value} onAllow={(origins) => void model.allow(origins)} />
        {model.vault.value === 'locked' && <Unlock ask={acts.ask} />}
        {model.settings.value && <Section key={route.section} model={model} route={route} acts={acts} />}
      </main>
    </div>
  );
}

function Section({ model, route, acts }: Props) {
  const settings = model.settings.value;
  if (settings === undefined) return null;
  const managed = model.managed.value;
  const isLocked = (name: keyof typeof settings) => managed.locked.includes(name);
  const save = (patch: Parameters<OptionsModel['save']>[0]) => void model.save(patch);
  switch (route.section) {
    case 'systems':
      return (
        <>
          <Systems model={model} settings={settings} rest={route.rest} acts={acts} />
          {route.rest.length === 0 && settings.endpoints.length > 0 && (
            <QueueAddresses addresses={settings.mailIn} isLocked={isLocked('mailIn')} onSave={(mailIn) => save({ mailIn })} />
          )}
        </>
      );
    case 'webmails':
      return (
        <>
          <p class="lead">{t('webmailsHelp')}</p>
          <HostedWebmails
            services={acts.services}
            on={new Set(settings.webmails.map(({ origin }) => origin))}
            set={managed.webmails}
            isLocked={isLocked('webmails')}
            granted={model.granted.value}
            checks={model.checks.value}
            onSwitch={(service, on) => void (on ? model.switchOn(service) : model.switchOff(service))}
            onReport={model.skeletonOf}
          />
          <WebmailList
            webmails={settings.webmails.filter(({ origin }) => !acts.services.some(({ origins }) => origins.includes(origin)))}
            granted={model.granted.value}
            checks={model.checks.value}
            nameOf={acts.webmailName}
            set={managed.webmails}
            isLocked={isLocked('webmails')}
            suggested={route.query.get('add') ?? ''}
            onAdd={model.addWebmail}
            onAllow={(origin) => void model.allow([origin])}
            onRemove={(origin) => void model.switchOff({ origins: [origin] })}
            onReport={model.skeletonOf}
          />
        </>
      );
    case 'sending':
      return (
        <>
          <ButtonSettings settings={settings} locked={managed.locked} onSave={save} />
          <Reminders settings={settings} locked={managed.locked} onSave={save} onAllow={acts.allowNotifications} />
        </>
      );
    case 'rules':
      return <Rules model={model} settings={settings} acts={acts} />;
    case 'templates':
      return (
        <TemplateList
          templates={settings.templates}
          set={managed.templates}
          isLocked={isLocked('templates')}
          onSave={(templates) => save({ templates })}
        />
      );
    case 'appearance':
      return (
        <ThemeChoice
          theme={settings.appearance.theme}
          isLocked={isLocked('appearance')}
          onChoose={(theme) => save({ appearance: { theme } })}
        />
      );
    case 'privacy':
      return (
        <>
          <p class="lead">{t('privacyHelp')}</p>
          <Passphrase state={model.vault.value} isRequired={managed.requirePassphrase === true} ask={acts.ask} />
          <ExportSettings
            onExport={(withSecrets) =>
              void model.exportDocument(withSecrets).then((text) => text !== undefined && acts.download('relais-settings.json', text))
            }
          />
          <ImportSettings onImport={acts.importText} />
          <Ledger
            onOpen={model.ledger}
            onExport={() =>
              void model.wholeLedger().then((rows) => acts.download('relais-requests.json', `${JSON.stringify(rows, undefined, 2)}\n`))
            }
            now={acts.now()}
          />
          <Everything onExport={() => void acts.exportAll()} onCount={model.counts} onWipe={model.wipe} />
        </>
      );
    case 'about':
      return <About version={acts.version} />;
  }
}
