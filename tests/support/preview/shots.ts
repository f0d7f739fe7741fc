/**
 * Photographs the pages with sample data, without a worker or a build, for whoever works on how they look:
 * `npx node tests/support/preview/shots.ts FOLDER [NAME…]`. The pictures of docs/screens come from `tests/screens`.
 */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { createServer, type Plugin } from 'vite';
import { ensureChromium } from '../../../scripts/chromium.ts';
import { packagedRecipes } from '../../../scripts/packaged-recipes.ts';
import type { MessageKey } from '../../../utils/i18n.ts';

/** The text of a key. */
type Say = (key: MessageKey) => string;

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly act?: (page: Page, say: Say) => Promise<unknown>;
  readonly context?: BrowserContextOptions;
}

const root = new URL('../../../', import.meta.url).pathname;
const popupSize = { width: 420, height: 600 };
const tab = (key: MessageKey) => (page: Page, say: Say) => page.getByRole('tab', { name: say(key), exact: true }).click();
const popup = (name: string, query: string, act?: Shot['act']): Shot => ({
  name: `popup-${name}`,
  path: `popup/index.html?${query}`,
  size: popupSize,
  ...(act && { act }),
});
const options = (name: string, hash: string, act?: Shot['act']): Shot => ({
  name: `options-${name}`,
  path: `options/index.html${hash}`,
  ...(act && { act }),
});

const shots: readonly Shot[] = [
  ...[
    'ready',
    'several',
    'long',
    'arabic',
    'gone',
    'typed',
    'collecting',
    'preparing',
    'failed',
    'nosystem',
    'empty',
    'unknown',
    'sending',
    'sent',
    'waiting',
    'ruled',
    'grown',
    'nothingnew',
    'append',
    'twin',
    'taken',
  ].map((state) => popup(state, `state=${state}`)),
  popup('queue', 'state=ready', (page) => page.getByRole('combobox', { name: 'Queue' }).click()),
  popup('requester', 'state=ready', (page) => page.getByRole('combobox', { name: 'Requester' }).click()),
  popup('end', 'state=ready', async (page) => {
    await page.getByRole('button', { name: /délai/ }).click();
    await page.evaluate(() => scrollTo(0, 99_999));
  }),
  popup('long-end', 'state=long', (page) => page.evaluate(() => scrollTo(0, 99_999))),
  popup('preview', 'state=ready', async (page, say) => {
    await page.getByRole('button', { name: say('preview'), exact: true }).click();
    await page.locator('.preview').waitFor();
  }),
  popup('search', 'state=search', async (page) => {
    await page.getByRole('combobox').first().fill('pompe');
    await page.getByRole('option').nth(1).waitFor();
  }),
  popup('tags', 'state=tagged', (page) => page.evaluate(() => scrollTo(0, 260))),
  { ...popup('beside', 'state=several&beside'), name: 'popup-beside', size: { width: 320, height: 760 } },
  popup('note', 'state=several', tab('tabNote')),
  popup('outbox', 'state=several', tab('tabOutbox')),
  popup('outbox-ask', 'state=several', async (page, say) => {
    await tab('tabOutbox')(page, say);
    await page.getByRole('button', { name: 'Delete' }).first().click();
  }),
  popup('outbox-empty', 'state=ready&new', tab('tabOutbox')),
  popup('tickets', 'state=several', tab('tabTickets')),
  popup('french', 'state=several&lang=fr'),
  popup('german', 'state=several&lang=de'),
  popup('rtl', 'state=arabic&rtl'),
  { name: 'popup-tab', path: 'popup/index.html?state=ready&capture=capture-1' },
  { ...popup('zoom', 'state=several'), name: 'popup-zoom', size: { width: 400, height: 300 }, context: { deviceScaleFactor: 2 } },
  { ...popup('forced', 'state=several'), name: 'popup-forced', context: { forcedColors: 'active' } },
  options('systems', '#/systems', (page, say) =>
    page
      .getByRole('button', { name: say('edit') })
      .first()
      .waitFor(),
  ),
  options('systems-new', '?new#/systems', (page) => page.getByRole('button', { name: 'Add a ticket system' }).waitFor()),
  options('systems-add', '#/systems/add', (page) =>
    page
      .getByRole('listitem')
      .filter({ has: page.locator('.choice') })
      .first()
      .waitFor(),
  ),
  options('systems-form', '#/systems/add/rt', async (page, say) => {
    await page.getByRole('textbox').nth(1).fill('http://rt.intranet.example');
    await page.locator('input[type=password]').first().fill('1-2-secret');
    await page.getByRole('button', { name: say('testConnection') }).click();
    await page.getByText(say('testWorked')).waitFor();
  }),
  options('systems-edit-bad', '?bad#/systems/edit/rt', async (page) => {
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('That did not work.').waitFor();
  }),
  options('webmails', '#/webmails'),
  options('sending', '#/sending'),
  options('rules', '#/rules', (page, say) => page.getByRole('button', { name: say('ruleTry') }).click()),
  options('rules-form', '#/rules', async (page, say) => {
    await page.getByRole('button', { name: say('editNamed').replace('$1', 'Field service in the south') }).click();
    await page.getByRole('combobox', { name: say('fieldQueue') }).waitFor();
  }),
  options('templates', '#/templates'),
  options('templates-form', '#/templates', (page) => page.getByRole('button', { name: 'Edit' }).first().click()),
  options('appearance', '#/appearance'),
  options('privacy', '#/privacy', async (page) => {
    await page.getByRole('checkbox').check();
    await page.getByRole('textbox').fill('{"version":2,"endpoints":[{"id":"A b"}]}');
    await page.getByRole('button', { name: 'Import settings' }).click();
    await page.getByText('Nothing was changed').waitFor();
  }),
  options('privacy-top', '#/privacy'),
  options('about', '#/about'),
  { ...options('narrow', '#/webmails'), name: 'options-narrow', size: { width: 400, height: 700 } },
  { name: 'welcome', path: 'welcome/index.html?new' },
  { name: 'handover', path: 'handover/index.html', act: (page) => page.locator('.rows').waitFor() },
  { name: 'handover-running', path: 'handover/index.html?state=running', act: (page) => page.locator('.rows').waitFor() },
  { name: 'handover-ended', path: 'handover/index.html?state=ended', act: (page) => page.locator('.rows').waitFor() },
  { name: 'handover-halted', path: 'handover/index.html?state=halted', act: (page) => page.locator('.rows').waitFor() },
  {
    name: 'handover-narrow',
    path: 'handover/index.html',
    size: { width: 400, height: 760 },
    act: (page) => page.locator('.rows').waitFor(),
  },
];

