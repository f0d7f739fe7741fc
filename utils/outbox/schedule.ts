/** The alarm that wakes the worker for the outbox. Browsers forget alarms on updates and restarts: set again at every look. */
import { browser } from '../browser.ts';

export const outboxAlarm = 'outbox';

/** Wakes the worker at `when`, or never. An overdue time means shortly. */
export async function wakeAt(when: number | undefined, now: number): Promise<void> {
  if (when === undefined) {
    await browser.alarms.clear(outboxAlarm);
    return;
  }
  await browser.alarms.create(outboxAlarm, { when: Math.max(when, now + 1_000) });
}
