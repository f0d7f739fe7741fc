/** The ground of stories in Firefox: the rig, with a person's hands and eyes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ground, View } from '../stories/view.ts';
import type { Firefox } from './firefox.ts';
import { type FirefoxRigOptions, startFirefoxRig } from './firefox-rig.ts';
import type { Tab } from './firefox-tab.ts';
import { viewOf } from './firefox-view.ts';
import { messagesOf } from './messages.ts';

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

export async function startFirefoxGround({ language = 'en', ...options }: FirefoxRigOptions): Promise<FirefoxGround> {
  const file = join(import.meta.dirname, `../../public/_locales/${language}/messages.json`);
  const { getMessage } = messagesOf(JSON.parse(readFileSync(file, 'utf8')), language);
  const rig = await startFirefoxRig({ language, ...options });
  const { webmail, desk, firefox, page: tab } = rig;
  const view = ({ context, close }: Tab) => viewOf(firefox, { tab: context }, close);
  const ground: FirefoxGround = {
    webmail,
    desk,
    firefox,
    own: await rig.own(),
    page: view(tab),
    say: (key, ...values) => getMessage(key, values),
    openThread: async (subject) => {
      await tab.bringToFront();
      const thread = await rig.openThread(subject);
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
    ask: rig.ask,
    close: rig.close,
  };
  return ground;
}
