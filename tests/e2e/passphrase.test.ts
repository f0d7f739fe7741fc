/** Credentials under a passphrase: what is clicked while they are locked waits, and goes out by itself afterwards. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Rig, startRig } from '../support/rig.ts';
import { ask, badgeText } from '../support/settings.ts';
import { until } from '../support/until.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ settings: { undoSeconds: 0 } });
});
afterAll(() => rig?.close());

interface Outbox {
  readonly rows: readonly { readonly status: string; readonly error?: { readonly code: string } }[];
}
const outbox = async () => ((await ask(rig.session, 'outbox.opened', {})) as Outbox).rows;

it('is set in the options', async () => {
  const options = await rig.session.open('options.html#/privacy');
  await options.getByLabel('New passphrase').fill('correct horse');
  await options.getByLabel('The new one again').fill('correct horse');
  await options.getByRole('button', { name: 'Set passphrase' }).click();
  await options.getByRole('button', { name: 'Lock now' }).waitFor();
  await options.close();
});

it('survives a stopped worker unlocked', async () => {
  await rig.session.stopWorker();
  expect(await ask(rig.session, 'settings.opened', {})).toMatchObject({ vault: 'open', secrets: { desk: ['token'] } });
});

it('holds back what is sent after a restart of the browser, in words', async () => {
  await rig.session.context.close();
  await rig.relaunch();
  await rig.openThread('Vitrine');
  await rig.button().click();
  await rig.button('Not sent yet: see why').waitFor();
  await until('the icon calls a person', async () => (await badgeText(rig.session)) === '!');
  expect(await outbox()).toMatchObject([{ status: 'paused', error: { code: 'locked' } }]);
  // No doubt is left behind: it is not as if something had been sent.
  await rig.session.stopWorker();
  expect(await outbox()).toMatchObject([{ status: 'paused', error: { code: 'locked' } }]);
  expect(rig.desk.seen.filter(({ method }) => method === 'POST')).toEqual([]);
});

it('keeps a test of the connection and a wrong passphrase from getting anywhere', async () => {
  const options = await rig.session.open('options.html#/systems/edit/desk');
  await options.getByRole('button', { name: 'Test connection' }).click();
  await options.getByText('That did not work.').waitFor();
  await options.getByLabel('Passphrase').fill('correct hose');
  await options.getByRole('button', { name: 'Unlock' }).click();
  await options.getByText('This is not the passphrase. Try again.').waitFor();
  await options.close();
  expect(await outbox()).toHaveLength(1);
});

it('is typed in the popup, and the ticket is made without another click', async () => {
  const popup = await rig.session.open('popup.html');
  await popup.getByRole('tab', { name: /Outbox/ }).click();
  await popup.getByRole('listitem').getByText('Locked: type your passphrase').waitFor();
  await popup.getByLabel('Passphrase').fill('correct horse');
  await popup.getByRole('button', { name: 'Unlock' }).click();
  const ticket = await rig.desk.store.first(30_000);
  await popup.getByLabel('Passphrase').waitFor({ state: 'detached' });
  await until('the outbox is empty', async () => (await outbox()).length === 0);
  await until('the icon is calm again', async () => (await badgeText(rig.session)) === '');
  expect(rig.desk.store.tickets).toHaveLength(1);
  expect(ticket.articles).toHaveLength(3);
});
