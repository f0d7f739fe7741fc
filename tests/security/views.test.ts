/** Hostile words in every view of Relais, in Chromium. */
import { afterAll, beforeAll } from 'vitest';
import { type HostileGround, hostileWordsStory, startEnemy } from '../stories/hostile-words.ts';
import { groundOf, viewOf } from '../support/chromium-ground.ts';
import { type Rig, startRig } from '../support/rig.ts';

let rig: Rig;
let ground: HostileGround;

beforeAll(async () => {
  const enemy = await startEnemy();
  rig = await startRig({ mails: enemy.mails, settings: enemy.settings });
  ground = {
    ...groundOf(rig),
    enemy,
    visit: async (url) => {
      const page = await rig.session.context.newPage();
      await page.goto(url);
      return viewOf(page);
    },
    hasRunBehind: async () => (await rig.session.worker()).evaluate(() => Reflect.has(globalThis, '__ran')),
  };
});
afterAll(async () => {
  await rig?.close();
  await ground?.enemy.close();
});

hostileWordsStory(() => ground);
