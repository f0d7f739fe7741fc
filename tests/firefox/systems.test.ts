/** Ticket systems connected in Firefox: by signing in at their own page, by a pasted curl line, and some that are broken. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { deskSettings } from '../demo/configuration.ts';
import { type DoctorGround, doctorOrigins, doctorSettings, doctorStory, startPatient } from '../stories/doctor.ts';
import { type EditorGround, editorMails, editorSettings, editorStory, startCaseSystem } from '../stories/editor.ts';
import { type SignInGround, signInMails, signInSettings, signInStory } from '../stories/sign-in.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { type FirefoxGround, startFirefoxGround } from '../support/firefox-ground.ts';
import { startOAuthDesk } from '../support/oauth-desk.ts';

describe.skipIf(whyNoFirefox())('a ticket system, connected in Firefox', () => {
  let ground: FirefoxGround;

  const use = async (settings: object): Promise<void> => {
    const { webmail, desk } = ground;
    const document = { ...deskSettings({ desk: desk.origin, token: desk.token, webmail: webmail.origin }), ...settings };
    await ground.ask('settings.imported', { document });
  };

  beforeAll(async () => {
    ground = await startFirefoxGround({ mails: [...signInMails, ...editorMails], origins: doctorOrigins });
  });
  afterAll(() => ground?.close());

  describe('by signing in', () => {
    let signIn: SignInGround;
    beforeAll(async () => {
      const host = createHash('sha1').update(ground.firefox.gecko).digest('hex');
      const redirect = `https://${host}.extensions.allizom.org/`;
      const system = await startOAuthDesk(redirect);
      await use(signInSettings);
      signIn = Object.assign(ground, { system, redirect, stopBackground: ground.firefox.stopBackground });
    });
    afterAll(() => signIn?.system.close());
    signInStory(() => signIn);
  });

  describe('by a pasted line', () => {
    let editor: EditorGround;
    beforeAll(async () => {
      await use(editorSettings);
      editor = Object.assign(ground, { system: await startCaseSystem() });
    });
    afterAll(() => editor?.system.close());
    editorStory(() => editor);
  });

  describe('broken', () => {
    let doctor: DoctorGround;
    beforeAll(async () => {
      const patient = await startPatient();
      await use(doctorSettings(patient));
      doctor = Object.assign(ground, { patient });
    });
    afterAll(() => doctor?.patient.close());
    doctorStory(() => doctor);
  });
});
