/** Headers that a browser sets and no `fetch` may change: changed by the browser's own rules, for requests of ours only. */
import { browser } from '../browser.ts';
import type { Rewrite } from '../recipes/recipe.ts';

/** `fresh-connections.ts` has the rules below. */
const firstRule = 100;

/** Holds until the browser closes; asking for the same again changes nothing. */
export async function rewriteHeaders(origins: readonly string[], { userAgent, removeOrigin }: Rewrite): Promise<void> {
  const { host: initiator } = new URL(browser.runtime.getURL(''));
  const requestDomains = [...new Set(origins.map((origin) => new URL(origin).hostname))].toSorted();
  const rules = await browser.declarativeNetRequest.getSessionRules();
  const same = rules.find(({ id, condition }) => id >= firstRule && condition.requestDomains?.join() === requestDomains.join());
  const id = same?.id ?? Math.max(firstRule - 1, ...rules.map((rule) => rule.id)) + 1;
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [id],
    addRules: [
      {
        id,
        condition: { initiatorDomains: [initiator], requestDomains, resourceTypes: ['xmlhttprequest'] },
        action: {
          type: 'modifyHeaders',
          requestHeaders: [
            ...(userAgent === undefined ? [] : [{ header: 'user-agent', operation: 'set' as const, value: userAgent }]),
            ...(removeOrigin ? [{ header: 'origin', operation: 'remove' as const }] : []),
          ],
        },
      },
    ],
  });
}
