/** Share of the page's time that looking may take, and what may be saved up for a burst, in milliseconds. */
const share = 0.005;
const savings = 10;
/** What one look counts at most: the first one waits for the page's own styles, and must not hold up the second. */
const most = 3;

/**
 * Tells when the page may look different: in the frame after a change, and only when something was seen.
 *
 * One observer on the document, since webmails throw away any element that could be watched instead. It is
 * disconnected from the first change until the look that follows, so that a page making thousands of changes a second
 * pays for one. A page that never rests pays no more than `share` of its time: looks then wait some frames.
 */
export function watchPage(document: Document, onSeen: () => void, signal: AbortSignal): () => void {
  const view = document.defaultView;
  if (!view) return () => {};
  const clock = () => view.performance.now();
  let asked = false;
  let saved = savings;
  let ended = clock();
  const look = () => {
    if (signal.aborted) return;
    const start = clock();
    if (saved + (start - ended) * share <= 0) {
      view.requestAnimationFrame(look);
      return;
    }
    asked = false;
    onSeen();
    saved = Math.min(savings, saved + (start - ended) * share) - Math.min(most, clock() - start);
    ended = clock();
    observer.observe(document, { childList: true, subtree: true });
  };
  const seen = () => {
    if (asked || signal.aborted) return;
    asked = true;
    observer.disconnect();
    view.requestAnimationFrame(look);
  };
  const observer = new view.MutationObserver(seen);
  // The navigation API also tells of pushState and replaceState, which have no event of their own.
  const navigation: unknown = Reflect.get(view, 'navigation');
  if (navigation instanceof EventTarget) navigation.addEventListener('currententrychange', seen, { signal });
  for (const event of ['popstate', 'hashchange', 'pageshow']) view.addEventListener(event, seen, { signal });
  signal.addEventListener('abort', () => observer.disconnect());
  look();
  return seen;
}
