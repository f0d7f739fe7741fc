import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { deskSettings } from '../../demo/configuration.ts';
import { launch, type Session } from '../../support/chromium.ts';
import { extensionId } from '../../support/extension.ts';
import { importSettings } from '../../support/settings.ts';
import { median, medianOf } from '../median.ts';
import { bundled } from '../outbox/bundle.ts';
import type { Bench } from '../outbox/in-page.ts';
import type { Section } from '../section.ts';
import type { PopupBench } from './in-page.ts';

declare const bench: Bench;
declare const popupBench: PopupBench;

const rounds = 9;

/** The popup at its worst: 100 messages with 60 files, 10,000 deliveries in the outbox, 2,000 queues; in a real browser. */
export const popup: Section = async () => {
  const session = await launch({ viewport: { width: 420, height: 600 } });
  try {
    const filler = await session.open('recipes/catalogue.json');
    await importSettings(session, deskSettings({ desk: 'http://127.0.0.1:9', token: 'bench', webmail: 'http://127.0.0.1:9' }));
    for (const page of session.context.pages()) if (page !== filler) await page.close();
    await filler.evaluate(await bundled(join(import.meta.dirname, '../outbox/in-page.ts')));
    await filler.evaluate(await bundled(join(import.meta.dirname, 'in-page.ts')));
    await filler.evaluate(() => bench.store('many', 10_000, true));
    await filler.evaluate(() => popupBench.captured('big', 100, 60));
    await filler.evaluate(() => popupBench.queues('desk', 2_000));
    const painted = await median(rounds, () => firstPaint(session));
    const filled = await median(rounds, () => whenFilled(session));
    const page = await opened(session);
    const queue = await typing(page, page.getByRole('combobox', { name: 'Queue' }), 'queue 1234 north');
    const note = await typing(page, page.getByRole('textbox', { name: 'Note' }), 'They want it mended');
    return {
      results: { popup_first_paint_ms: painted, popup_filled_ms: filled, popup_input_delay_ms: queue, popup_note_delay_ms: note },
      bars: { popup_first_paint_ms: { atMost: 100 }, popup_input_delay_ms: { atMost: 50 }, popup_note_delay_ms: { atMost: 50 } },
    };
  } finally {
    await session.close();
  }
};

const address = `chrome-extension://${extensionId}/popup.html?capture=big`;

/** From the start of the navigation to the browser's own word that something was painted. */
async function firstPaint(session: Session): Promise<number> {
  const page = await session.context.newPage();
  await page.goto(address);
  const time = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const seen = (entries: readonly PerformanceEntry[]) => {
          const paint = entries.find(({ name }) => name === 'first-contentful-paint');
          if (paint) resolve(paint.startTime);
        };
        new PerformanceObserver((list) => seen(list.getEntries())).observe({ type: 'paint', buffered: true });
      }),
  );
  await page.close();
  return time;
}

/** From the start of the navigation to the frame after title and messages stand there. */
async function whenFilled(session: Session): Promise<number> {
  const page = await session.context.newPage();
  await page.addInitScript(() => {
    const look = () =>
      document.querySelector('.title-input') && document.querySelectorAll('.rows .row').length > 5
        ? requestAnimationFrame(() => Reflect.set(globalThis, 'filledAt', performance.now()))
        : requestAnimationFrame(look);
    requestAnimationFrame(look);
  });
  await page.goto(address);
  const filled = await page.waitForFunction(() => Reflect.get(globalThis, 'filledAt') as number | undefined, undefined, { polling: 20 });
  const time = Number(await filled.jsonValue());
  await page.close();
  return time;
}

async function opened(session: Session): Promise<Page> {
  const page = await session.context.newPage();
  await page.goto(address);
  await page.locator('.rows .row').first().waitFor();
  // All of them, as somebody who looks at the whole thread has it.
  await page.locator('.list-more').first().click();
  return page;
}

/** Of real keys: the time from the browser's stamp on the key to the task after the next frame. The slowest of twenty of a round, median of rounds. */
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
  const slowest: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await field.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.evaluate(() => void (Reflect.get(globalThis, 'delays') as number[]).splice(0));
    for (const key of text) await page.keyboard.press(key === ' ' ? 'Space' : key);
    await page.waitForFunction((keys) => (Reflect.get(globalThis, 'delays') as number[]).length >= keys, text.length, { polling: 20 });
    slowest.push(await page.evaluate(() => Math.max(...(Reflect.get(globalThis, 'delays') as number[]))));
    await page.keyboard.press('Escape');
  }
  return medianOf(slowest);
}
