/** The shipped adapters' data, read from the package once: bundled, it would weigh on every start of the worker. */
import type { WebmailPage } from '../core/webmail-page.ts';
import { readPackaged } from '../packaged.ts';

let pages: Promise<readonly WebmailPage[]> | undefined;

export function packagedPages(): Promise<readonly WebmailPage[]> {
  pages ??= read();
  return pages;
}

async function read(): Promise<readonly WebmailPage[]> {
  const shipped = await readPackaged('/webmails.json').catch(() => undefined);
  if (Array.isArray(shipped)) return shipped;
  // Not remembered: the browser may be closing, or updating us.
  pages = undefined;
  return [];
}
