/** The adapters' data as one file of the package: the worker reads it when a page asks, and carries none. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WebmailPage } from '../utils/core/webmail-page.ts';

const folder = join(import.meta.dirname, '..', 'utils', 'webmail');

export async function packagedWebmails(): Promise<{ readonly relativeDest: string; readonly contents: string }> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !['index.ts', 'readers.ts'].includes(name));
  const modules = await Promise.all(
    names.map((name) => import(pathToFileURL(join(folder, name)).href) as Promise<{ readonly page?: WebmailPage }>),
  );
  return { relativeDest: 'webmails.json', contents: JSON.stringify(modules.flatMap(({ page }) => page ?? [])) };
}
