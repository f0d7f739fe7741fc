/** The longest task in the webmail's tab while a big thread is captured. */
import { startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

/** Browsers tell of tasks from 50 ms on; a block of this length must be seen, or the observer proves nothing. */
const control = 120;

/** Milliseconds; 0 when none reached 50. Throws when a deliberate block goes unseen or the capture is not whole. */
export async function longestTask(mails: readonly Buffer[]): Promise<number> {
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
    return await seen();
  } finally {
    await rig.close();
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
