/** The whole thing on loopback, in Firefox: a webmail, a ticket desk, and Relais configured between them. */
import { deskSettings } from '../demo/configuration.ts';
import { type Desk, startDesk } from '../demo/desk/server.ts';
import type { ShownThread } from '../demo/webmail/mails.ts';
import { type DemoWebmail, startWebmail } from '../demo/webmail/server.ts';
import { type Firefox, type FirefoxOptions, launchFirefox } from './firefox.ts';
import type { Tab } from './firefox-tab.ts';
import { demoMails, loopback } from './rig.ts';
import { until } from './until.ts';

interface Reply {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string };
}
declare const browser: {
  readonly runtime: { sendMessage(message: unknown): Promise<Reply> };
  readonly action: { getBadgeText(which: object): Promise<string> };
  readonly permissions: Readonly<Record<'request' | 'contains', (asked: { origins: readonly string[] }) => Promise<boolean>>>;
};

export interface FirefoxRigOptions extends FirefoxOptions {
  /** Leaves the extension as it is after installing: nothing granted, nothing configured. */
  readonly bare?: boolean;
  /** What else the browser is started with, once both servers are there. */
  readonly startWith?: (webmail: DemoWebmail, desk: Desk) => FirefoxOptions;
  readonly mails?: readonly Buffer[];
  /** Laid over the demo's settings. */
  readonly settings?: object;
  /** Match patterns to be let into besides loopback. */
  readonly origins?: readonly string[];
  /** How the browser reaches the desk, where not by its own address. */
  readonly deskOrigin?: (port: string) => string;
}

export interface FirefoxRig {
  readonly webmail: DemoWebmail;
  readonly desk: Desk;
  firefox: Firefox;
  /** The tab with the webmail. */
  page: Tab;
  /** Asks the worker from a page of ours; rejects with the error's code. */
  ask(name: string, input: object): Promise<unknown>;
  badge(): Promise<string>;
  /** Shows the thread with this subject in the tab. */
  openThread(subject: string): Promise<ShownThread>;
  /** Waits until the button is there, and clicks it. */
  send(): Promise<void>;
  /** Waits until the button, or what it says beside it, has these words. */
  says(words: string): Promise<void>;
  /** A page of ours that stays open behind the others, opened anew where it is gone. */
  own(): Promise<Tab>;
  /** The browser again on the same `home`, after its end; opens nothing of ours. */
  relaunch(options?: FirefoxOptions): Promise<void>;
  close(): Promise<void>;
}

export async function startFirefoxRig({
  mails = demoMails,
  settings = {},
  origins = [],
  deskOrigin,
  bare = false,
  startWith,
  ...given
}: FirefoxRigOptions = {}): Promise<FirefoxRig> {
  const [webmail, desk] = await Promise.all([startWebmail(mails), startDesk()]);
  const options = { ...given, ...startWith?.(webmail, desk) };
  const firefox = await launchFirefox(options);
  let own: Tab | undefined;
  const rig: FirefoxRig = {
    webmail,
    desk,
    firefox,
    page: await firefox.open('about:blank'),
    ask: async (name, input) => {
      const reply = await (await rig.own()).run((message) => browser.runtime.sendMessage(message), { name, input });
      if (!reply.ok) throw new Error(`${name}: ${reply.error?.code}`);
      return reply.value;
    },
    badge: async () => (await rig.own()).run(() => browser.action.getBadgeText({})),
    openThread: async (subject) => {
      const thread = webmail.threads.find(({ messages }) => messages.some((message) => message.subject.includes(subject)));
      if (!thread) throw new Error(`The webmail has no thread ${subject}`);
      await rig.page.goTo(webmail.addressOf(thread));
      return thread;
    },
    send: () => rig.page.click(() => document.querySelector('relais-button')?.shadowRoot?.querySelector('button')),
    says: (words) =>
      until(
        `the button says ${words}`,
        () =>
          rig.page.run(
            (wanted) => [...document.querySelectorAll('relais-button')].some(({ shadowRoot }) => shadowRoot?.textContent.includes(wanted)),
            words,
          ),
        30_000,
      ),
    own: async () => {
      const isThere = await own?.run(() => location.protocol === 'moz-extension:').catch(() => false);
      if (!own || !isThere) own = await rig.firefox.openOwn('welcome.html');
      return own;
    },
    relaunch: async (more = {}) => {
      own = undefined;
      rig.firefox = await launchFirefox({ ...options, ...more });
      rig.page = await rig.firefox.open('about:blank');
    },
    close: async () => {
      await rig.firefox.close();
      await Promise.all([webmail.close(), desk.stop()]);
    },
  };
  if (bare) return rig;
  const address = deskOrigin?.(new URL(desk.origin).port) ?? desk.origin;
  await rig.ask('settings.imported', {
    document: { ...deskSettings({ desk: address, token: desk.token, webmail: webmail.origin }), ...settings },
  });
  await grant(await rig.own(), [loopback, ...origins]);
  return rig;
}

/** A real click: Firefox takes a driver's word for none. */
async function grant(own: Tab, origins: readonly string[]): Promise<void> {
  await own.run((asked) => {
    const button = document.createElement('button');
    button.id = 'grant';
    button.textContent = 'Let in';
    button.addEventListener('click', () => void browser.permissions.request({ origins: asked }), { once: true });
    document.body.prepend(button);
  }, origins);
  await own.click(() => document.querySelector('#grant'));
  await until('Firefox lets Relais in', () => own.run((asked) => browser.permissions.contains({ origins: asked }), origins));
  await own.run(() => document.querySelector('#grant')?.remove());
}
