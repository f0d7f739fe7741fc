/** Policies for one Chromium: in a mount namespace of its own, so that the machine's own policies are not touched. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../../scripts/chromium.ts';
import { extensionId, temporaryFolder } from './extension.ts';

const place = '/etc/chromium';

/** Why the machine can't play this; `undefined` where it can. */
export function whyNoPolicies(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a mount namespace needs root on Linux';
  if (!existsSync(place)) return `there is no ${place}`;
  if (spawnSync('unshare', ['-m', 'true']).status !== 0) return 'this machine allows no mount namespace';
  return undefined;
}

export interface Policies {
  /** Starts Chromium with these policies. */
  readonly executablePath: string;
  /** What the administrator sets; a running browser reads it again by itself. */
  write(policy: object): void;
}

/** What Relais reads as managed storage. */
export function startPolicies(policy: object): Policies {
  const { executablePath, write } = startBrowserPolicies(forRelais(policy));
  return { executablePath, write: (next) => write(forRelais(next)) };
}

const forRelais = (policy: object) => ({ '3rdparty': { extensions: { [extensionId]: policy } } });

/** Any policies of the browser's. */
export function startBrowserPolicies(policy: object): Policies {
  const folder = temporaryFolder('policies');
  const managed = join(folder, 'policies', 'managed');
  mkdirSync(managed, { recursive: true });
  const write = (next: object) => writeFileSync(join(managed, 'relais.json'), JSON.stringify(next));
  write(policy);
  const executablePath = join(folder, 'chromium');
  const chromium = findChromium() ?? '';
  writeFileSync(executablePath, `#!/bin/sh\nexec unshare -m sh -c 'mount --bind ${folder} ${place} && exec ${chromium} "$@"' sh "$@"\n`);
  chmodSync(executablePath, 0o755);
  return { executablePath, write };
}
