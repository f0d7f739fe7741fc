/** What is asked about webmail pages: how the last self-check went, a page without its words, an address into a mail. */
import type { Handlers } from '../answering.ts';
import { browser } from '../browser.ts';
import { RelaisError } from '../core/errors.ts';
import { readSettings } from '../settings/storage.ts';
import { mailboxesOf, putAddress } from './addresses.ts';
import { readChecks } from './checks.ts';
import { tabsOn } from './tabs-on.ts';

type CareRoutes = 'checks.opened' | 'skeleton.wanted' | 'address.wanted';

export function webmailCare(): Pick<Handlers, CareRoutes> {
  return {
    'checks.opened': readChecks,

    async 'address.wanted'({ tabId, mailbox }) {
      return mailboxesOf(await readSettings()).includes(mailbox) && putAddress(tabId, mailbox);
    },

    async 'skeleton.wanted'({ origin }) {
      const [tab] = await tabsOn([origin]);
      if (!tab) throw new RelaisError('no-thread', 'No page of this webmail is open');
      const [done] = await browser.scripting.executeScript({ target: { tabId: tab.id }, files: ['/skeleton.js'] });
      if (typeof done?.result !== 'string') throw new RelaisError('no-thread', 'This page can not be read');
      return done.result;
    },
  };
}
