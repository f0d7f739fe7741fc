/** The whole thing on loopback: a webmail, a ticket desk, and Chromium with Relais configured between them. */
import type { Locator, Page } from 'playwright-core';
import { deskSettings } from '../demo/configuration.ts';
import { type Desk, startDesk } from '../demo/desk/server.ts';
import { readMails, type ShownThread } from '../demo/webmail/mails.ts';
import { type DemoWebmail, startWebmail } from '../demo/webmail/server.ts';
import { type LaunchOptions, launch, type Session } from './chromium.ts';
import { grant, pinToToolbar } from './permissions.ts';
import { type Popup, realPopup } from './popup.ts';
import { importSettings } from './settings.ts';
import { until } from './until.ts';

/** Everything on loopback has one match pattern: patterns know no ports. */
export const loopback = 'http://127.0.0.1/*';

export const demoMails = readMails(`${import.meta.dirname}/../demo/mail`);

export interface RigOptions extends LaunchOptions {
  readonly mails?: readonly Buffer[];
  /** Laid over the demo's settings. */
  readonly settings?: object;
  /** Leaves the extension as it is after installing: nothing granted, nothing configured. */
  readonly bare?: boolean;
  /** What else the browser is started with, once both servers are there. */
  readonly startWith?: (webmail: DemoWebmail, desk: Desk) => LaunchOptions;
}

export interface Rig {
  readonly webmail: DemoWebmail;
  readonly desk: Desk;
  session: Session;
  /** The tab with the webmail. */
  page: Page;
  /** Shows the thread with this subject in the tab, by its address. */
  openThread(subject: string): Promise<ShownThread>;
  /** The page's button, by its accessible name. */
  button(name?: string | RegExp): Locator;
  /** Clicks **More ways to send**, or what it is called, and attaches to the popup that opens. */
  openPopup(button?: string): Promise<Popup>;
  /** The browser again on the same profile; resolves when the button is registered for the webmail once more. */
  relaunch(): Promise<void>;
  close(): Promise<void>;
}

export async function startRig({ mails = demoMails, settings = {}, bare = false, startWith, ...given }: RigOptions = {}): Promise<Rig> {
  const [webmail, desk] = await Promise.all([startWebmail(mails), startDesk()]);
  const options = { ...given, ...startWith?.(webmail, desk) };
  const session = await launch(options);
  const rig: Rig = {
    webmail,
    desk,
    session,
    page: await session.context.newPage(),
    openThread: async (subject) => {
      const thread = webmail.threads.find((one) => one.messages.some((message) => message.subject.includes(subject)));
      if (!thread) throw new Error(`The webmail has no thread ${subject}`);
      await rig.page.goto(webmail.addressOf(thread));
      // The popup asks for the browser's active tab, which in a driven browser is not always the one that is driven.
      await rig.page.bringToFront();
      return thread;
    },
    button: (name = 'Send to tickets') => rig.page.locator('relais-button').getByRole('button', { name }),
    openPopup: async (button = 'More ways to send') => {
      await rig.button(button).click();
      return realPopup(rig.session);
    },
    relaunch: async () => {
      rig.session = await launch({ ...options, profile: rig.session.profile });
      await registered(rig.session);
      rig.page = await rig.session.context.newPage();
    },
    close: async () => {
      await rig.session.close();
      await Promise.all([webmail.close(), desk.stop()]);
    },
  };
  if (!bare) {
    await grant(session, [loopback]);
    await pinToToolbar(session);
    await importSettings(session, { ...deskSettings({ desk: desk.origin, token: desk.token, webmail: webmail.origin }), ...settings });
    await rig.page.bringToFront();
  }
  return rig;
}

async function registered(session: Session): Promise<void> {
  const page = await session.open('options.html');
  await until('the button is registered', () =>
    page.evaluate(async () => {
      const { scripting } = (globalThis as unknown as { chrome: { scripting: { getRegisteredContentScripts(): Promise<object[]> } } })
        .chrome;
      return (await scripting.getRegisteredContentScripts()).length > 0;
    }),
  );
  await page.close();
}