const [folder = '.output/preview', ...wanted] = process.argv.slice(2);
await mkdir(folder, { recursive: true });

/** Serves what a build packages besides `public/`. */
const packaged: Plugin = {
  name: 'packaged',
  configureServer({ middlewares }) {
    const files = new Map(packagedRecipes().map(({ relativeDest, contents }) => [`/${relativeDest}`, contents]));
    middlewares.use(({ url = '' }, response, next) => {
      const contents = files.get(url);
      if (contents === undefined) next();
      else response.setHeader('content-type', 'application/json').end(contents);
    });
  },
};

const texts = JSON.parse(readFileSync(join(root, 'public/_locales/en/messages.json'), 'utf8')) as Readonly<
  Record<MessageKey, { readonly message: string }>
>;
const say: Say = (key) => texts[key].message;

const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  plugins: [packaged, preact()],
  resolve: { alias: { 'webextension-polyfill': join(root, 'tests/support/preview/fake-extension.ts') } },
  server: { port: 0, host: '127.0.0.1' },
  cacheDir: join(tmpdir(), 'relais-preview'),
  // Found late, a package makes the server reload the page in mid-picture.
  optimizeDeps: {
    include: ['preact', 'preact/hooks', 'preact/jsx-runtime', 'preact/jsx-dev-runtime', '@preact/signals', 'jsonata', 'valibot', 'ky'],
  },
});
await server.listen();
const base = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const shot of shots) if (wanted.length === 0 || wanted.includes(shot.name)) await take(shot, colorScheme);
} finally {
  await browser.close();
  await server.close();
}

async function take({ name, path, size = { width: 1000, height: 760 }, act, context = {} }: Shot, colorScheme: 'light' | 'dark') {
  const opened = await browser.newContext({ viewport: size, colorScheme, reducedMotion: 'reduce', ...context });
  const page = await opened.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (thrown) => console.error(name, thrown.message));
  page.on('console', (line) => line.type() === 'error' && console.error(name, line.text()));
  try {
    await page.goto(`${base}entrypoints/${path}`);
    await page.locator('main').waitFor();
    await act?.(page, say);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' });
  } catch (thrown) {
    console.error(name, thrown instanceof Error ? thrown.message.split('\n')[0] : thrown);
    process.exitCode = 1;
  }
  await opened.close();
}
