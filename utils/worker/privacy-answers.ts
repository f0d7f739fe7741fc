/** What the options ask about the person's own data: the ledger, credentials to forget, everything to delete. */
import type { Handlers } from '../answering.ts';
import { browser } from '../browser.ts';
import { clearDatabase } from '../outbox/database.ts';
import { clearJournal } from '../outbox/journal.ts';
import { clearPrivate } from '../settings/database.ts';
import { removeSecrets } from '../settings/secrets.ts';
import { readLedger } from './ledger-store.ts';

type PrivacyRoutes = 'ledger.opened' | 'secrets.forgotten' | 'everything.wiped';

export interface PrivacyContext {
  /** Everything is gone: buttons, badge and pages follow. */
  readonly wiped: () => Promise<void>;
}

export function privacyAnswers({ wiped }: PrivacyContext): Pick<Handlers, PrivacyRoutes> {
  return {
    async 'ledger.opened'({ before, words, limit }) {
      return readLedger(before, words, limit);
    },

    async 'secrets.forgotten'({ endpointId }) {
      await removeSecrets(endpointId);
      return null;
    },

    async 'everything.wiped'() {
      // The journal first: the other way round, a stop in between would bring back what was deleted.
      await clearJournal();
      // Before the database, too, what tells that there was one: the next start would call it lost.
      await clearPrivate();
      await browser.storage.local.clear();
      await clearDatabase();
      await Promise.all([browser.storage.session.clear(), browser.alarms.clearAll()]);
      const { origins = [] } = await browser.permissions.getAll();
      await browser.permissions.remove({ origins, permissions: ['notifications'] });
      await wiped();
      return null;
    },
  };
}
