/**
 * `npm run zip:check`, after `npm run zip`: builds the Firefox package again from the archive of its sources, in a folder of its
 * own, and compares every file. Stores do the same.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { run } from './tool.ts';

const root = join(import.meta.dirname, '..');
const output = join(root, '.output');

function archive(end: string): Readonly<Record<string, Uint8Array>> {
  const name = readdirSync(output).find((one) => one.endsWith(end));
  if (!name) throw new Error(`There is no …${end} in .output: run npm run zip first`);
  const files = Object.entries(unzipSync(new Uint8Array(readFileSync(join(output, name)))));
  return Object.fromEntries(files.filter(([path]) => !path.endsWith('/')));
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const folder = mkdtempSync(join(tmpdir(), 'relais-rebuild-'));
try {
  for (const [path, bytes] of Object.entries(archive('-sources.zip'))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  // A store runs `npm ci`; the packages of the same lock file stand here already.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const wxt = join(root, 'node_modules', 'wxt', 'bin', 'wxt.mjs');
  const code = await run(process.execPath, [wxt, 'build', folder, '-b', 'firefox', '--mv3'], 'errors');
  if (code !== 0) throw new Error('The sources do not build');
  const built = join(folder, '.output', 'firefox-mv3');
  const packed = archive('-firefox.zip');
  const names = readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(built.length + 1));
  const different = [...new Set([...names, ...Object.keys(packed)])].filter((name) => {
    const bytes = packed[name];
    return bytes === undefined || !names.includes(name) || digest(bytes) !== digest(readFileSync(join(built, name)));
  });
  console.log(different.length > 0 ? `Not the same: ${different.join(', ')}` : `${names.length} files, all the same`);
  process.exitCode = different.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
