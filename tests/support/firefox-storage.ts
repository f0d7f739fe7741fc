import { onTestFinished } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

/** Until the test ends, extension storage can't be kept from content scripts, as in Firefox. */
export function openLikeFirefox(): void {
  const { local } = fakeBrowser.storage;
  const { setAccessLevel: _, ...open } = local as typeof local & { setAccessLevel?: unknown };
  Object.assign(fakeBrowser.storage, { local: open });
  onTestFinished(() => void Object.assign(fakeBrowser.storage, { local }));
}
