/** What an administrator sets, by a policy file in Chromium; it changes in the open browser. */
import { afterAll, beforeAll, describe } from 'vitest';
import { type ManagedGround, managedMails, managedPolicy, managedStory } from '../stories/managed.ts';
import { groundOf } from '../support/chromium-ground.ts';
import { grant } from '../support/permissions.ts';
import { type Policies, startPolicies, whyNoPolicies } from '../support/policies.ts';
import { loopback, type Rig, type RigOptions, startRig } from '../support/rig.ts';

const reason = whyNoPolicies();
if (reason) console.warn(`SKIPPED: no browser with a policy: ${reason}`);

describe.skipIf(reason)('what an administrator sets', () => {
  let rig: Rig;
  let ground: ManagedGround;

  beforeAll(async () => {
    let policies: Policies | undefined;
    const startWith: RigOptions['startWith'] = (webmail, desk) => {
      policies = startPolicies(managedPolicy(webmail, desk));
      return { executablePath: policies.executablePath };
    };
    rig = await startRig({ mails: managedMails, bare: true, startWith });
    ground = {
      ...groundOf(rig),
      // Nothing can press the browser's own question in headless mode.
      allow: () => grant(rig.session, [loopback]),
      change: async (policy) => policies?.write(policy),
    };
  });
  afterAll(() => rig?.close());

  managedStory(() => ground);
});
