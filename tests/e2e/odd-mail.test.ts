import { afterAll, beforeAll } from 'vitest';
import { oddMailStory, oddMails } from '../stories/odd-mail.ts';
import type { Ground } from '../stories/view.ts';
import { groundOf } from '../support/chromium-ground.ts';
import { type Rig, startRig } from '../support/rig.ts';

let rig: Rig;
let ground: Ground;
beforeAll(async () => {
  rig = await startRig({ mails: oddMails, settings: { undoSeconds: 0 } });
  ground = groundOf(rig);
});
afterAll(() => rig?.close());

oddMailStory(() => ground);
