/** Hostile words in every view of Relais, in Firefox. */
import { afterAll, beforeAll, describe } from 'vitest';
import { type HostileGround, hostileWordsStory, startEnemy } from '../stories/hostile-words.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { type FirefoxGround, startFirefoxGround } from '../support/firefox-ground.ts';

declare const browser: { readonly runtime: { getBackgroundPage(): Promise<Window> } };

describe.skipIf(whyNoFirefox())('in Firefox', () => {
  let ground: FirefoxGround & HostileGround;

  beforeAll(async () => {
    const enemy = await startEnemy();
    const firefox = await startFirefoxGround({ mails: enemy.mails, settings: enemy.settings });
    const hostile: Pick<HostileGround, 'enemy' | 'hasRunBehind'> = {
      enemy,
      hasRunBehind: () => firefox.own.run(async () => Reflect.has(await browser.runtime.getBackgroundPage(), '__ran')),
    };
    ground = Object.assign(firefox, hostile);
  });
  afterAll(async () => {
    await ground?.close();
    await ground?.enemy.close();
  });

  hostileWordsStory(() => ground);
});
