/** Headers that a browser sets and no `fetch` may change: changed by the browser's own rules, for requests of ours only. */
import { browser } from '../browser.ts';
import type { Rewrite } from '../recipes/recipe.ts';

/** `fresh-connections.ts` has the rules below. */
const firstRule = 100;

/** Holds until the browser closes; asking for the same again changes nothing. */
export async function rewriteHeaders(origins: readonly string[], { userAgent, removeOrigin }: Rewrite): Promise<void> {
  const requestDomains = [...new Set(origins.map((origin) => new URL(origin).hostname))].toSorted();
  const rules = await browser.declarativeNetRequest.getSessionRules();
  const same = rules.find(({ id, condition }) => id >= firstRule && condition.requestDomains?.join() === requestDomains.join());
  const id = same?.id ?? Math.max(firstRule - 1, ...rules.map((rule) => rule.id)) + 1;
  await setHeaders(id, { requestDomains }, [
    ...(userAgent === undefined ? [] : [{ header: 'user-agent', operation: 'set' as const, value: userAgent }]),
    ...(removeOrigin ? [{ header: 'origin', operation: 'remove' as const }] : []),
  ]);
}

/** The rule of this number says so for our own requests, to these domains where there are any; until the browser closes. */
export async function setHeaders(
  id: number,
  where: { readonly requestDomains?: string[] },
  requestHeaders: { header: string; operation: 'set' | 'remove'; value?: string }[],
): Promise<void> {
  const { host } = new URL(browser.runtime.getURL(''));
  const condition = { initiatorDomains: [host], ...where, resourceTypes: ['xmlhttprequest' as const] };
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [id],
    addRules: [{ id, condition, action: { type: 'modifyHeaders', requestHeaders } }],
  });
}
