import { dueOf, isBeyond, policy, resumed } from './decide.ts';
import { allPauses, changeDelivery, deliveriesIn, dueBeyond, putPause } from './deliveries.ts';

/** A clock that was set back must not put anything off for years: what is due later than can be is due now. */
export async function mendClock(now: number): Promise<void> {
  const held = await deliveriesIn('held', 10_000);
  const late = held.filter((delivery) => (dueOf(delivery) ?? now) > now + policy.longestHeld).map(({ id }) => id);
  for (const id of [...late, ...(await dueBeyond(now + 2 * policy.longestAsked))])
    await changeDelivery(id, (delivery) => resumed(delivery, now));
  for (const pause of await allPauses())
    if (pause.retryAt !== undefined && isBeyond(pause.retryAt, now)) await putPause({ ...pause, retryAt: now });
}
