/**
 * The extension installed as a person's is: packed, fetched and updated by the browser, from a server on loopback that
 * plays the store. What a browser does to an extension in an update can't be seen with an unpacked one.
 */
import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../../scripts/chromium.ts';
import type { LaunchOptions, Session } from './chromium.ts';
import { temporaryFolder, unpackedExtension } from './extension.ts';
import { serve } from './local-server.ts';
import { startBrowserPolicies } from './policies.ts';

declare const chrome: { readonly developerPrivate: { autoUpdate(): Promise<void> } };

export interface Installed {
  /** For `launch`. */
  readonly options: LaunchOptions;
  /** Lets the store offer this version, and the browser look. Resolves when the browser has been asked to. */
  update(session: Session, version: string): Promise<void>;
  close(): Promise<void>;
}

/** The store offers the first of these versions, all of them this build. Needs what `whyNoPolicies` asks for. */
export async function startInstalled(versions: readonly [string, ...string[]]): Promise<Installed> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const id = idOf(key);
  const folder = temporaryFolder('store');
  const pem = join(folder, 'key.pem');
  writeFileSync(pem, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const packages = new Map(versions.map((version) => [version, pack(folder, pem, key, version)]));

  let [offered] = versions;
  const store = await serve((request, response) => {
    if (request.url?.startsWith('/updates.xml')) {
      response.setHeader('content-type', 'text/xml');
      response.end(
        `<?xml version='1.0'?><gupdate xmlns='http://www.google.com/update2/response' protocol='2.0'><app appid='${id}'><updatecheck codebase='${store.origin}/relais.crx' version='${offered}'/></app></gupdate>`,
      );
    } else {
      response.setHeader('content-type', 'application/x-chrome-extension');
      response.end(packages.get(offered));
    }
  });
  // Not `force_installed`: of such a one a person may change no site access, and no debugger sees its worker.
  const { executablePath } = startBrowserPolicies({
    ExtensionSettings: {
      [id]: { installation_mode: 'normal_installed', override_update_url: true, update_url: `${store.origin}/updates.xml` },
    },
  });
  return {
    options: { executablePath, installed: id },
    async update({ context }, version) {
      offered = version;
      const page = await context.newPage();
      await page.goto('chrome://extensions/');
      await page.evaluate(() => chrome.developerPrivate.autoUpdate());
      await page.close();
    },
    close: () => store.close(),
  };
}

/** The first 128 bits of the key's SHA-256, in letters a to p. */
function idOf(key: Buffer): string {
  const digits = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return [...digits].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

function pack(store: string, pem: string, key: Buffer, version: string): Buffer {
  const folder = join(store, version);
  cpSync(unpackedExtension(), folder, { recursive: true });
  const manifest = join(folder, 'manifest.json');
  const built = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
  writeFileSync(manifest, JSON.stringify({ ...built, version, key: key.toString('base64') }));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(store, 'packer')}`];
  const packed = spawnSync(findChromium() ?? '', [...flags, `--pack-extension=${folder}`, `--pack-extension-key=${pem}`]);
  if (packed.status !== 0) throw new Error(`Chromium packed nothing: ${packed.stderr}`);
  return readFileSync(`${folder}.crx`);
}
