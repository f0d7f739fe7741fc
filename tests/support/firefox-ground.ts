/** A webmail, a ticket desk, and Firefox with Relais let in between them: the ground of stories. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deskSettings } from '../demo/configuration.ts';
import { startDesk } from '../demo/desk/server.ts';
import { startWebmail } from '../demo/webmail/server.ts';
import type { Ground, View } from '../stories/view.ts';
import { type Firefox, launchFirefox } from './firefox.ts';
import type { Tab } from './firefox-tab.ts';
import { viewOf } from './firefox-view.ts';
import { messagesOf } from './messages.ts';
import { loopback } from './rig.ts';
import { until } from './until.ts';

interface Reply {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: object;
}
declare const browser: {
  readonly runtime: { sendMessage(message: unknown): Promise<Reply> };
  readonly permissions: { contains(asked: { origins: string[] }): Promise<boolean> };
};

export interface FirefoxGround extends Ground {
  readonly firefox: Firefox;
  /** A page of ours behind the others, for what only the extension may ask. */
  readonly own: Tab;
  /** The webmail's tab before all others. */
  toWebmail(): Promise<void>;
  /** Presses this button in the webmail's page: the popup that opens. */
  openPopup(name: string): Promise<View>;
  close(): Promise<void>;
}

export interface FirefoxGroundOptions {
  readonly mails: readonly Buffer[];
  /** Laid over the demo's settings. */
  readonly settings?: object;
  readonly language?: string;
}

export async function startFirefoxGround({ mails, settings = {}, language = 'en' }: FirefoxGroundOptions): Promise<FirefoxGround> {
  const file = join(import.meta.dirname, `../../public/_locales/${language}/messages.json`);
  const { getMessage } = messagesOf(JSON.parse(readFileSync(file, 'utf8')), language);
  const [webmail, desk, firefox] = await Promise.all([startWebmail(mails), startDesk(), launchFirefox({ language })]);
  const own = await firefox.openOwn('options.html#/webmails');
  const tab = await firefox.open('about:blank');
  const view = ({ context, close }: Tab) => viewOf(firefox, { tab: context }, close);
  const ground: FirefoxGround = {
    webmail,
    desk,
    firefox,
    own,
    page: view(tab),
    say: (key, ...values) => getMessage(key, values),
    openThread: async (subject) => {
      const thread = webmail.threads.find(({ messages }) => messages.some((message) => message.subject.includes(subject)));
      if (!thread) throw new Error(`The webmail has no thread ${subject}`);
      await tab.bringToFront();
      await tab.goTo(webmail.addressOf(thread));
      // The tree of the page before may stand a moment longer.
      await ground.page.sees('heading', thread.messages[0]?.subject ?? '');
    },
    toWebmail: tab.bringToFront,
    openForm: () => ground.openPopup(ground.say('button_more')),
    openPopup: async (name) => {
      await ground.page.click('button', name);
      return viewOf(firefox, 'popup', firefox.closePopup);
    },
    openOwn: async (path) => view(await firefox.openOwn(path)),
    ask: async (name, input) => {
      const reply = await own.run((message) => browser.runtime.sendMessage(message), { name, input });
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
      return reply.value;
    },
    close: async () => {
      await firefox.close();
      await Promise.all([webmail.close(), desk.stop()]);
    },
  };
  await ground.ask('settings.imported', {
    document: { ...deskSettings({ desk: desk.origin, token: desk.token, webmail: webmail.origin }), ...settings },
  });
  await view(own).click('button', ground.say('allowAgain'));
  await until('Relais is let in', () => own.run((origins) => browser.permissions.contains({ origins }), [loopback]));
  return ground;
}
