/** The ground of stories in Firefox: the rig, with a person's hands and eyes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ground, View } from '../stories/view.ts';
import type { Firefox, FirefoxOptions } from './firefox.ts';
import { type FirefoxRigOptions, startFirefoxRig } from './firefox-rig.ts';
import type { Tab } from './firefox-tab.ts';
import { viewOf } from './firefox-view.ts';
import { messagesOf } from './messages.ts';
import { age } from './stored.ts';
import { until } from './until.ts';

export interface FirefoxGround extends Ground {
  readonly firefox: Firefox;
  /** A page of ours behind the others, for what only the extension may ask. */
  readonly own: Tab;
  /** Opens a page of the web. */
  visit(url: string): Promise<View>;
  /** The webmail's tab before all others. */
  toWebmail(): Promise<void>;
  /** Ends the browser, and starts it on the same `home`. */
  relaunch(options?: FirefoxOptions): Promise<void>;
  close(): Promise<void>;
}

export async function startFirefoxGround({ language = 'en', ...options }: FirefoxRigOptions): Promise<FirefoxGround> {
  const file = join(import.meta.dirname, `../../public/_locales/${language}/messages.json`);
  const { getMessage } = messagesOf(JSON.parse(readFileSync(file, 'utf8')), language);
  const rig = await startFirefoxRig({ language, ...options });
  const { webmail, desk } = rig;
  const view = ({ context, close, run }: Tab) => viewOf(rig.firefox, { tab: context }, close, run);
  let own = await rig.own();
  const ground: FirefoxGround = {
    webmail,
    desk,
    get firefox() {
      return rig.firefox;
    },
    get own() {
      return own;
    },
    get page() {
      return view(rig.page);
    },
    say: (key, ...values) => getMessage(key, values),
    openThread: async (subject) => {
      await rig.page.bringToFront();
      const thread = await rig.openThread(subject);
      // The tree of the page before may stand a moment longer.
      await ground.page.sees('heading', thread.messages[0]?.subject ?? '');
    },
    show: async (thread) => {
      await rig.page.bringToFront();
      await rig.page.goTo('about:blank');
      await until('nothing is shown', async () => (await ground.page.texts('button')).length === 0);
      await rig.page.goTo(webmail.addressOf(thread));
    },
    toWebmail: () => rig.page.bringToFront(),
    relaunch: async (more) => {
      await rig.firefox.close();
      await rig.relaunch(more);
      own = await rig.own();
    },
    openForm: () => ground.openPopup(ground.say('button_more')),
    openPopup: async (name) => {
      await ground.page.click('button', name);
      return viewOf(rig.firefox, 'popup', rig.firefox.closePopup);
    },
    openOwn: async (path) => view(await rig.firefox.openOwn(path)),
    visit: async (url) => view(await rig.firefox.open(url)),
    opened: async (address) => view(await rig.firefox.opened(address)),
    ask: rig.ask,
    age: () => ground.own.run(age),
    close: rig.close,
  };
  return ground;
}
