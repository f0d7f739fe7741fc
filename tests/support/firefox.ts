/**
 * Firefox with the built extension, over WebDriver BiDi: the browser speaks it by itself on a socket, so that no driver
 * program is needed. `-remote-allow-system-access` opens the extension's own pages and the browser's window to the test.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';
import { connect } from './bidi.ts';
import { temporaryFolder } from './extension.ts';
import { withPolicies } from './firefox-policies.ts';
import { openTab, type Tab, tabOf } from './firefox-tab.ts';
import { found, until } from './until.ts';

const builtForFirefox = join(import.meta.dirname, '..', '..', '.output', 'firefox-mv3');
const uuid = '11111111-2222-4333-8444-555555555555';

/** The program; `undefined` where there is none. */
function findFirefox(): string | undefined {
  return [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => path !== undefined && existsSync(path));
}

/** Why nothing can be tried here; `undefined` where it can. Says so aloud. */
export function whyNoFirefox(): string | undefined {
  const reason = findFirefox() ? (existsSync(builtForFirefox) ? undefined : 'no build for Firefox') : 'no Firefox';
  if (reason) console.warn(`SKIPPED: nothing of Firefox is tried: ${reason}`);
  return reason;
}

export interface Firefox {
  readonly gecko: string;
  open(url: string): Promise<Tab>;
  /** A page of the extension. */
  openOwn(path: string): Promise<Tab>;
  /** The page at this address, and what follows it, that something else opened; waits for it. */
  opened(address: string): Promise<Tab>;
  /** Puts this build under another version over the one that is installed, as an update does; needs a `home`. */
  install(version: string): Promise<void>;
  /** Ends the event page as the browser does when it is idle; the next event starts it again. */
  stopBackground(): Promise<void>;
  /** Runs in the browser's own window. */
  inWindow<Value, Input extends readonly unknown[] = []>(
    work: (...input: Input) => Value | Promise<Value>,
    ...input: Input
  ): Promise<Value>;
  /** The toolbar's popup goes as when a person clicks elsewhere. */
  closePopup(): Promise<void>;
  /** Ends the browser at once, as a crash would: nothing is saved or said good-bye to. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface FirefoxOptions {
  /** What an administrator sets for Relais in `policies.json`. */
  readonly policy?: object;
  readonly preferences?: Readonly<Record<string, string | number | boolean>>;
  /** A folder that outlives the browser: the extension is installed there for good, and is there again at the next start. */
  readonly home?: string;
  /** Of the browser; English when absent. */
  readonly language?: string;
}

interface Contexts {
  readonly contexts: readonly { readonly context: string; readonly url: string }[];
}

