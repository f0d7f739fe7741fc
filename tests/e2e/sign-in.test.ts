/** Signing in by OAuth 2 in Chromium. */
import { afterAll, beforeAll } from 'vitest';
import { type SignInGround, signInMails, signInSettings, signInStory } from '../stories/sign-in.ts';
import { groundOf } from '../support/chromium-ground.ts';
import { extensionId } from '../support/extension.ts';
import { startOAuthDesk } from '../support/oauth-desk.ts';
import { type Rig, startRig } from '../support/rig.ts';

const redirect = `https://${extensionId}.chromiumapp.org/`;
let rig: Rig;
let ground: SignInGround;

beforeAll(async () => {
  rig = await startRig({ mails: signInMails, settings: signInSettings });
  const system = await startOAuthDesk(redirect);
  ground = { ...groundOf(rig), system, redirect, stopBackground: () => rig.session.stopWorker() };
});
afterAll(async () => {
  await rig?.close();
  await ground?.system.close();
});

signInStory(() => ground);
