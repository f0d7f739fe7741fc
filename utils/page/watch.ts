/**
 * Tells when the page may look different: once per frame at most, and only when something was seen.
 *
 * One observer on the document, since webmails throw away any element that could be watched instead. It is
 * disconnected from the first change until the frame that follows, so that a page making thousands of changes a second
 * pays for one.
 */
export function watchPage(document: Document, onSeen: () => void, signal: AbortSignal): () => void {
  const view = document.defaultView;
  if (!view) return () => {};
  let asked = false;
  const look = () => {
    asked = false;
    if (signal.aborted) return;
    onSeen();
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
