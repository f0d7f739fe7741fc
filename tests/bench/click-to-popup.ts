/** From the click on **More ways to send** to the popup's filled form, and what it can't do without: the plain fetches, and a popup. */
import { realPopup, unlisted } from '../support/popup.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { found, until } from '../support/until.ts';
import { median } from './median.ts';
import { rawFetch } from './raw-fetch.ts';

declare const chrome: { readonly action: { setPopup(to: { popup: string }): Promise<void>; openPopup(): Promise<void> } };

const rounds = 20;

/** Medians in milliseconds, taken in turn so that both meet the same machine. */
export async function clickToPopup(): Promise<{ readonly click: number; readonly fetched: number; readonly empty: number }> {
  const rig = await startRig({ settings: { undoSeconds: 0 } });
  try {
    // What a page of options costs, which asks again at every change, is not the popup's.
    for (const page of rig.session.context.pages()) if (page.url().startsWith('chrome-extension:')) await page.close();
    await rig.openThread('Vitrine');
    await rig.button().waitFor();
    const click = await median(rounds, () => oneClick(rig));
    const fetched = await median(rounds, () => rawFetch(rig.page));
    const empty = await median(rounds, () => emptyPopup(rig));
    return { click, fetched, empty };
  } finally {
    await rig.close();
  }
}

async function oneClick(rig: Rig): Promise<number> {
  await rig.page.evaluate(() => {
    addEventListener('click', (event) => Reflect.set(globalThis, 'clickedAt', performance.timeOrigin + event.timeStamp), {
      capture: true,
      once: true,
    });
  });
  await rig.button('More ways to send').click({ noWaitAfter: true });
  const popup = await realPopup(rig.session);
  // Asked anew where the popup's document was still on its way: the time is the popup's own, never ours.
  let filledAt = 0;
  await until('the popup is filled', async () => {
    filledAt = await popup.evaluate<number>(filled).catch(() => 0);
    return filledAt > 0;
  });
  const clickedAt = await rig.page.evaluate(() => Number(Reflect.get(globalThis, 'clickedAt')));
  await popup.close();
  await discard(rig);
  return filledAt - clickedAt;
}

/** Resolves in the popup with the time of the task after the frame in which title and messages stand. */
const filled = `new Promise((resolve) => {
  const isFilled = () => document.querySelectorAll('input[type=checkbox]').length >= 4 && [...document.querySelectorAll('input, textarea')].some((field) => field.value.includes('Vitrine'));
  const look = () => isFilled() ? requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => resolve(performance.timeOrigin + performance.now()); port2.postMessage(0); }) : requestAnimationFrame(look);
  look();
})`;

/** A popup that shows a small text file, from the worker's word to its first paint: the browser's own part. */
async function emptyPopup({ session }: Rig): Promise<number> {
  const worker = await session.worker();
  const asked = await worker.evaluate(async () => {
    await chrome.action.setPopup({ popup: 'manifest.json' });
    const now = performance.timeOrigin + performance.now();
    await chrome.action.openPopup();
    return now;
  });
  const popup = await unlisted(session, `chrome-extension://${session.id}/manifest.json`);
  const painted = await found('the empty popup is painted', () => popup.evaluate<number | null>(firstPaint).then((at) => at ?? undefined));
  // A text file has no ear for Esc.
  await popup.evaluate('window.close()').catch(() => undefined);
  await popup.closed();
  await worker.evaluate(() => chrome.action.setPopup({ popup: 'popup.html' }));
  return painted - asked;
}

const firstPaint = `(() => { const [paint] = performance.getEntriesByType('paint'); return paint ? performance.timeOrigin + paint.startTime : null; })()`;

/** Without this the next click would show the same capture again. */
async function discard(rig: Rig): Promise<void> {
  const { rows } = (await ask(rig.session, 'outbox.opened', {})) as { rows: readonly { readonly id: string }[] };
  for (const { id } of rows) await ask(rig.session, 'capture.discarded', { captureId: id });
  await rig.page.bringToFront();
}
