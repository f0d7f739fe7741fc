const started = 'relais-started';

/**
 * Makes this script the only one in the page: an earlier one, left behind by an update of the extension, stops. The
 * signal ends when a later one does the same to this. Scripts of two versions share nothing but the document.
 */
export function replaceEarlier(document: Document): AbortSignal {
  document.dispatchEvent(new Event(started));
  const controller = new AbortController();
  document.addEventListener(started, () => controller.abort(), { once: true });
  return controller.signal;
}
