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

/** Every file that these entries load, directly or through imports, in the order met; `late`: imports made on demand as well. */
export function reachable(target: Target, entries: readonly string[], late = true): string[] {
  const met: string[] = [];
  const visit = (file: string): void => {
    if (met.includes(file)) return;
    const path = join(outputFolder(target), file);
    if (!existsSync(path)) throw new Error(`${target} has no ${file}`);
    met.push(file);
    for (const next of referred(file, readFileSync(path, 'utf8'), late)) visit(next);
  };
  for (const entry of entries) visit(entry);
  return met;
}

/** Bytes of all of them, each compressed by itself as a store's package does. */
export function gzipBytes(target: Target, entries: readonly string[], late = true): number {
  return reachable(target, entries, late)
    .map((file) => gzipSync(readFileSync(join(outputFolder(target), file)), { level: 9 }).byteLength)
    .reduce((sum, bytes) => sum + bytes, 0);
}

const inHtml = /(?:src|href)="([^"]+\.(?:js|css))"/g;
const imports = /(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+\.js)["'`]/g;
const lateImports = /\bimport\s*\(\s*["'`](\.[^"'`]+\.js)["'`]/g;

function referred(file: string, content: string, late: boolean): string[] {
  const patterns = file.endsWith('.html') ? [inHtml] : file.endsWith('.js') ? [imports, ...(late ? [lateImports] : [])] : [];
  return patterns
    .flatMap((pattern) => [...content.matchAll(pattern)])
    .map(([, path = '']) => (path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(file), path)));
}
