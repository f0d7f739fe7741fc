/** The browser's own window for signing in at a ticket system. The page in it is the system's; Relais sees only where it ends. */
import { browser } from '../browser.ts';
import { RelaisError } from '../core/errors.ts';
import type { SignIn } from '../recipes/interface.ts';
import { record } from './ledger-store.ts';

/** For questions that a person asked just now: a window that opens by itself would be a riddle. */
export function signInWindow(): SignIn {
  return {
    redirect: browser.identity.getRedirectURL(),
    async open(url) {
      const at = Date.now();
      try {
        return await browser.identity.launchWebAuthFlow({ url, interactive: true });
      } catch (cause) {
        throw new RelaisError('unauthorised', 'The window for signing in was closed', {}, { cause });
      } finally {
        // The one way out that is no request of ours: the ledger has it all the same.
        const { host } = new URL(url);
        void record({ at, host, purpose: 'session', method: 'GET', bytesSent: 0, bytesReceived: 0, ms: Date.now() - at }).catch(
          () => undefined,
        );
      }
    },
  };
}
