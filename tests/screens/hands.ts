/** What a person's hands do between the pictures. */
import { capture } from '../support/captures.ts';
import { type Popup, realPopup } from '../support/popup.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';
import type { Office } from './office.ts';

/** A thread of several messages, with files and a picture. */
export const showcase = 'Vitrine';

/** Opens a thread, captures it as a click on **More ways to send** does, and gives the capture's id. */
export async function take(office: Office, subject: string): Promise<string> {
  const { session } = office.rig;
  await office.openThread(subject);
  const openPopup = async () => {
    await office.rig.button(office.say('button_more')).click();
    const popup = await realPopup(session);
    return { ...popup, close: () => closePopup(popup) };
  };
  return capture({ session, openPopup }, subject);
}

/** Without a key, which a popup that has not got the focus yet does not hear. */
export async function closePopup(popup: Popup): Promise<void> {
  // It answers nothing any more.
  await popup.evaluate('close()').catch(() => undefined);
  await popup.closed();
}

/** Lays edits over a draft. */
export const edit = (office: Office, captureId: string, edits: object) => ask(office.rig.session, 'draft.edited', { captureId, edits });
const rows = async (office: Office) =>
  ((await ask(office.rig.session, 'outbox.opened', {})) as { rows: readonly { readonly id: string; readonly status: string }[] }).rows;

/** As **Send** in the popup. */
export async function send(office: Office, captureId: string): Promise<void> {
  await ask(office.rig.session, 'draft.submitted', { captureId });
}

/** Resolves when it stands in the outbox like this. */
export const becomes = (office: Office, id: string, status: string) =>
  until(`${id} is ${status}`, async () => (await rows(office)).some((row) => row.id === id && row.status === status), 30_000);

/** Resolves when it has left the outbox. */
export const isDelivered = (office: Office, id: string) =>
  until(`${id} is delivered`, async () => !(await rows(office)).some((row) => row.id === id), 30_000);

/** Holds the originals that the webmail gives, from the one after these on, until what it resolves to is called. */
export async function holdMessages({ rig: { page } }: Office, freely: number): Promise<() => Promise<void>> {
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  await page.route('**/raw/*', async (route) => {
    asked += 1;
    if (asked > freely) await gate.promise;
    await route.continue();
  });
  return async () => {
    gate.resolve();
    await page.unrouteAll({ behavior: 'wait' });
  };
}
