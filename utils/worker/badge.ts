/** The toolbar icon: how many wait, "!" when a person is needed. Never by colour alone. */
import { browser } from '../browser.ts';
import { type Handover, needsPerson } from '../core/handover.ts';
import { countCaptures, findCapture } from '../outbox/captures.ts';
import { allPauses, countIn, countOpen } from '../outbox/deliveries.ts';
import { findLoss } from '../outbox/loss.ts';
import type { OutboxCounts } from '../views.ts';
import { readHandover } from './handover-store.ts';

let counted: Promise<OutboxCounts> | undefined;

/** Counting ten thousand takes its time: done once, until something changes. */
export function outboxCounts(): Promise<OutboxCounts> {
  counted ??= count().catch((error: unknown) => {
    counted = undefined;
    throw error;
  });
  return counted;
}

/** The outbox has changed. */
export function countAgain(): void {
  counted = undefined;
}

async function count(): Promise<OutboxCounts> {
  const [held, waiting, sending, unsure, stopped, ready, failed, handover, lost] = await Promise.all([
    countIn('held'),
    countIn('waiting'),
    countIn('sending'),
    countIn('unsure'),
    countIn('stopped'),
    countCaptures('ready'),
    countCaptures('failed'),
    readHandover(),
    findLoss(),
  ]);
  const paused = await pausedForPerson();
  const halted = handover !== undefined && needsPerson(handover);
  return {
    waiting: held + waiting + sending + unsure + ready - paused,
    attention: stopped + failed + paused + Number(halted && !(await standsBelow(handover))) + Number(lost !== undefined),
    ...(halted && { handover: true as const }),
    ...(lost && { lost }),
  };
}

/** A thread that it could not read stands in the outbox by itself, and is counted there. */
async function standsBelow({ threads }: Handover): Promise<boolean> {
  for (const { captureId } of threads) if ((await findCapture(captureId))?.status === 'failed') return true;
  return false;
}

/** What waits for a passphrase, a sign-in or a permission: no time makes it go on. */
async function pausedForPerson(): Promise<number> {
  const pauses = (await allPauses()).filter(({ retryAt }) => retryAt === undefined);
  const counts = await Promise.all(pauses.map(({ endpointId }) => countOpen(endpointId)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What can't be counted can't be sent either. */
const unreadable: OutboxCounts = { waiting: 0, attention: 1 };

export async function showBadge(): Promise<void> {
  countAgain();
  const { waiting, attention } = await outboxCounts().catch(() => unreadable);
  const text = attention > 0 ? '!' : waiting > 0 ? (waiting > 999 ? '999+' : String(waiting)) : '';
  await Promise.all([
    browser.action.setBadgeText({ text }),
    browser.action.setBadgeBackgroundColor({ color: attention > 0 ? '#b3261e' : '#44546a' }),
  ]);
}
