/** The built extension, copied with a fixed key so that its id is known and the same in every run. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const built = join(import.meta.dirname, '..', '..', '.output', 'chrome-mv3');

/** A public key made for the tests alone; the id is the first 128 bits of its SHA-256, in letters a to p. */
const key =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmNkIqHTQT17lhYYvWKLUG+mqUzElXXGgLbDNmgdQsa+eQE4VMm8mFp8wBh3vyHIcwpmZajK4Mnr3ib0bZHaaZxr0hdLVGQK43c6X3Ax9iZOp1B5y7Prm4cDcGXwFMDN4EvjfTl4v5c/SndvjHh2mQqvnTJy8Hb5GLFV7VNk2wLdhBpgFypEubf7LJdqw0EJtN3ZBEE9lIO6zYHqCHQE0neq3ClbNAqAG3WvtfNP1Sl6xNrwI/mpzhQzVP4UC1dqUeJM8x81O9NdlaoL7hHPJ1I//FnXWh4mVb4zzM76tqfzNyIvazsylHaa+WRo2SVPjcLTxvSonOioxrlcfl+wdWwIDAQAB';
export const extensionId = 'kckihpmbggamkjbmdebljphjnbekmado';

/** Prefix of the folders this process makes, and removes when it ends. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `relais-${name}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

let copy: string | undefined;

/** Folder to load; made once per process from `.output/chrome-mv3`. */
export function unpackedExtension(): string {
  if (copy) return copy;
  const manifest = join(built, 'manifest.json');
  if (!existsSync(manifest)) throw new Error('There is no build of the extension: run `npm run build` first');
  const folder = temporaryFolder('extension');
  cpSync(built, folder, { recursive: true });
  const content = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...content, key }));
  copy = folder;
  return folder;
}
