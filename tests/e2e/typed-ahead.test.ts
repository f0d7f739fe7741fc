/** What a person presses before the popup is drawn; its script is held up here as a busy machine does. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { capture } from '../support/captures.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { until } from '../support/until.ts';

declare const held: PromiseWithResolvers<void>;
declare const isClosed: boolean | undefined;
declare const chrome: { readonly runtime: { sendMessage(message: unknown): Promise<unknown> } };

let rig: Rig;
let address: string;
beforeAll(async () => {
  rig = await startRig({ settings: { undoSeconds: 0 } });
  await rig.openThread('Vitrine');
  address = `chrome-extension://${rig.session.id}/popup.html?capture=${await capture(rig, 'Vitrine')}`;
});
afterAll(() => rig.close());

/** The popup's page as it stands before anything of it was drawn or asked: `before` runs ahead of its scripts. */
async function openHeld(before: () => void): Promise<Page> {
  const page = await rig.session.context.newPage();
  await page.addInitScript(before);
  await page.goto(address);
  return page;
}

it('closes with Esc though it has drawn nothing yet', async () => {
  const page = await openHeld(() => {
    // Nothing that waits for a frame or a while happens: no effect of the first drawing.
    globalThis.requestAnimationFrame = () => 0;
    globalThis.setTimeout = (() => 0) as unknown as typeof setTimeout;
    globalThis.close = () => {
      Object.assign(globalThis, { isClosed: true });
    };
  });
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => isClosed)).toBe(true);
  await page.close();
});

it('puts what was typed into the note, and sends it by Ctrl+Enter', async () => {
  const page = await openHeld(() => {
    Object.assign(globalThis, { held: Promise.withResolvers<void>() });
    const { runtime } = chrome;
    const send = runtime.sendMessage.bind(runtime);
    runtime.sendMessage = async (message) => {
      await held.promise;
      return send(message);
    };
  });
  await page.keyboard.type('Call back at 9');
  await page.keyboard.press('Control+Enter');
  await page.evaluate(() => held.resolve());
  await until('the ticket is there', () => rig.desk.store.tickets.length === 1, 30_000);
  expect(rig.desk.store.tickets[0]?.articles.filter(({ internal }) => internal).map(({ text }) => text)).toEqual(['Call back at 9']);
  await page.close();
});
