/** Connecting a system that has no recipe, in Chromium. */
import { afterAll, beforeAll } from 'vitest';
import { type EditorGround, editorMails, editorSettings, editorStory, startCaseSystem } from '../stories/editor.ts';
import { groundOf } from '../support/chromium-ground.ts';
import { type Rig, startRig } from '../support/rig.ts';

let rig: Rig;
let ground: EditorGround;
beforeAll(async () => {
  rig = await startRig({ mails: editorMails, settings: editorSettings });
  ground = { ...groundOf(rig), system: await startCaseSystem() };
});
afterAll(async () => {
  await rig?.close();
  await ground?.system.close();
});

editorStory(() => ground);
