/** The browser's own window for signing in at a ticket system. The page in it is the system's; Relais sees only where it ends. */
import { browser } from '../browser.ts';
import { RelaisError } from '../core/errors.ts';
import type { SignIn } from '../recipes/interface.ts';

/** For questions that a person asked just now: a window that opens by itself would be a riddle. */
export function signInWindow(): SignIn {
  return {
    redirect: browser.identity.getRedirectURL(),
    async open(url) {
      try {
        return await browser.identity.launchWebAuthFlow({ url, interactive: true });
      } catch (cause) {
        throw new RelaisError('unauthorised', 'The window for signing in was closed', {}, { cause });
      }
    },
  };
}
