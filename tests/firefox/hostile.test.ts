/**
 * Firefox shows a page to a content script through Xray vision, passes no gesture along with a message, and reads mail in
 * the event page: so the hostile page, the script in other hands and hostile mails are met here once more.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../utils/routes.ts';
import { attacks } from '../fixtures/mail/attacks.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { type FirefoxRig, startFirefoxRig } from '../support/firefox-rig.ts';
import type { Tab } from '../support/firefox-tab.ts';
import { hostileMails, synthesise } from '../support/hostile.ts';
import { type LocalServer, serve } from '../support/local-server.ts';
import { mail } from '../support/mail.ts';
import { found, until } from '../support/until.ts';

declare const browser: {
  readonly runtime: {
    sendMessage(...message: unknown[]): Promise<{ readonly ok: boolean; readonly error?: { readonly code: string } }>;
    getURL(path: string): string;
    getBackgroundPage(): Promise<Window>;
  };
  readonly tabs: { query(which: object): Promise<readonly { readonly id: number }[]> };
  readonly scripting: { executeScript(what: object): Promise<readonly { readonly result?: unknown }[]> };
};

const reason = whyNoFirefox();
const source = mail({ subject: 'From a hostile page', text: 'The words themselves' });

/** Lays its hands on what scripts stand on before anything of Relais runs, and gives no more than a button needs. */
const hostilePage = `<!doctype html><meta charset="utf-8"><title>Mail</title><script>
  const leaks = (window.leaks = []);
  addEventListener('message', ({ data }) => leaks.push('message ' + JSON.stringify(data)));
  for (const name of ['attachShadow', 'appendChild', 'append', 'setAttribute']) {
    const original = Element.prototype[name] ?? Node.prototype[name];
    Element.prototype[name] = function (...words) { if (this.localName === 'relais-button') leaks.push(name); return original.apply(this, words); };
  }
  const { addEventListener: listen } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (...words) { if (this instanceof Element) leaks.push('listener'); return listen.apply(this, words); };
  Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true });
  window.fetch = (...words) => { leaks.push('fetch ' + words[0]); return Promise.reject(new Error('mine')); };
  JSON.parse = () => ({ ok: true });
  Array.prototype.map = function () { leaks.push('map'); return []; };
  Object.prototype.endpointId = 'evil';
  Object.prototype.send = true;
</script><div role="toolbar"></div><a type="message/rfc822" href="/raw/1">Source</a>`;

