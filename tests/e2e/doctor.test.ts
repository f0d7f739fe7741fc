/** "Test connection" of a system that is broken, in Chromium. */
import { afterAll, beforeAll } from 'vitest';
import { type DoctorGround, doctorOrigins, doctorSettings, doctorStory, startPatient } from '../stories/doctor.ts';
import { groundOf } from '../support/chromium-ground.ts';
import { grant } from '../support/permissions.ts';
import { type Rig, startRig } from '../support/rig.ts';

let rig: Rig;
let ground: DoctorGround;
beforeAll(async () => {
  const patient = await startPatient();
  rig = await startRig({ settings: doctorSettings(patient) });
  await grant(rig.session, doctorOrigins);
  ground = { ...groundOf(rig), patient };
});
afterAll(async () => {
  await rig?.close();
  await ground?.patient.close();
});

doctorStory(() => ground);
