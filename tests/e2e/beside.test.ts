import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Popup, realPopup } from '../support/popup.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';

let rig: Rig;
let panel: Popup;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const holds = (text: string) => `[...document.querySelectorAll('input, textarea')].some((field) => field.value.includes('${text}'))`;
const button = (name: string) => `[...document.querySelectorAll('button')].find((one) => one.textContent === '${name}')`;
const drafts = async () =>
  ((await ask(rig.session, 'outbox.opened', {})) as { rows: readonly { readonly status: string }[] }).rows.filter(
    ({ status }) => status === 'draft',
  ).length;

describe('the side panel', () => {
  it('is opened from the popup, which gives way to it, and shows the same thread', async () => {
    await rig.openThread('Vitrine');
    await rig.button().waitFor();
    const popup = await rig.openPopup();
    await popup.waitFor(holds('Vitrine'));
    await popup.click('[aria-label="Keep open beside the page"]');
    await popup.closed();
    panel = await realPopup(rig.session);
    expect(await panel.evaluate('location.search')).toBe('?beside');
    await panel.waitFor(holds('Vitrine'));
  });

  it('follows the tab to another thread, and reads it when it is asked to, not before', async () => {
    await rig.openThread('Relance');
    await panel.waitFor(button('Take the open thread'));
    expect(await drafts()).toBe(1);
    await panel.evaluate(`${button('Take the open thread')}.click()`);
    await panel.waitFor(holds('Relance'));
    expect(await drafts()).toBe(2);
  });

  it('follows to another tab and back, with what was typed', async () => {
    await panel.evaluate(`document.querySelector('textarea').focus()`);
    await panel.type('Rappeler');
    await panel.waitFor(holds('Rappeler'));
    const other = await rig.session.context.newPage();
    await other.goto(rig.desk.origin);
    await other.bringToFront();
    await panel.waitFor(`!${holds('Rappeler')}`);
    await other.close();
    await rig.page.bringToFront();
    await panel.waitFor(holds('Rappeler'));
  });

  it('stays when it has sent, and when Esc is pressed', async () => {
    await panel.press('Escape');
    await panel.press('Enter', 2);
    await panel.waitFor(`document.body.innerText.includes('#4711')`, 30_000);
    expect(await panel.isOpen()).toBe(true);
    expect(rig.desk.store.tickets[0]?.articles.at(-1)?.text).toBe('Rappeler');
  });
});
