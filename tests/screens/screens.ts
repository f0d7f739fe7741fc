/** Every screen, in the order of a day: what is done for one picture, the next ones show. */
import { referenceOf } from '../../utils/core/reference.ts';
import { ask, importSettings } from '../support/settings.ts';
import { fillDesk, settingsOf, takenMessage } from './day.ts';
import { showcase, take } from './hands.ts';
import type { Office } from './office.ts';
import { handover, options } from './pages.ts';
import { collecting, empty, note, outbox, sending, threads, tickets, titleIsThere } from './popup.ts';
import { typedIn } from './typed.ts';

/** Takes every picture of one language. */
export async function takeAll(office: Office): Promise<void> {
  const { desk } = office.rig;
  await beforeSettings(office);
  fillDesk(desk.store, await referenceOf(takenMessage));
  await importSettings(office.rig.session, settingsOf(typedIn(office.language), desk.token));
  await button(office);
  await sending(office);
  await tickets(office);
  await threads(office);
  await collecting(office);
  await empty(office);
  await note(office);
  await outbox(office);
  await options(office);
  await handover(office);
}

async function beforeSettings(office: Office): Promise<void> {
  await office.picture('welcome', 'welcome.html', (page) => page.getByRole('heading').first().waitFor());
  const { webmails } = settingsOf(typedIn(office.language), '') as { webmails: object };
  await importSettings(office.rig.session, { version: 1, webmails });
  const id = await take(office, showcase);
  await office.picture('popup-nosystem', `popup.html?capture=${id}`, titleIsThere(office));
  await ask(office.rig.session, 'capture.discarded', { captureId: id });
}

async function button(office: Office): Promise<void> {
  const { rig } = office;
  await office.openThread(showcase);
  await rig.button(office.say('button_send')).click();
  const undo = rig.page
    .locator('relais-button')
    .getByRole('status')
    .getByRole('button', { name: office.say('button_undo') });
  await undo.waitFor();
  await office.photograph('button', rig.page);
  await undo.click();
  await rig.button(office.say('button_send')).waitFor();
}
