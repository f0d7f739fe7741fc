/** At the edges, in Firefox: pages that redraw themselves under the button, mails that break readers, a very large file, no room left. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largeFileStory, largeMails } from '../stories/large-file.ts';
import { oddMailStory, oddMails } from '../stories/odd-mail.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { type FirefoxGround, startFirefoxGround } from '../support/firefox-ground.ts';
import type { Tab } from '../support/firefox-tab.ts';
import { type LocalServer, serve } from '../support/local-server.ts';
import { mail } from '../support/mail.ts';
import { buttonsAfterAFrame, redrawnPage, redraws } from '../support/redraws.ts';
import { until } from '../support/until.ts';

const megabyte = 1024 * 1024;

describe.skipIf(whyNoFirefox())('in Firefox', () => {
  let ground: FirefoxGround;
  const say: FirefoxGround['say'] = (key, ...values) => ground.say(key, ...values);

  beforeAll(async () => {
    ground = await startFirefoxGround({
      mails: [...largeMails, ...oddMails, mail({ subject: 'No room' })],
      settings: { undoSeconds: 0 },
      // The room for everybody, in kilobytes; a fifth of it is for one.
      preferences: { 'dom.quotaManager.temporaryStorage.fixedLimit': 1_500 * 1024 },
    });
  });
  afterAll(() => ground?.close());

  describe('the button comes back', () => {
    let server: LocalServer;
    let tab: Tab;
    beforeAll(async () => {
      server = await serve((request, response) => {
        const isMail = request.url?.endsWith('.eml');
        response.writeHead(200, { 'content-type': isMail ? 'message/rfc822' : 'text/html' });
        response.end(isMail ? 'Date: Mon, 2 Mar 2026 13:40:00 +0000\nMessage-ID: <a@x>\n\nHelp' : redrawnPage);
      });
      const { settings } = (await ground.ask('settings.opened', {})) as { readonly settings: { readonly webmails: readonly object[] } };
      await ground.ask('settings.saved', { settings: { ...settings, webmails: [...settings.webmails, { origin: server.origin }] } });
      tab = await ground.firefox.open('about:blank');
    });
    afterAll(async () => {
      await tab?.close();
      await server?.close();
    });

    it.each(Object.entries(redraws))('%s', async (_name, redraw) => {
      const count = () => tab.run(() => document.querySelectorAll('relais-button').length);
      await tab.goTo(server.origin);
      await tab.bringToFront();
      await until('the button is there', async () => (await count()) === 1);
      await tab.run(redraw as () => null);
      expect(await tab.run(buttonsAfterAFrame)).toBe(1);
      expect(await count()).toBe(1);
    });
  });

  oddMailStory(() => ground);

  describe('one click', () => {
    it('is refused in words where the browser has no room, before anything is stored', async () => {
      const outbox = () => ground.ask('outbox.opened', {});
      const before = await outbox();
      await ground.own.run(leave, 32 * megabyte);
      await ground.openThread('No room');
      await ground.page.click('button', say('button_send'));
      await ground.page.sees('button', say('button_attention'));
      expect(await outbox()).toEqual(before);
      const popup = await ground.openPopup(say('button_attention'));
      await popup.reads('The browser has no room left');
      await popup.close();
      await ground.own.run(giveBack);
      await ground.openThread('No room');
      await ground.page.click('button', say('button_send'));
      await ground.page.sees('button', /^In tickets/);
    });

    largeFileStory(() => ground);
  });
});

/** Runs in a page of ours: fills the browser's storage but for so many bytes. */
async function leave(bytes: number): Promise<void> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  const request = indexedDB.open('filler', 1);
  await new Promise<void>((resolve, reject) => {
    request.onerror = () => reject(request.error);
    request.onupgradeneeded = () => request.result.createObjectStore('all');
    request.onsuccess = () => {
      const tx = request.result.transaction('all', 'readwrite');
      tx.objectStore('all').put(new Blob([new Uint8Array(Math.max(0, quota - usage - bytes))]), 1);
      tx.onabort = () => reject(tx.error);
      tx.oncomplete = () => resolve();
    };
  });
  request.result.close();
}

/** Runs in a page of ours. */
function giveBack(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('filler');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve();
  });
}
