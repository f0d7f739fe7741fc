/** Whether a webmail still looks as its adapter knows it. */
import type { WebmailPage } from '../core/webmail-page.ts';
import { findFrame } from '../webmail/find.ts';
import { matches } from './select.ts';

/** Names of what should be in a page with an open thread and is not: required selectors, and `slot` for the button's place. */
export function missingIn(page: WebmailPage, document: Document): string[] {
  const inner = findFrame(page, document)?.contentDocument;
  const places = inner ? [inner, document] : [document];
  const isThere = (css: readonly string[]) => css.some((selector) => places.some((place) => matches(place, selector).length > 0));
  const required = Object.entries(page.selectors ?? {}).filter(([, { required, css }]) => required && !isThere(css));
  const missing = required.map(([name]) => name);
  return isThere(page.slots.map(({ selector }) => selector)) ? missing : ['slot', ...missing];
}
