import { expect, it } from 'vitest';
import { runHerd } from '../../sim/herd.ts';

it('ten thousand browsers come back from an outage as no more than twice a steady stream', { timeout: 60_000 }, () => {
  const { delivered, peak, mean } = runHerd({ browsers: 10_000, outage: 3_600, capacity: 40, seed: 2 });
  expect(delivered).toBe(10_000);
  expect(peak / mean).toBeLessThanOrEqual(2);
});

it('everything is delivered by a server that can take less than what comes', { timeout: 60_000 }, () => {
  expect(runHerd({ browsers: 2_000, outage: 600, capacity: 2, seed: 1 }).delivered).toBe(2_000);
});
