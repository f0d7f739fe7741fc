import { endpointsWithDue, findPause, nextDue } from './deliveries.ts';

/** When something comes due after `now`, a pause that ends included; `undefined` while everything waits for a person, or nothing waits. */
export async function nextLook(now: number): Promise<number | undefined> {
  const times: number[] = [];
  for (const endpointId of await endpointsWithDue()) {
    const pause = await findPause(endpointId);
    const isOver = pause?.retryAt !== undefined && pause.retryAt <= now;
    const due = pause && !isOver ? pause.retryAt : await nextDue(endpointId, now);
    if (due !== undefined) times.push(due);
  }
  return times.length > 0 ? Math.min(...times) : undefined;
}
