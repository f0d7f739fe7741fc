/** Language, direction and theme of one of our pages. */
import { direction, language } from '../i18n.ts';

export type Theme = 'system' | 'light' | 'dark';

const key = 'theme';

/** Before the first paint: the theme that was last known, so that a dark page does not flash white. */
export function dressPage(): void {
  document.documentElement.lang = language();
  document.documentElement.dir = direction();
  const known = localStorage.getItem(key);
  if (known === 'light' || known === 'dark') show(known);
}

/** Shows the theme now and at the next opening. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  show(theme);
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
