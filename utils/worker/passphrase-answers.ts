/** What popup and options ask about the passphrase over the credentials. */
import type { Handlers } from '../answering.ts';
import { allPauses, removePause } from '../outbox/deliveries.ts';
import { changePassphrase, forgetSecrets, lockSecrets, unlockSecrets } from '../settings/secrets.ts';

type PassphraseRoutes = 'secrets.unlocked' | 'secrets.locked' | 'passphrase.changed' | 'passphrase.forgotten';

export interface PassphraseContext {
  /** Open pages look again, and what waited goes on. */
  readonly changed: () => Promise<void>;
}

export function passphraseAnswers({ changed }: PassphraseContext): Pick<Handlers, PassphraseRoutes> {
  return {
    async 'secrets.unlocked'({ passphrase }) {
      await unlockSecrets(passphrase);
      return goOn();
    },

    async 'secrets.locked'() {
      await lockSecrets();
      await changed();
      return null;
    },

    async 'passphrase.changed'({ current, next }) {
      await changePassphrase(current, next);
      return goOn();
    },

    /** What waited for the passphrase goes on too: to be told that its credentials are missing. */
    async 'passphrase.forgotten'() {
      await forgetSecrets();
      return goOn();
    },
  };

  async function goOn(): Promise<null> {
    for (const { endpointId, error } of await allPauses()) if (error.code === 'locked') await removePause(endpointId);
    await changed();
    return null;
  }
}
