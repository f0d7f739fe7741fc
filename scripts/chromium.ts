/** Finds a Chromium that loads unpacked extensions, and installs one where there is none. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/**
 * Path of the browser: `CHROMIUM`, a Chromium of the system, or Playwright's own; `undefined` where there is none.
 * Branded Google Chrome is not looked for: since version 137 it ignores `--load-extension`.
 */
export function findChromium(): string | undefined {
  const asked = process.env.CHROMIUM;
  if (asked && !existsSync(asked)) throw new Error(`CHROMIUM names ${asked}, which is not there`);
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => ['chromium', 'chromium-browser'].map((name) => join(folder, name)));
  const places = [asked, ...onPath, '/Applications/Chromium.app/Contents/MacOS/Chromium', chromium.executablePath()];
  return places.find((place) => place !== undefined && isProgram(place));
}

/** The same, installing when needed; says what it does. Throws where nothing helps. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && isOnPath('apt-get')) {
    console.log('relais: no Chromium found, installing Debian packages (chromium) …');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...words: string[]) =>
      spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=600', '-qq', ...words], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: environment,
      });
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
    const installed = findChromium();
    if (installed) return installed;
  }
  console.log("relais: no Chromium found, installing Playwright's own (playwright-core install chromium) …");
  const cli = join(import.meta.dirname, '..', 'node_modules', 'playwright-core', 'cli.js');
  spawnSync(process.execPath, [cli, 'install', ...(process.getuid?.() === 0 ? ['--with-deps'] : []), 'chromium'], { stdio: 'inherit' });
  const installed = findChromium();
  if (!installed) throw new Error('No Chromium could be installed. Install one and name it: CHROMIUM=/path/to/chromium');
  return installed;
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isProgram(join(folder, name)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
