/** Chromium with the built extension: start, worker, offline, kill. */
import { readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page, type Worker } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.ts';
import { extensionId, temporaryFolder, unpackedExtension } from './extension.ts';
import { until } from './until.ts';

/** Extensions that a policy installs are fetched in the background: see `installed.ts`. */
const noBackground = '--disable-background-networking';

/** What every Chromium of the tests is started with. */
export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
  // A popup is cut to the screen, which is 800 × 600 in headless mode otherwise.
  '--screen-info={1600x1200}',
];

/** No other name is found: a browser that works in the background would look for its maker. */
const onlyLoopback = ['--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE *.localhost'];

const unpacked = (folder: string) => [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`];

export interface LaunchOptions {
  /** Kept after closing; a fresh one that goes with the session when absent. */
  readonly profile?: string;
  readonly headless?: boolean;
  readonly args?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number } | null;
  readonly colorScheme?: 'light' | 'dark';
  /** Another program than the Chromium that is found. */
  readonly executablePath?: string;
  /** The id of a packed extension that this program's policy installs, instead of the unpacked one. */
  readonly installed?: string;
  /** Laid over the environment: Chromium on Linux takes its language from there. */
  readonly env?: Readonly<Record<string, string>>;
  /** Device pixels per pixel of the page. */
  readonly scale?: number;
}

export interface Session {
  /** The extension's id. */
  readonly id: string;
  readonly context: BrowserContext;
  readonly cdp: CDPSession;
  readonly profile: string;
  /** The extension's worker as it runs now; starts it where it is stopped. */
  worker(): Promise<Worker>;
  /** An extension page as an ordinary tab. */
  open(path: string): Promise<Page>;
  /** Stops the worker as the browser does when it is idle; the next event starts it again. */
  stopWorker(): Promise<void>;
  /** Ends the browser at once, as a crash would: nothing is saved or said good-bye to. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Resolves when the extension's worker runs. */
export async function launch(options: LaunchOptions = {}): Promise<Session> {
  const executablePath = options.executablePath ?? findChromium();
  if (!executablePath) throw new Error('No Chromium found: name one in CHROMIUM');
  const profile = options.profile ?? temporaryFolder('profile');
  const id = options.installed ?? extensionId;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: options.headless ?? true,
    ...(options.installed && { ignoreDefaultArgs: ['--disable-extensions', noBackground, '--disable-component-update'] }),
    args: [...flags, ...(options.installed ? onlyLoopback : [noBackground, ...unpacked(unpackedExtension())]), ...(options.args ?? [])],
    viewport: options.viewport === undefined ? { width: 1280, height: 860 } : options.viewport,
    ...(options.scale ? { deviceScaleFactor: options.scale } : {}),
    ...(options.env ? { env: { ...(process.env as Record<string, string>), ...options.env } } : {}),
    ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
  });
  const ours = (worker: Worker) => worker.url().startsWith(`chrome-extension://${id}/`);
  if (!context.serviceWorkers().some(ours)) await context.waitForEvent('serviceworker', { predicate: ours, timeout: 15_000 });
  const browser = context.browser();
  if (!browser) throw new Error('Playwright gave no browser');
  const cdp = await browser.newBrowserCDPSession();

  const workerTargets = async () => {
    const { targetInfos } = await cdp.send('Target.getTargets');
    return targetInfos.filter((target) => target.type === 'service_worker' && target.url.includes(id));
  };
  async function open(path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${id}/${path}`);
    return page;
  }
  async function worker(): Promise<Worker> {
    if (!(await workerTargets()).length) {
      const page = await open('popup.html');
      await page.close();
    }
    await until('the worker runs', async () => (await workerTargets()).length > 0);
    const running = context.serviceWorkers().findLast(ours);
    if (!running) throw new Error('The worker runs, and Playwright does not know it');
    return running;
  }
  async function gone(): Promise<void> {
    if (!options.profile) rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  return {
    id,
    context,
    cdp,
    profile,
    worker,
    open,
    stopWorker: async () => {
      const running = (await workerTargets()).map(({ targetId }) => targetId);
      for (const targetId of running) await cdp.send('Target.closeTarget', { targetId });
      // The next one may be there already.
      await until('the worker is stopped', async () => !(await workerTargets()).some(({ targetId }) => running.includes(targetId)));
    },
    kill: async () => {
      const ended = new Promise<void>((resolve) => context.once('close', () => resolve()));
      process.kill(browserPid(profile), 'SIGKILL');
      await ended;
      rmSync(join(profile, 'SingletonLock'), { force: true });
    },
    close: async () => {
      await context.close();
      await gone();
    },
  };
}

/** The profile's lock is a link named `host-pid`. */
function browserPid(profile: string): number {
  return Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
}
