/** Mails that break readers, in Firefox, which reads them in the event page. */
import { afterAll, beforeAll, describe } from 'vitest';
import { oddMailStory, oddMails } from '../stories/odd-mail.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { type FirefoxGround, startFirefoxGround } from '../support/firefox-ground.ts';

describe.skipIf(whyNoFirefox())('in Firefox', () => {
  let ground: FirefoxGround;
  beforeAll(async () => {
    ground = await startFirefoxGround({ mails: oddMails, settings: { undoSeconds: 0 } });
  });
  afterAll(() => ground?.close());

  oddMailStory(() => ground);
});
