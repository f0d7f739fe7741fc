/** Which sites the person has let Relais into. */
import { browser } from '../browser.ts';

/** Match pattern of an origin. Patterns know no ports: one of `https://host` covers every port there. */
export function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

export function hasPermission(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [patternOf(origin)] });
}

/** Call from a click, before anything is awaited. */
export function requestPermission(origins: readonly string[]): Promise<boolean> {
  return browser.permissions.request({ origins: origins.map(patternOf) });
}
