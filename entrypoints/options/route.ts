/** Where in the options somebody is: the address behind `#`, so that links, Back and reload work. */
import { type ReadonlySignal, signal } from '@preact/signals';

export const sections = ['systems', 'webmails', 'sending', 'rules', 'templates', 'appearance', 'privacy', 'about'] as const;
export type SectionName = (typeof sections)[number];

export interface Route {
  readonly section: SectionName;
  /** What follows the section: `add`, `rt`. */
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
}

/** `#/systems/add/rt?x=1`. Anything unknown is the first section. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [first, ...rest] = path.split('/').filter(Boolean).map(decodeURIComponent);
  const section = sections.find((name) => name === first) ?? 'systems';
  return { section, rest: section === first ? rest : [], query: new URLSearchParams(query) };
}

/** Follows the address of the page. */
export function followRoute(): ReadonlySignal<Route> {
  const route = signal(readRoute(location.hash));
  addEventListener('hashchange', () => {
    route.value = readRoute(location.hash);
  });
  return route;
}

export function goTo(path: string): void {
  location.hash = `#/${path}`;
}
