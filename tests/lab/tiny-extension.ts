/**
 * The two scripts that run in webmail pages, in a throwaway extension whose worker only takes notes: to see them at work
 * in real pages with no outbox and no ticket system behind them.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../../scripts/chromium.ts';
import { pages } from '../../utils/webmail/index.ts';

const root = join(import.meta.dirname, '..', '..');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** Runs in the extension's worker. Keeps what it hears in globals that tests read. */
const worker = `
globalThis.heard = [];
globalThis.answers = { 'page.loaded': ${JSON.stringify(pages)} };
globalThis.captures = [];
chrome.runtime.onMessage.addListener((message, sender, reply) => {
  heard.push({ ...message, tabId: sender.tab?.id });
  reply({ ok: true, value: answers[message.name] ?? { phase: 'idle' } });
});
chrome.runtime.onConnect.addListener((port) => {
  const capture = { messages: [], gaps: [], done: false };
  captures.push(capture);
  let left = 0;
  port.onMessage.addListener((piece) => {
    if (piece.kind === 'opened') { capture.opened = piece; port.postMessage({ kind: 'go' }); }
    if (piece.kind === 'message') { capture.messages.push({ ...piece, base64: [] }); left = piece.bytes; if (!left) port.postMessage({ kind: 'stored' }); }
    if (piece.kind === 'chunk') {
      capture.messages.at(-1).base64.push(piece.base64);
      left -= Uint8Array.fromBase64(piece.base64).length;
      if (!left) port.postMessage({ kind: 'stored' });
    }
    if (piece.kind === 'closed') { capture.gaps = piece.gaps; capture.done = true; port.postMessage({ kind: 'stored' }); }
    if (piece.kind === 'failed') { capture.failed = piece; capture.done = true; }
  });
  port.onDisconnect.addListener(() => { capture.done = true; });
  port.postMessage({ kind: 'wanted', what: 'open' });
});
`;

export interface CapturedHere {
  readonly opened?: {
    readonly webmail: string;
    readonly threadKey: string;
    readonly account?: string;
    readonly subject?: string;
    readonly expected: number;
  };
  readonly messages: readonly {
    readonly id: string;
    readonly source: string;
    readonly bytes: Buffer;
    readonly page?: Record<string, unknown>;
  }[];
  readonly gaps: readonly { readonly code: string; readonly message?: string }[];
  readonly failed?: { readonly code: string; readonly message: string };
}

export interface Tiny {
  readonly context: BrowserContext;
  readonly worker: Worker;
  readonly folder: string;
  /** Captures the thread that is open in this tab, as a click would. */
  capture(page: Page): Promise<CapturedHere>;
  /** Messages from the button, oldest first. */
  heard(): Promise<{ name: string; input: Record<string, unknown> }[]>;
  /** What the worker answers to a route from now on. */
  answer(name: string, state: object): Promise<void>;
  /** Tells the page's button something, as the worker does. */
  push(page: Page, threadKey: string, state: object): Promise<void>;
  close(): Promise<void>;
}

/** Builds the extension and starts Chromium with it. */
export async function startTiny(
  options: { readonly colorScheme?: 'light' | 'dark'; readonly viewport?: { width: number; height: number } } = {},
): Promise<Tiny> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium found: name one in CHROMIUM');
  const folder = mkdtempSync(join(tmpdir(), 'relais-tiny-'));
  await writeExtension(folder);
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath,
    headless: true,
    args: [...flags, `--disable-extensions-except=${folder}/extension`, `--load-extension=${folder}/extension`],
    viewport: options.viewport ?? { width: 1400, height: 900 },
    ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
  });
  const running = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return {
    context,
    worker: running,
    folder,
    async capture(page) {
      const index = await running.evaluate(async (address) => {
        const scope = globalThis as unknown as { chrome: ChromeHere; captures: unknown[] };
        const tab = (await scope.chrome.tabs.query({})).find(({ url }) => url === address);
        const before = scope.captures.length;
        await scope.chrome.scripting.executeScript({ target: { tabId: tab?.id ?? -1 }, files: ['capture.js'] });
        return before;
      }, page.url());
      const done = await running.evaluate(async (at) => {
        const scope = globalThis as unknown as { captures: { done: boolean }[] };
        while (!scope.captures[at]?.done) await new Promise((resolve) => setTimeout(resolve, 10));
        return scope.captures[at] as unknown;
      }, index);
      const raw = done as Omit<CapturedHere, 'messages'> & {
        messages: { id: string; source: string; base64: string[]; page?: Record<string, unknown> }[];
      };
      return {
        ...raw,
        messages: raw.messages.map(({ base64, ...message }) => ({
          ...message,
          bytes: Buffer.concat(base64.map((chunk) => Buffer.from(chunk, 'base64'))),
        })),
      };
    },
    heard: () => running.evaluate(() => (globalThis as unknown as { heard: { name: string; input: Record<string, unknown> }[] }).heard),
    answer: (name, state) =>
      running.evaluate(
        ([key, value]) => {
          (globalThis as unknown as { answers: Record<string, unknown> }).answers[key] = value;
        },
        [name, state] as const,
      ),
    push: (page, threadKey, state) =>
      running.evaluate(
        async ([address, message]) => {
          const { chrome } = globalThis as unknown as { chrome: ChromeHere };
          const tab = (await chrome.tabs.query({})).find(({ url }) => url === address);
          await chrome.tabs.sendMessage(tab?.id ?? -1, message);
        },
        [page.url(), { kind: 'button.changed', threadKey, state }] as const,
      ),
    async close() {
      await context.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

interface ChromeHere {
  tabs: { query(filter: object): Promise<{ id?: number; url?: string }[]>; sendMessage(id: number, message: unknown): Promise<unknown> };
  scripting: { executeScript(injection: object): Promise<unknown> };
}

async function writeExtension(folder: string): Promise<void> {
  const extension = join(folder, 'extension');
  mkdirSync(join(extension, '_locales', 'en'), { recursive: true });
  for (const name of ['webmail.content', 'capture']) {
    const entry = join(folder, `${name}.entry.js`);
    writeFileSync(entry, `import script from ${JSON.stringify(join(root, 'entrypoints', `${name}.ts`))};\nscript.main();\n`);
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      build: {
        target: 'es2022',
        outDir: extension,
        emptyOutDir: false,
        copyPublicDir: false,
        lib: { entry, formats: ['iife'], name: 'relais', fileName: () => `${name}.js` },
      },
    });
  }
  writeFileSync(join(extension, 'worker.js'), worker);
  writeFileSync(join(extension, '_locales', 'en', 'messages.json'), readFileSync(join(root, 'utils', 'page', 'locales', 'en.json')));
  writeFileSync(
    join(extension, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'Relais in pages',
      version: '1',
      default_locale: 'en',
      permissions: ['scripting', 'tabs'],
      host_permissions: ['http://127.0.0.1/*', 'http://*.localhost/*'],
      background: { service_worker: 'worker.js' },
      content_scripts: [{ matches: ['http://127.0.0.1/*', 'http://*.localhost/*'], js: ['webmail.content.js'], run_at: 'document_end' }],
    }),
  );
}
