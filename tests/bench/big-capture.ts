/** A big thread captured: the longest task in the webmail's tab meanwhile, and the time it takes beside plain fetches of the same sources. */
import { startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';
import { median } from './median.ts';
import { rawFetch } from './raw-fetch.ts';

/** Browsers tell of tasks from 50 ms on; a block of this length must be seen, or the observer proves nothing. */
const control = 120;
/** Of the plain fetches, whose median counts. */
const rounds = 3;

interface BigCapture {
  /** 0 when no task reached 50. */
  readonly longest: number;
  /** From the click until the last message is stored. */
  readonly captured: number;
  /** Plain fetches alone, by the page itself. */
  readonly fetched: number;
}

/** In milliseconds. Throws when a deliberate block goes unseen or the capture is not whole. */
export async function bigCapture(mails: readonly Buffer[]): Promise<BigCapture> {
  const rig = await startRig({ mails });
  try {
    await rig.openThread('Big thread');
    await rig.page
      .locator('.message')
      .nth(mails.length - 1)
      .waitFor();
    await rig.button().waitFor();
    await rig.page.evaluate(() => {
      const tasks: number[] = [];
      Reflect.set(globalThis, 'tasks', tasks);
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    });
    const seen = () => rig.page.evaluate(() => Math.max(0, ...(Reflect.get(globalThis, 'tasks') as number[]).splice(0)));
    await rig.page.evaluate((milliseconds) => {
      setTimeout(() => {
        const end = performance.now() + milliseconds;
        while (performance.now() < end);
      });
    }, control);
    await until('the deliberate block is seen', async () => (await seen()) >= control * 0.9);
    await rig.page.evaluate(() => {
      const clicked = (event: Event) => Reflect.set(globalThis, 'clickedAt', performance.timeOrigin + event.timeStamp);
      addEventListener('click', clicked, { capture: true, once: true });
    });
    await rig.button('More ways to send').click();
    const id = await ready();
    const capture = (await ask(rig.session, 'capture.opened', { captureId: id })) as {
      readonly messages: readonly unknown[];
      readonly gaps: readonly unknown[];
    };
    if (capture.messages.length !== mails.length || capture.gaps.length)
      throw new Error(`Captured ${capture.messages.length} of ${mails.length} messages`);
    // Frames that pass let the observer hear of what came last.
    await rig.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
    const longest = await seen();
    const clickedAt = await rig.page.evaluate(() => Number(Reflect.get(globalThis, 'clickedAt')));
    const captured = (await storedAt()) - clickedAt;
    return { longest, captured, fetched: await median(rounds, () => rawFetch(rig.page)) };
  } finally {
    await rig.close();
  }

  /** The worker's own ledger says when the last of a capture was stored. */
  async function storedAt(): Promise<number> {
    const { rows } = (await ask(rig.session, 'ledger.opened', { words: 'capture', limit: 1 })) as {
      readonly rows: readonly { readonly at: number; readonly ms: number; readonly purpose: string }[];
    };
    const [read] = rows;
    if (read?.purpose !== 'capture') throw new Error('The ledger has no entry for the capture');
    return read.at + read.ms;
  }

  async function ready(): Promise<string> {
    let id = '';
    await until(
      'the capture is ready',
      async () => {
        const { rows } = (await ask(rig.session, 'outbox.opened', {})) as {
          rows: readonly { readonly id: string; readonly status: string }[];
        };
        id = rows.find(({ status }) => status === 'draft')?.id ?? '';
        return id !== '';
      },
      60_000,
    );
    return id;
  }
}
