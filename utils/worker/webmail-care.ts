/** What is asked about webmail pages: how the last self-check went, a page without its words, an address into a mail. */
import type { Handlers } from '../answering.ts';
import { browser } from '../browser.ts';
import { RelaisError } from '../core/errors.ts';
import { patternOf } from '../settings/permissions.ts';
import { readSettings } from '../settings/storage.ts';
import { mailboxesOf, putAddress } from './addresses.ts';
import { readChecks } from './checks.ts';

type CareRoutes = 'checks.opened' | 'skeleton.wanted' | 'address.wanted';

export function webmailCare(): Pick<Handlers, CareRoutes> {
  return {
    'checks.opened': readChecks,

    async 'address.wanted'({ tabId, mailbox }) {
      return mailboxesOf(await readSettings()).includes(mailbox) && putAddress(tabId, mailbox);
    },

    async 'skeleton.wanted'({ origin }) {
      const tabs = await browser.tabs.query({ url: patternOf(origin) });
      const tab = tabs
        .filter(({ url }) => url !== undefined && new URL(url).origin === origin)
        .sort((one, other) => (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0))[0];
      if (tab?.id === undefined) throw new RelaisError('no-thread', 'No page of this webmail is open');
      const [done] = await browser.scripting.executeScript({ target: { tabId: tab.id }, files: ['/skeleton.js'] });
      if (typeof done?.result !== 'string') throw new RelaisError('no-thread', 'This page can not be read');
      return done.result;
    },
  };
}
