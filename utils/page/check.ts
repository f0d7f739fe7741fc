/** Whether a webmail still looks as its adapter knows it. */
import type { WebmailPage } from '../core/webmail-page.ts';
import { findFrame } from '../webmail/find.ts';
import { matches, viewOf } from './select.ts';

/** Names of what should be in a page with an open thread and is not: required selectors, and `slot` where no place for the button is seen. */
export function missingIn(page: WebmailPage, document: Document): string[] {
  const inner = findFrame(page, document)?.contentDocument;
  const view = viewOf({ document, page });
  const places = inner ? [inner, view] : [view];
  const isThere = (css: readonly string[]) => css.some((selector) => places.some((place) => matches(place, selector).length > 0));
  const required = Object.entries(page.selectors ?? {}).filter(([, { required, css }]) => required && !isThere(css));
  const missing = required.map(([name]) => name);
  // A view that was open before may still be there, hidden, with a place of its own.
  const anchors = page.slots.flatMap(({ selector }) => matches(document, selector));
  return anchors.some((anchor) => anchor.checkVisibility?.() ?? true) ? missing : ['slot', ...missing];
}
