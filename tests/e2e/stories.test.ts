/** The stories that Firefox is told as well, by the names that a screen reader says, in two languages: a day, and before the holidays. */
import { afterAll, beforeAll, describe } from 'vitest';
import { awayMails, awayStory } from '../stories/away.ts';
import { day, dayMails } from '../stories/day.ts';
import type { Ground } from '../stories/view.ts';
import { groundOf } from '../support/chromium-ground.ts';
import { type Rig, startRig } from '../support/rig.ts';

describe.each(['en', 'fr'])('in %s', (language) => {
  let rig: Rig;
  let ground: Ground;
  const start = async (mails: readonly Buffer[]) => {
    rig = await startRig({ mails, settings: { undoSeconds: 0 }, args: [`--lang=${language}`], env: { LANGUAGE: language } });
    ground = groundOf(rig, language);
  };

  describe('a day', () => {
    beforeAll(() => start(dayMails));
    afterAll(() => rig?.close());
    day(() => ground);
  });

  describe('before the holidays', () => {
    beforeAll(() => start(awayMails));
    afterAll(() => rig?.close());
    awayStory(() => ground);
  });
});
