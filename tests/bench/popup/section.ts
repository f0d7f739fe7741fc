import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { deskSettings } from '../../demo/configuration.ts';
import { launch, type Session } from '../../support/chromium.ts';
import { unpackedExtension } from '../../support/extension.ts';
import { pinToToolbar } from '../../support/permissions.ts';
import { type Popup, realPopup } from '../../support/popup.ts';
import { importSettings } from '../../support/settings.ts';
import { median, medianOf } from '../median.ts';
import { bundled } from '../outbox/bundle.ts';
import type { Bench } from '../outbox/in-page.ts';
import type { Section } from '../section.ts';
import type { PopupBench } from './in-page.ts';

declare const bench: Bench;
declare const popupBench: PopupBench;
declare const chrome: { readonly action: { setPopup(what: { popup: string }): Promise<void>; openPopup(): Promise<void> } };

const rounds = 9;
const path = 'popup.html?capture=big';
/** A popup of one sentence: what the machine of today takes for showing any. `realPopup` knows a popup by how its address begins. */
const bare = 'popup.html.bare.html';

/** The popup at its worst: 100 messages with 60 files, 10,000 deliveries in the outbox, 2,000 queues; in a real browser. */
export const popup: Section = async () => {
  writeFileSync(join(unpackedExtension(), bare), '<!doctype html><body style="width: 420px; height: 560px">One sentence.');
  const session = await launch({ viewport: { width: 420, height: 600 } });
  try {
    const filler = await session.open('recipes/catalogue.json');
    await importSettings(session, deskSettings({ desk: 'http://127.0.0.1:9', token: 'bench', webmail: 'http://127.0.0.1:9' }));
    await pinToToolbar(session);
    for (const page of session.context.pages()) if (page !== filler) await page.close();
    await filler.evaluate(await bundled(join(import.meta.dirname, '../outbox/in-page.ts')));
    await filler.evaluate(await bundled(join(import.meta.dirname, 'in-page.ts')));
    await filler.evaluate(() => bench.fill('many', 10_000));
    await filler.evaluate(() => popupBench.captured('big', 100, 60));
    await filler.evaluate(() => popupBench.queues('desk', 2_000));
    const painted = await median(rounds, () => inToolbar(session, filler, firstPaint));
    const barePainted = await median(rounds, () => inToolbar(session, filler, firstPaint, bare));
    const filled = await median(rounds, () => inToolbar(session, filler, whenFilled));
    const page = await opened(session);
    const queue = await typing(page, page.getByRole('combobox', { name: 'Queue' }), 'queue 1235 north');
    const note = await typing(page, page.getByRole('textbox', { name: 'Note' }), 'They want it mended');
    const tick = await typing(page, page.locator('.rows input').nth(2), '  ');
    await filler.bringToFront();
    await filler.evaluate(() => document.body.append(document.createElement('textarea')));
    const bareTyped = await typing(filler, filler.getByRole('textbox'), 'They want it mended');
    return {
      results: {
        popup_first_paint_ms: painted,
        popup_filled_ms: filled,
        popup_input_delay_ms: queue,
        popup_note_delay_ms: note,
        popup_tick_delay_ms: tick,
        // A text area and nothing else.
        bare_input_delay_ms: bareTyped,
        bare_first_paint_ms: barePainted,
      },
      bars: {
        popup_first_paint_ms: { atMost: 100 },
        popup_input_delay_ms: { atMost: 50 },
        popup_note_delay_ms: { atMost: 50 },
      },
    };
  } finally {
    await session.close();
  }
};

/** Opens the toolbar's own popup for the capture, or a page, and closes it again. */
async function inToolbar(session: Session, opener: Page, measure: (popup: Popup) => Promise<number>, page = path): Promise<number> {
  await opener.bringToFront();
  await opener.evaluate((popup) => chrome.action.setPopup({ popup }), page);
  await opener.evaluate(() => chrome.action.openPopup());
  const popup = await realPopup(session);
  const time = await measure(popup);
  // It goes before it can answer.
  await popup.evaluate('window.close()').catch(() => undefined);
  await popup.closed();
  return time;
}

/** From the start of the navigation to the browser's own word that something can be read. */
const firstPaint = (popup: Popup) =>
  popup.evaluate<number>(`new Promise((resolve) => {
    const seen = (list) => list.getEntries().forEach(({ name, startTime }) => name === 'first-contentful-paint' && resolve(startTime));
    new PerformanceObserver(seen).observe({ type: 'paint', buffered: true });
  })`);

/** From the start of the navigation to the frame in which title and messages stand there. */
const whenFilled = (popup: Popup) =>
  popup.evaluate<number>(`new Promise((resolve) => {
    const isFilled = () => document.querySelector('.title-input') && document.querySelectorAll('.rows .row').length > 5;
    const look = () => requestAnimationFrame(isFilled() ? () => resolve(performance.now()) : look);
    look();
  })`);

async function opened(session: Session): Promise<Page> {
  const page = await session.open(path);
  await page.locator('.rows .row').first().waitFor();
  // All of them, as somebody who looks at the whole thread has it.
  for (const more of await page.locator('.list-more').all()) await more.click();
  return page;
}

/**
 * Of real keys: the time from the browser's stamp on the key to the task after the next frame. Of each key of the text the
 * median of all rounds, and of these the slowest: the first key of a list of thousands costs more than the last.
 */
async function typing(page: Page, field: Locator, text: string): Promise<number> {
  await field.waitFor();
  await page.evaluate(() => {
    Reflect.set(globalThis, 'delays', []);
    addEventListener(
      'keydown',
      ({ timeStamp }) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => (Reflect.get(globalThis, 'delays') as number[]).push(performance.now() - timeStamp);
          port2.postMessage(0);
        }),
      { capture: true },
    );
  });
  const delays: (readonly number[])[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await field.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.evaluate(() => void (Reflect.get(globalThis, 'delays') as number[]).splice(0));
    for (const key of text) await page.keyboard.press(key === ' ' ? 'Space' : key);
    await page.waitForFunction((keys) => (Reflect.get(globalThis, 'delays') as number[]).length >= keys, text.length, { polling: 20 });
    delays.push(await page.evaluate(() => Reflect.get(globalThis, 'delays') as number[]));
    // Not Esc, which would close the page of a field without a list.
    await field.blur();
  }
  return Math.max(...Array.from(text, (_, key) => medianOf(delays.flatMap((round) => round[key] ?? []))));
}
