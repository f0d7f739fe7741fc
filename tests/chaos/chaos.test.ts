/** A short storm, in every run of the lab: the same program as `npm run test:chaos`, bounded in time. */
import { describe, expect, it } from 'vitest';
import { ticketSystems } from '../lab/lab.ts';
import { runChaos } from './chaos.ts';
import { corruptions, runCorruption } from './corrupt.ts';
import type { SystemName } from './ground.ts';

const running = ticketSystems();
const systems = (['rt', 'znuny'] as const satisfies readonly SystemName[]).filter((name) => running[name]);
if (systems.length < 2) console.warn('The lab lacks a ticket system: start both with tests/lab/tickets/start rt znuny');

describe.skipIf(systems.length < 2)('whatever fails, each thread is one ticket', () => {
  it('with answers lost, workers stopped and browsers killed', { timeout: 1_700_000 }, async () => {
    const result = await runChaos({
      captures: 60,
      seed: 1,
      systems,
      // Fewer faults and none of a minute: what a long run shows more of.
      faults: { rate: 0.25, most: 2, mostLong: 0 },
      deadlineMs: 1_500_000,
      say: (line) => console.log(line),
    });
    expect(result.stories).toEqual([]);
    expect(result.left).toEqual([]);
    expect(result).toMatchObject({ taken: 60, tickets: 60, lost: 0, duplicated: 0, wrong_content: 0, unsure_left: 0 });
    // A storm in which nothing happened would show nothing.
    expect(result.worker_stops).toBeGreaterThan(5);
    expect(result.browser_kills).toBeGreaterThan(0);
    expect(result.faults).toBeGreaterThan(30);
  });

  it.each(corruptions)('with a byte flipped in the %s home of what waits', { timeout: 500_000 }, async (home) => {
    const result = await runCorruption({ home, captures: 4, seed: 1, systems });
    expect(result.left).toEqual([]);
    expect(result).toMatchObject({ dropped: true, tickets: 4, lost: 0, duplicated: 0, wrong_content: 0 });
  });
});
