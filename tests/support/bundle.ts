/** Reads the built extension: which files an entry pulls in, and what they weigh on the way to a browser. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

export type Target = 'chrome-mv3' | 'firefox-mv3';

/** What the browser loads for each part of Relais. */
export const parts = {
  button: ['content-scripts/webmail.js'],
  popup: ['popup.html'],
  worker: ['background.js'],
} as const;

export function outputFolder(target: Target): string {
  return join(import.meta.dirname, '..', '..', '.output', target);
}

/** Every file that these entries load, directly or through imports, in the order met; late imports included. */
export function reachable(target: Target, entries: readonly string[]): string[] {
  const met: string[] = [];
  const visit = (file: string): void => {
    if (met.includes(file)) return;
    const path = join(outputFolder(target), file);
    if (!existsSync(path)) throw new Error(`${target} has no ${file}`);
    met.push(file);
    for (const next of referred(file, readFileSync(path, 'utf8'))) visit(next);
  };
  for (const entry of entries) visit(entry);
  return met;
}

/** Bytes of all of them, each compressed by itself as a store's package does. */
export function gzipBytes(target: Target, entries: readonly string[]): number {
  return reachable(target, entries)
    .map((file) => gzipSync(readFileSync(join(outputFolder(target), file)), { level: 9 }).byteLength)
    .reduce((sum, bytes) => sum + bytes, 0);
}

function referred(file: string, content: string): string[] {
  const pattern = file.endsWith('.html') ? /(?:src|href)="([^"]+\.(?:js|css))"/g : /(?:\bfrom|\bimport\s*\(?)\s*["'`](\.[^"'`]+\.js)["'`]/g;
  if (!/\.(html|js)$/.test(file)) return [];
  return [...content.matchAll(pattern)].map(([, path = '']) =>
    path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(file), path),
  );
}
