/** The self-check of one page load: quiet, at idle, told only when its result is news. */
import type { WebmailPage } from '../core/webmail-page.ts';
import { missingIn } from './check.ts';

/** How often a page is looked at again while something is missing: it may still be loading, or have changed for good. */
const most = 10;

export interface Health {
  /** Names of what is missing; `undefined` until the first check. */
  missing(): readonly string[] | undefined;
  /** A thread is open: check when the page rests, unless it was found well before. */
  check(page: WebmailPage): void;
  /** There are newer selectors: as if the page had just loaded. */
  forget(): void;
}

/** `onNews` is called with each result that differs from the one before. */
export function createHealth(document: Document, onNews: (missing: readonly string[]) => void, signal: AbortSignal): Health {
  const view = document.defaultView;
  let missing: readonly string[] | undefined;
  let left = most;
  let asked = false;
  const look = (page: WebmailPage) => {
    asked = false;
    if (signal.aborted) return;
    const found = missingIn(page, document);
    const isNews = missing === undefined || found.join() !== missing.join();
    missing = found;
    if (isNews) onNews(found);
  };
  return {
    missing: () => missing,
    check(page) {
      if (!view?.requestIdleCallback || asked || left === 0 || missing?.length === 0) return;
      asked = true;
      left -= 1;
      view.requestIdleCallback(() => look(page), { timeout: 3_000 });
    },
    forget() {
      missing = undefined;
      left = most;
    },
  };
}
