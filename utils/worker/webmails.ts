/**
 * Puts the button script into the webmails that the person granted, and nowhere else. Registered again at every
 * start: updates and restarts forget registrations.
 */
import { browser } from '../browser.ts';
import { hasPermission, patternOf } from '../settings/permissions.ts';
import type { Settings } from '../settings/schema.ts';
import { tabsOn } from './tabs-on.ts';

const id = 'webmail';
const script = '/content-scripts/webmail.js';

/**
 * Registers the granted webmails; an origin without permission is left out, not an error. Resolves to whether nothing
 * was registered before: then pages that are open already have no button.
 */
export function registerWebmails({ webmails }: Settings): Promise<boolean> {
  // One after the other: permissions that are taken back tell of it by themselves, while whoever took them registers too.
  return navigator.locks.request('webmails', () => register(webmails));
}

async function register(webmails: Settings['webmails']): Promise<boolean> {
  const granted = await grantedPatterns(webmails.map(({ origin }) => origin));
  const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [id] });
  if (granted.length === 0) {
    if (registered) await browser.scripting.unregisterContentScripts({ ids: [id] });
    return false;
  }
  const wanted = { id, matches: granted, js: [script], runAt: 'document_end' as const, allFrames: false, persistAcrossSessions: false };
  if (registered) await browser.scripting.updateContentScripts([wanted]);
  else await browser.scripting.registerContentScripts([wanted]);
  return registered === undefined;
}

/** Tabs that were open before the grant, or before an update, get their button without a reload. */
export async function injectIntoOpenTabs({ webmails }: Settings): Promise<void> {
  for (const { id: tabId } of await tabsOn(webmails.map(({ origin }) => origin)))
    await browser.scripting.executeScript({ target: { tabId }, files: [script] }).catch(() => undefined);
}

async function grantedPatterns(origins: readonly string[]): Promise<string[]> {
  const patterns = new Set<string>();
  for (const origin of origins) if (await hasPermission(origin)) patterns.add(patternOf(origin));
  return [...patterns];
}
