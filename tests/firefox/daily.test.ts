/** A day with Relais in Firefox, by the names that a screen reader says, in two languages: taken back, told back, tickets, rules, notes, adding. */

import { afterAll, beforeAll, describe } from 'vitest';
import { day, dayMails } from '../stories/day.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { type FirefoxGround, startFirefoxGround } from '../support/firefox-ground.ts';

const reason = whyNoFirefox();

describe.skipIf(reason).each(['en', 'fr'])('a day in Firefox, in %s', (language) => {
  let ground: FirefoxGround;
  beforeAll(async () => {
    ground = await startFirefoxGround({ mails: dayMails, language, settings: { undoSeconds: 0 } });
  });
  afterAll(() => ground?.close());

  day(() => ground);
});
