/** Photographs the pages with sample data, without a worker: `npx node tests/support/preview/shots.ts FOLDER [NAME…]`. Development only. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { createServer } from 'vite';
import { ensureChromium } from '../../../scripts/chromium.ts';

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly act?: (page: Page) => Promise<unknown>;
  readonly context?: BrowserContextOptions;
}

const root = new URL('../../../', import.meta.url).pathname;
const popupSize = { width: 420, height: 600 };
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name, exact: true }).click();
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
  popup('note', 'state=several', tab('Note')),
  popup('outbox', 'state=several', tab('Outbox')),
  popup('outbox-ask', 'state=several', async (page) => {
    await tab('Outbox')(page);
    await page.getByRole('button', { name: 'Delete' }).first().click();
  }),
  popup('outbox-empty', 'state=ready&new', tab('Outbox')),
  popup('tickets', 'state=several', tab('Tickets')),
  popup('french', 'state=several&lang=fr'),
  popup('german', 'state=several&lang=de'),
  popup('rtl', 'state=arabic&rtl'),
  { name: 'popup-tab', path: 'popup/index.html?state=ready&capture=capture-1' },
  { ...popup('zoom', 'state=several'), name: 'popup-zoom', size: { width: 400, height: 300 }, context: { deviceScaleFactor: 2 } },
  { ...popup('forced', 'state=several'), name: 'popup-forced', context: { forcedColors: 'active' } },
  options('systems', '#/systems', (page) => page.getByRole('button', { name: 'Edit' }).first().waitFor()),
  options('systems-new', '?new#/systems', (page) => page.getByRole('button', { name: 'Add a ticket system' }).waitFor()),
  options('systems-add', '#/systems/add', (page) =>
    page
      .getByRole('listitem')
      .filter({ has: page.locator('.choice') })
      .first()
      .waitFor(),
  ),
  options('systems-form', '#/systems/add/rt', async (page) => {
    await page.getByRole('textbox').nth(1).fill('http://rt.intranet.example');
    await page.locator('input[type=password]').first().fill('1-2-secret');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('Connected.').waitFor();
  }),
  options('systems-edit-bad', '?bad#/systems/edit/rt', async (page) => {
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('That did not work.').waitFor();
  }),
  options('webmails', '#/webmails'),
  options('rules', '#/rules', (page) => page.getByRole('button', { name: 'Try on the open thread' }).click()),
  options('rules-form', '#/rules', async (page) => {
    await page.getByRole('button', { name: 'Edit Field service in the south' }).click();
    await page.getByRole('combobox', { name: 'Queue' }).waitFor();
  }),
  options('templates', '#/templates', (page) => page.getByRole('button', { name: 'Edit' }).first().click()),
  options('appearance', '#/appearance'),
  options('privacy', '#/privacy', async (page) => {
    await page.getByRole('checkbox').check();
    await page.getByRole('textbox').fill('{"version":2,"endpoints":[{"id":"A b"}]}');
    await page.getByRole('button', { name: 'Import settings' }).click();
    await page.getByText('Nothing was changed').waitFor();
  }),
  options('about', '#/about'),
  { ...options('narrow', '#/webmails'), name: 'options-narrow', size: { width: 400, height: 700 } },
  { name: 'welcome', path: 'welcome/index.html?new' },
];

const [folder = '/tmp/relais-preview', ...wanted] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  plugins: [preact()],
  resolve: { alias: { 'webextension-polyfill': join(root, 'tests/support/preview/fake-extension.ts') } },
  server: { port: 0, host: '127.0.0.1' },
  cacheDir: join(folder, '.vite'),
  // Found late, a package makes the server reload the page in mid-picture.
  optimizeDeps: {
    include: ['preact', 'preact/hooks', 'preact/jsx-runtime', 'preact/jsx-dev-runtime', '@preact/signals', 'jsonata', 'valibot', 'ky'],
  },
});
await server.listen();
const base = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { name, path, size = { width: 1000, height: 760 }, act, context = {} } of shots) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const opened = await browser.newContext({ viewport: size, colorScheme, reducedMotion: 'reduce', ...context });
      const page = await opened.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (thrown) => console.error(name, thrown.message));
      page.on('console', (line) => line.type() === 'error' && console.error(name, line.text()));
      try {
        await page.goto(`${base}entrypoints/${path}`);
        await page.locator('main').waitFor();
        await act?.(page);
        await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' });
      } catch (thrown) {
        console.error(name, thrown instanceof Error ? thrown.message.split('\n')[0] : thrown);
      }
      await opened.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
}
