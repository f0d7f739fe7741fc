import { browser } from '../browser.ts';

let asked: Promise<void> | undefined;

/**
 * Resolves when every request of ours is given a connection of its own. A browser sends a request again by itself, a POST
 * too, when a kept-alive connection is cut before any answer (RFC 9112 section 9.3.1 forbids that; Chromium does it): the
 * system then makes two tickets of one delivery, and nobody knows. The rule holds until the browser closes; never rejects.
 */
export function freshConnections(): Promise<void> {
  asked ??= askForThem().catch((error: unknown) => {
    asked = undefined;
    console.error('fresh connections', error);
  });
  return asked;
}

async function askForThem(): Promise<void> {
  const initiator = new URL(browser.runtime.getURL('')).host;
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [1],
    addRules: [
      {
        id: 1,
        condition: { initiatorDomains: [initiator], resourceTypes: ['xmlhttprequest'] },
        action: { type: 'modifyHeaders', requestHeaders: [{ header: 'connection', operation: 'set', value: 'close' }] },
      },
    ],
  });
}
