/** The stories that Firefox is told as well: rules, notes without a thread, adding to another ticket. */
import { afterAll, beforeAll, describe } from 'vitest';
import { addingMails, addingStory } from '../stories/adding.ts';
import { notesMails, notesStory } from '../stories/notes.ts';
import { rulesMails, rulesStory } from '../stories/rules.ts';
import type { Ground } from '../stories/view.ts';
import { groundOf } from '../support/chromium-ground.ts';
import { type Rig, startRig } from '../support/rig.ts';

let rig: Rig;
let ground: Ground;
beforeAll(async () => {
  rig = await startRig({ mails: [...rulesMails, ...notesMails, ...addingMails], settings: { undoSeconds: 0 } });
  ground = groundOf(rig);
});
afterAll(() => rig?.close());

describe('rules', () => rulesStory(() => ground));
describe('notes', () => notesStory(() => ground));
describe('another ticket', () => addingStory(() => ground));
