/** What the options ask about webmails: how the last self-check went, and a page without its words for a report. */
import type { Handlers } from '../answering.ts';
import { browser } from '../browser.ts';
import { RelaisError } from '../core/errors.ts';
import { patternOf } from '../settings/permissions.ts';
import { readChecks } from './checks.ts';

type CareRoutes = 'checks.opened' | 'skeleton.wanted';

export function webmailCare(): Pick<Handlers, CareRoutes> {
  return {
    'checks.opened': readChecks,

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
