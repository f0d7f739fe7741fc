const started = 'relais-started';

/**
 * Makes this script the only one in the page. One that an update of the extension left behind stops: its signal ends. One
 * that still has its extension stays, with its button, so that no click falls between two; it is told by `onAgain`, and
 * this script gets `undefined`. Scripts of two versions share nothing but the document, so they meet by an event on it.
 */
export function standAlone(document: Document, isAlive: () => boolean, onAgain: () => void): AbortSignal | undefined {
  if (!document.dispatchEvent(new Event(started, { cancelable: true }))) return undefined;
  const controller = new AbortController();
  const { signal } = controller;
  const meet = (event: Event) => {
    if (!isAlive()) return controller.abort();
    event.preventDefault();
    onAgain();
  };
  document.addEventListener(started, meet, { signal });
  return signal;
}
