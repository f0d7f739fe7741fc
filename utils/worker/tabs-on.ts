/** Open tabs of webmails. */
import { browser } from '../browser.ts';
import { patternOf } from '../settings/permissions.ts';

export interface WebmailTab {
  readonly id: number;
  readonly origin: string;
}

/** Tabs that show one of these origins, the last used first. Only those are found that Relais is let into. */
export async function tabsOn(origins: readonly string[]): Promise<readonly WebmailTab[]> {
  if (origins.length === 0) return [];
  const tabs = await browser.tabs.query({ url: origins.map(patternOf) });
  return tabs
    .toSorted((one, other) => (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0))
    .flatMap(({ id, url }) => {
      const origin = url === undefined ? undefined : new URL(url).origin;
      return id !== undefined && origin !== undefined && origins.includes(origin) ? [{ id, origin }] : [];
    });
}
