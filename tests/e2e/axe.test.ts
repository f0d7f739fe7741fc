import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { capture, openForm } from '../support/captures.ts';
import { type Rig, startRig } from '../support/rig.ts';

const themes = ['light', 'dark'] as const;

let rig: Rig;
let captureId: string;
beforeAll(async () => {
  rig = await startRig();
  await rig.openThread('Vitrine');
  captureId = await capture(rig, 'Vitrine');
});
afterAll(() => rig.close());

it('axe sees what is wrong, or its silence means nothing', async () => {
  const page = await openForm(rig, captureId);
  await page.evaluate(() => {
    const input = document.createElement('input');
    const pale = document.createElement('p');
    pale.textContent = 'pale';
    pale.style.cssText = 'color: #999; background: #aaa';
    document.body.append(input, pale);
  });
  expect((await violations(page)).map((one) => one.split(':')[0])).toEqual(expect.arrayContaining(['label', 'color-contrast']));
  await page.close();
});

it.each(['popup.html?capture=', 'options.html#/privacy', 'welcome.html'])('%s has no words too small to read', async (path) => {
  const page = await rig.session.open(path.endsWith('=') ? `${path}${captureId}` : path);
  await page
    .getByRole(path.startsWith('popup') ? 'tab' : 'heading')
    .first()
    .waitFor();
  const sizes = await page.evaluate(() => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set<number>();
    while (words.nextNode())
      if (words.currentNode.parentElement) found.add(Number.parseFloat(getComputedStyle(words.currentNode.parentElement).fontSize));
    return [...found];
  });
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  await page.close();
});

describe.each(themes)('in the %s theme', (colorScheme) => {
  it.each(['Thread', 'Note', 'Outbox', 'Tickets'])('the popup has no fault in its tab %s', async (tab) => {
    const page = await openForm(rig, captureId);
    await page.emulateMedia({ colorScheme });
    await page.getByRole('tab', { name: tab }).click();
    expect(await page.getByRole('tab', { name: tab }).getAttribute('aria-selected')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('the options have no fault in any section, nor in the form of each ticket system', async () => {
    const page = await rig.session.open('options.html');
    await page.emulateMedia({ colorScheme });
    const sections = page.getByRole('navigation').getByRole('link');
    await sections.first().waitFor();
    for (let at = 0; at < (await sections.count()); at += 1) {
      await sections.nth(at).click();
      expect(await violations(page), (await sections.nth(at).textContent()) ?? '').toEqual([]);
    }
    await sections.first().click();
    await page.getByRole('button', { name: 'Add a ticket system' }).click();
    expect(await violations(page), 'adding a ticket system').toEqual([]);
    await page.close();
  });

  it('the welcome page has no fault', async () => {
    const page = await rig.session.open('welcome.html');
    await page.emulateMedia({ colorScheme });
    await page.getByRole('heading').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('the button in the page has no fault, nor has its toast', async () => {
    await rig.page.emulateMedia({ colorScheme });
    await rig.page.bringToFront();
    await rig.openThread(colorScheme === 'light' ? 'Delivery of 12 March' : 'Relance');
    await rig.button().waitFor();
    expect(await violations(rig.page, 'relais-button')).toEqual([]);
    await rig.button().click();
    await rig.page.locator('relais-button').getByRole('status').getByRole('button', { name: 'Undo' }).waitFor();
    expect(await violations(rig.page, 'relais-button')).toEqual([]);
    await rig.page.locator('relais-button').getByRole('status').getByRole('button', { name: 'Undo' }).click();
  });
});