describe.skipIf(reason)('in Firefox', () => {
  let rig: FirefoxRig;
  let hostile: LocalServer;
  let attacker: LocalServer;
  /** What was asked of it by anybody but the webmail's own page, whose frames begin to load before they read their policy. */
  const asked: string[] = [];

  /** Everything that an attack could have changed. */
  const state = async () => ({
    settings: await rig.ask('settings.exported', { withSecrets: true }),
    outbox: await rig.ask('outbox.opened', {}),
    sent: rig.desk.store.tickets.length,
  });
  const hasRun = (tab: Tab) => tab.run(() => Reflect.has(globalThis, '__ran'));

  beforeAll(async () => {
    attacker = await serve((request, response) => {
      if (!request.headers.referer?.startsWith(rig.webmail.origin) && request.url !== '/favicon.ico') asked.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
    });
    hostile = await serve((request, response) => {
      if (request.url === '/raw/1') response.writeHead(200, { 'content-type': 'message/rfc822' }).end(source);
      else response.writeHead(200, { 'content-type': 'text/html' }).end(hostilePage);
    });
    const mails = hostileMails(attacker.origin);
    rig = await startFirefoxRig({ mails, settings: { undoSeconds: 0 } });
    const { settings } = (await rig.ask('settings.opened', {})) as { readonly settings: { readonly webmails: readonly object[] } };
    await rig.ask('settings.saved', { settings: { ...settings, webmails: [...settings.webmails, { origin: hostile.origin }] } });
  });
  afterAll(async () => {
    await rig?.close();
    await Promise.all([hostile?.close(), attacker?.close()]);
  });

  describe('a hostile page', () => {
    it('sends nothing by synthesised clicks and keys, by a clone, or by lying over the button', async () => {
      await rig.page.goTo(hostile.origin);
      await rig.says('Send to tickets');
      const before = await state();
      await rig.page.run(synthesise);
      await rig.page.run(() => {
        const cover = document.createElement('div');
        cover.id = 'cover';
        cover.style.cssText = 'position:fixed;inset:0;z-index:2147483647';
        document.body.append(cover);
        const clone = document.createElement('relais-button');
        clone.id = 'clone';
        clone.textContent = 'Send to tickets';
        cover.append(clone);
      });
      await rig.page.click(() => document.querySelector('#clone'));
      await rig.page.click(() => document.querySelector('#cover'));
      await rig.page.run(() => document.querySelector('#cover')?.remove());
      expect(hostile.seen.filter(({ path }) => path.startsWith('/raw/'))).toEqual([]);
      expect(await state()).toEqual(before);
    });

    it('has nobody to talk to: no message, no page of the extension', async () => {
      const before = await state();
      const pages = await (await rig.own()).run(() =>
        ['popup.html', 'options.html', 'manifest.json'].map((path) => browser.runtime.getURL(path)),
      );
      const heard = await rig.page.run(
        async (addresses, names) => {
          const answered: string[] = [];
          for (let at = 0; at < names.length; at += 1) {
            window.postMessage({ name: names[at], input: {} }, '*');
            document.dispatchEvent(new CustomEvent(names[at] ?? '', { detail: {} }));
          }
          if (Reflect.get(globalThis, 'browser') !== undefined) answered.push('browser');
          for (let at = 0; at < addresses.length; at += 1) {
            const request = new XMLHttpRequest();
            const ended = new Promise((resolve) => request.addEventListener('loadend', resolve));
            try {
              request.open('GET', addresses[at] ?? '');
              request.send();
              await ended;
              if (request.responseText) answered.push(addresses[at] ?? '');
            } catch {
              // Refused at once.
            }
          }
          return answered.join();
        },
        pages,
        Object.keys(routes),
      );
      expect(heard).toBe('');
      expect(await state()).toEqual(before);
    });

    it('reaches nothing by redefining what scripts stand on: a person’s click sends the words themselves', async () => {
      await rig.send();
      const ticket = await rig.desk.store.first(30_000);
      expect(ticket.title).toBe('From a hostile page');
      expect(ticket.articles.flatMap(({ files }) => files).map(({ bytes }) => bytes)).toEqual([source]);
      await until('it is settled', async () => JSON.stringify(await rig.ask('outbox.opened', {})).includes('"rows":[]'));
      const leaks = await rig.page.run(() => {
        let all = '';
        for (const leak of Reflect.get(globalThis, 'leaks') as readonly unknown[]) all += `${leak}\n`;
        return all;
      });
      // The page's own words for its own listeners and messages are in it, ours are not.
      expect(leaks).not.toMatch(/attachShadow|fetch|token|captureId|"ok"/);
    });
  });

  it('a content script in other hands is refused by every route that is not a button’s, and changes nothing', async () => {
    const before = await state();
    const names = Object.entries(routes).flatMap(([name, { from }]) => (from === 'extension' ? [name] : []));
    expect(names.length).toBeGreaterThan(15);
    const evil = { id: 'desk', name: 'Evil', recipe: 'rest', values: { url: 'https://attacker.example/' }, defaults: {} };
    const document = { version: 1, endpoints: [evil] };
    const input = {
      id: 'x',
      captureId: 'x',
      endpointId: 'desk',
      ticket: '1',
      note: 'x',
      settings: document,
      document,
      endpoint: evil,
      secrets: {},
    };
    const replies = await (await rig.own()).run(
      async (asked, given) => {
        const [tab] = await browser.tabs.query({ url: 'http://127.0.0.1/*' });
        const func = async (all: readonly string[], value: object) => {
          const codes: [string, string][] = [];
          for (const name of all) {
            const reply = await browser.runtime.sendMessage({ name, input: value });
            codes.push([name, reply.ok ? 'taken' : (reply.error?.code ?? '')]);
          }
          return codes;
        };
        const [done] = await browser.scripting.executeScript({ target: { tabId: tab?.id }, args: [asked, given], func });
        return done?.result as readonly (readonly [string, string])[];
      },
      names,
      input,
    );
    expect(replies).toEqual(names.map((name) => [name, 'forbidden-message']));
    expect(await state()).toEqual(before);
  });

  describe(`a thread of ${attacks.length} hostile mails`, () => {
    it('has a watcher that would notice', async () => {
      const tab = await rig.firefox.open(`${attacker.origin}/control`);
      await tab.close();
      expect(asked).toEqual(['/control']);
      asked.length = 0;
    });

    it('runs and asks for nothing in the form, with every message opened, nor in the event page that reads it', async () => {
      await rig.openThread('Hostile <img');
      await rig.page.click(() => document.querySelector('relais-button')?.shadowRoot?.querySelectorAll('button')[1]);
      const captured = async () => {
        const { rows } = (await rig.ask('outbox.opened', {})) as {
          readonly rows: readonly { readonly id: string; readonly status: string }[];
        };
        return rows.find(({ status }) => status === 'draft')?.id;
      };
      const form = await rig.firefox.openOwn(`popup.html?capture=${await found('it is captured', captured, 60_000)}`);
      await until('the messages are listed', () => form.run(() => document.querySelector('button[aria-expanded=false]') !== null), 30_000);
      const closed = () =>
        form.run(() => {
          const buttons = [...document.querySelectorAll('button')];
          buttons.find(({ textContent }) => /^Show \d+ older messages$/.test(textContent))?.click();
          for (const button of buttons) if (button.ariaExpanded === 'false') button.click();
          return document.querySelectorAll('main [aria-expanded=false]:is(button)').length;
        });
      await until('every message is open', async () => (await closed()) === 0, 60_000);
      expect(await form.run(() => document.querySelectorAll('.rows input[type=checkbox]').length)).toBeGreaterThanOrEqual(attacks.length);
      expect(await form.run(() => document.querySelectorAll('img, iframe, object, embed, svg [onload]').length)).toBe(0);
      expect(await hasRun(form)).toBe(false);
      expect(await form.run(async () => Reflect.has(await browser.runtime.getBackgroundPage(), '__ran'))).toBe(false);
      expect(asked).toEqual([]);
      await form.close();
    });

    it('arrives in one ticket with its originals', async () => {
      await rig.send();
      await until('the ticket is there', () => rig.desk.store.tickets.length === 2, 60_000);
      const ticket = rig.desk.store.tickets.find(({ title }) => title.startsWith('Hostile'));
      expect(ticket?.articles).toHaveLength(attacks.length);
      expect(asked).toEqual([]);
    });
  });
});
