import { setHeaders } from './header-rules.ts';

let asked: Promise<void> | undefined;

/**
 * Resolves when every request of ours is given a connection of its own. A browser sends a request again by itself, a POST
 * too, when a kept-alive connection is cut before any answer (RFC 9112 section 9.3.1 forbids that; Chromium does it): the
 * system then makes two tickets of one delivery, and nobody knows. The rule holds until the browser closes; never rejects.
 */
export function freshConnections(): Promise<void> {
  asked ??= setHeaders(1, {}, [{ header: 'connection', operation: 'set', value: 'close' }]).catch((error: unknown) => {
    asked = undefined;
    console.error('fresh connections', error);
  });
  return asked;
}
