/** What an administrator sets, by a `policies.json` in Firefox, which reads it once, when it starts. */
import { afterAll, beforeAll, describe } from 'vitest';
import { type ManagedGround, managedMails, managedPolicy, managedStory } from '../stories/managed.ts';
import { temporaryFolder } from '../support/extension.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { startFirefoxGround } from '../support/firefox-ground.ts';

describe.skipIf(whyNoFirefox())('what an administrator sets in Firefox', () => {
  let ground: ManagedGround & { close(): Promise<void> };

  beforeAll(async () => {
    const firefox = await startFirefoxGround({
      mails: managedMails,
      bare: true,
      home: temporaryFolder('firefox-home'),
      startWith: (webmail, desk) => ({ policy: managedPolicy(webmail, desk) }),
    });
    const administered: Pick<ManagedGround, 'allow' | 'change'> = {
      allow: (options) => options.click('button', firefox.say('managedAllow')),
      change: (policy) => firefox.relaunch({ policy }),
    };
    ground = Object.assign(firefox, administered);
  });
  afterAll(() => ground?.close());

  managedStory(() => ground);
});
