/** A worker that rests after half a minute, as it does for a person and never under a debugger: what the passphrase locks and unlocks. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { extensionId } from '../support/extension.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { launchUndebugged, type Undebugged, type UndebuggedPage } from '../support/undebugged.ts';
import { until } from '../support/until.ts';

let rig: Rig;
let browser: Undebugged;

beforeAll(async () => {
  rig = await startRig({ settings: { undoSeconds: 0 } });
  await ask(rig.session, 'passphrase.changed', { current: '', next: 'correct horse' });
  await rig.session.context.close();
  browser = await launchUndebugged(rig.session.profile);
});
afterAll(async () => {
  await browser?.close();
  await rig?.close();
});

const rested = () => until('the worker rests', async () => !(await browser.workerRuns()), 50_000);
const button = `document.querySelector('relais-button')?.shadowRoot.querySelector('.send:enabled')`;

async function send(subject: string, said: string): Promise<void> {
  const thread = rig.webmail.threads.find(({ messages }) => messages[0]?.subject.startsWith(subject));
  if (!thread) throw new Error(`The webmail has no thread ${subject}`);
  const page = await browser.open(rig.webmail.addressOf(thread));
  await page.click(button);
  await page.waitFor(`${button}?.textContent.startsWith('${said}')`, 30_000);
  await page.close();
}

const unlocking = (popup: UndebuggedPage) => popup.waitFor(`document.querySelector('input[type=password]')`);

it('stays locked when it wakes, and asks', async () => {
  await send('Vitrine', 'Not sent yet');
  await rested();
  const popup = await browser.open(`chrome-extension://${extensionId}/popup.html`);
  await unlocking(popup);
  await popup.click(`document.querySelector('input[type=password]')`);
  await popup.type('correct horse');
  await popup.click(`[...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Unlock')`);
  await rig.desk.store.first(30_000);
  await popup.close();
  expect(rig.desk.store.tickets).toHaveLength(1);
}, 100_000);

it('stays unlocked when it wakes, and sends', async () => {
  await rested();
  await send('Relance', 'In tickets');
  expect(rig.desk.store.tickets).toHaveLength(2);
}, 100_000);
