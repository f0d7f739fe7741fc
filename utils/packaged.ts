/** Files that ship inside the extension. The third `fetch` besides `http.ts` and `page/source.ts`: it never leaves the package. */
import { browser } from './browser.ts';

/** A JSON file of the package; `undefined` where there is no such file. */
export async function readPackaged(path: `/${string}`): Promise<unknown> {
  const response = await fetch(browser.runtime.getURL(path)).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}
