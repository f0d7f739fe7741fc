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
    met.push(file);
    for (const next of referred(file, contentOf(target, file), late)) visit(next);
  };
  for (const entry of entries) visit(entry);
  return met;
}

/** What the popup loads until the form of a thread can stand in it: its outline, and what that asks for next. */
export function popupForm(target: Target): string[] {
  const outline = reachable(target, parts.popup, false);
  return reachable(target, [...outline, ...outline.flatMap((file) => matches(lateImports, file, contentOf(target, file)))], false);
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
  return patterns.flatMap((pattern) => matches(pattern, file, content));
}

function matches(pattern: RegExp, file: string, content: string): string[] {
  return [...content.matchAll(pattern)].map(([, path = '']) =>
    path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(file), path),
  );
}

function contentOf(target: Target, file: string): string {
  const path = join(outputFolder(target), file);
  if (!existsSync(path)) throw new Error(`${target} has no ${file}`);
  return readFileSync(path, 'utf8');
}