export async function launchFirefox({ policy, preferences = {}, ...options }: FirefoxOptions = {}): Promise<Firefox> {
  const program = findFirefox();
  if (!program) throw new Error('No Firefox found: name one in FIREFOX');
  const { gecko } = builtManifest().browser_specific_settings;
  const home = options.home ?? temporaryFolder('firefox');
  const profile = join(home, 'profile');
  const isNew = !existsSync(profile);
  mkdirSync(profile, { recursive: true });
  writePreferences(profile, {
    'extensions.webextensions.uuids': JSON.stringify({ [gecko.id]: uuid }),
    // `permissions.request()` in a click answers true without the dialog.
    'extensions.webextOptionalPermissionPrompts': false,
    // An extension that nobody signed may stay.
    'xpinstall.signatures.required': false,
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'app.update.enabled': false,
    ...preferences,
  });
  const words = ['--headless', '--no-remote', '--remote-debugging-port=0', '-remote-allow-system-access', '--profile', profile];
  const administered = policy && withPolicies(program, home, { '3rdparty': { Extensions: { [gecko.id]: policy } } });
  const child = spawn(administered ?? program, words, {
    env: { ...process.env, HOME: home, MOZ_CRASHREPORTER_DISABLE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const bidi = await connect(await listening(child));
  await bidi.send('session.new', { capabilities: {} });
  const { contexts } = (await bidi.send('browsingContext.getTree', { 'moz:scope': 'chrome' })) as Contexts;
  const window = contexts[0]?.context;
  if (window === undefined) throw new Error('Firefox shows no window');
  if (options.language !== undefined) await bidi.run(window, speak as never, [options.language]);
  if (options.home === undefined) await bidi.send('webExtension.install', { extensionData: { type: 'path', path: builtForFirefox } });
  else if (isNew) await install(builtManifest().version);

  async function install(version: string): Promise<void> {
    const path = packed(home, version);
    await bidi.send('webExtension.install', { extensionData: { type: 'archivePath', path }, 'moz:permanent': true });
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    gecko: gecko.id,
    install,
    open: async (url) => {
      const tab = await openTab(bidi);
      await tab.goTo(url);
      return tab;
    },
    openOwn: async (path) => {
      const tab = await openTab(bidi);
      const url = `moz-extension://${uuid}/${path}`;
      // The tab changes its process on the way, and the navigation that was asked for is never said to be over.
      bidi.send('browsingContext.navigate', { context: tab.context, url, wait: 'none' }).catch(() => undefined);
      const isThere = () => document.readyState === 'complete' && location.protocol === 'moz-extension:';
      await until(`${path} is open`, () => tab.run(isThere).catch(() => false), 30_000);
      await tab.bringToFront();
      return tab;
    },
    opened: async (address) => {
      const pages = async () => ((await bidi.send('browsingContext.getTree', { maxDepth: 0 })) as Contexts).contexts;
      const context = await found(
        `${address} is open`,
        async () => (await pages()).find(({ url }) => url.startsWith(address))?.context,
        30_000,
      );
      return tabOf(bidi, context);
    },
    stopBackground: async () => {
      await bidi.run(window, stopBackground as never, [gecko.id]);
    },
    closePopup: async () => void (await bidi.run(window, closePopup as never, [])),
    inWindow: (work, ...input) => bidi.run(window, work as never, input) as never,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    close: async () => {
      await bidi.send('browser.close', {}).catch(() => child.kill('SIGKILL'));
      await ended;
      if (options.home === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

interface Manifest {
  readonly version: string;
  readonly browser_specific_settings: { readonly gecko: { readonly id: string } };
}

function builtManifest(): Manifest {
  return JSON.parse(readFileSync(join(builtForFirefox, 'manifest.json'), 'utf8')) as Manifest;
}

/** The build in one file, as Firefox installs it, under this version. */
function packed(folder: string, version: string): string {
  const names = readdirSync(builtForFirefox, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [relative(builtForFirefox, join(entry.parentPath, entry.name))] : [],
  );
  const archive = join(folder, `relais-${version}.xpi`);
  const manifest = Buffer.from(JSON.stringify({ ...builtManifest(), version }));
  const bytes = (name: string) => (name === 'manifest.json' ? manifest : readFileSync(join(builtForFirefox, name)));
  writeFileSync(archive, zipSync(Object.fromEntries(names.map((name) => [name, bytes(name)]))));
  return archive;
}

interface Locales {
  availableLocales: readonly string[];
  requestedLocales: readonly string[];
}

/** As with a language pack, which a test can't download: the browser's own words stay English, an extension's do not. */
function speak(language: string): void {
  const { locale } = (globalThis as unknown as { Services: { locale: Locales } }).Services;
  locale.availableLocales = ['en-US', language];
  locale.requestedLocales = [language];
}

async function closePopup(): Promise<void> {
  const panel = document.querySelector('.webextension-popup-browser')?.closest('panel') as
    | (Element & { hidePopup(): void })
    | null
    | undefined;
  if (!panel) return;
  const gone = new Promise((resolve) => panel.addEventListener('popuphidden', resolve, { once: true }));
  panel.hidePopup();
  await gone;
}

interface ExtensionPolicy {
  getByID(id: string): { readonly extension: { terminateBackground(how: object): Promise<void>; readonly backgroundState: string } };
}

async function stopBackground(id: string): Promise<string> {
  const { extension } = (globalThis as unknown as { WebExtensionPolicy: ExtensionPolicy }).WebExtensionPolicy.getByID(id);
  await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
  return extension.backgroundState;
}

function writePreferences(profile: string, preferences: Readonly<Record<string, unknown>>): void {
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
}

/** The socket's address, which the browser says once. */
function listening(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  child.stderr?.on('data', (piece: Buffer) => {
    said += piece;
    const address = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
    if (address) resolve(address);
  });
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`Firefox ended with ${code}: ${said.slice(-500)}`)));
  return promise;
}
