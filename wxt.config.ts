import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { noErrorWords } from './scripts/no-error-words.ts';
import { noInnerHtml } from './scripts/no-inner-html.ts';
import { packagedRecipes } from './scripts/packaged-recipes.ts';
import { packagedWebmails } from './scripts/packaged-webmails.ts';

/** No `unsafe` anything; no `upgrade-insecure-requests`, which Firefox adds by default and which breaks intranet endpoints on plain http. */
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src http: https:; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'";

/** What every page of ours begins with: its words, its theme and its looks. The popup's outline is drawn by these alone. */
const begins = {
  name: 'words',
  minShareCount: 2,
  test: /utils.(i18n|ui.(theme|beside-query))\.ts|preload-helper|components.styles|virtual/,
  priority: 1,
};

/**
 * What several of our pages share besides, in one file: in an extension each file costs a page more time than its bytes
 * do. The worker's and the editor's own stay apart, or the popup would carry them.
 */
const sharedByPages = {
  name: 'pages',
  minShareCount: 2,
  test: /node_modules.(@?preact|webextension-polyfill)|.(components|entrypoints|utils.(ui|core|ask))\b/,
};

const besidePage = 'popup.html?beside';

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  vite: () => ({
    plugins: [preact(), noErrorWords, noInnerHtml],
    resolve: { alias: { 'wxt/utils/content-script-context': `${import.meta.dirname}/utils/page/no-context.ts` } },
    build: {
      target: 'es2022',
      modulePreload: { polyfill: false },
      rolldownOptions: { output: { codeSplitting: { groups: [begins, sharedByPages] } } },
    },
  }),
  // What a store needs to build the package again, and no more.
  zip: { excludeSources: ['tests/**', 'docs/images/**', '.ci/**', '*.log'] },
  hooks: {
    // Read by the extension alone, when somebody uses them: not bundled, and not open to web pages.
    'build:publicAssets': async (_, files) => void files.push(...packagedRecipes(), await packagedWebmails()),
  },
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    short_name: 'Relais',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    icons: Object.fromEntries([16, 32, 48, 96, 128].map((size) => [size, `/icons/${size}.png`])),
    permissions: [
      'storage',
      'unlimitedStorage',
      'alarms',
      'scripting',
      'activeTab',
      'contextMenus',
      'declarativeNetRequestWithHostAccess',
      'identity',
      ...(browser === 'firefox' ? [] : ['offscreen', 'sidePanel']),
    ],
    optional_permissions: ['notifications'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    // Firefox reads a policy without one, and warns of a key that it doesn't know.
    ...(browser === 'firefox' ? {} : { storage: { managed_schema: 'policy.schema.json' } }),
    action: { default_title: '__MSG_extensionName__' },
    // The popup's page, to be kept open beside the page; nobody finds it open who didn't ask for it.
    ...(browser === 'firefox'
      ? { sidebar_action: { default_title: '__MSG_extensionName__', default_panel: besidePage, open_at_install: false } }
      : { side_panel: { default_path: besidePage } }),
    content_security_policy: { extension_pages: csp },
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+T' } },
      'send-at-once': { suggested_key: { default: 'Alt+Shift+S' }, description: '__MSG_commandSendAtOnce__' },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: { id: 'relais@relais.invalid', strict_min_version: '142.0', data_collection_permissions: { required: ['none'] } },
          },
        }
      : { minimum_chrome_version: '127' }),
  }),
});
