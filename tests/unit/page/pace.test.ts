import { describe, expect, it } from 'vitest';
import { type Clock, paced } from '../../../utils/page/pace.ts';

/** A clock that goes on only while somebody waits. */
function setUp(limits: Parameters<typeof paced>[1], answers: (number: number) => Response = () => new Response('x')) {
  const asked: number[] = [];
  let time = 1_000;
  const waiting: { at: number; resolve: () => void }[] = [];
  const clock: Clock = { now: () => time, wait: (ms) => new Promise((resolve) => waiting.push({ at: time + ms, resolve })) };
  const fetch = paced(
    async () => {
      asked.push(time - 1_000);
      return answers(asked.length - 1);
    },
    limits,
    clock,
  );
  return {
    asked,
    fetch,
    async run<Result>(work: Promise<Result>): Promise<Result> {
      let done = false;
      void work.finally(() => {
        done = true;
      });
      while (!done) {
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        const next = waiting.sort((one, other) => one.at - other.at).shift();
        if (!next) continue;
        time = Math.max(time, next.at);
        next.resolve();
      }
      return work;
    },
  };
}

describe('paced', () => {
  it('keeps every limit at once: 7 a second, 50 in ten seconds', async () => {
    const { asked, fetch, run } = setUp([
      { requests: 7, ms: 1_000 },
      { requests: 50, ms: 10_000 },
    ]);
    await run(Promise.all(Array.from({ length: 120 }, () => fetch('/'))));
    const within = (ms: number) => Math.max(...asked.map((start) => asked.filter((time) => time >= start && time < start + ms).length));
    expect(asked).toHaveLength(120);
    expect(within(1_000)).toBe(7);
    expect(within(10_000)).toBe(50);
    expect(asked.at(-1)).toBeLessThan(24_000);
  });

  it('does not wait where there is no limit', async () => {
    const { asked, fetch, run } = setUp([]);
    await run(Promise.all(Array.from({ length: 20 }, () => fetch('/'))));
    expect(new Set(asked)).toEqual(new Set([0]));
  });

  it('waits as long as a webmail says before it asks again', async () => {
    const busy = () => new Response('', { status: 429, headers: { 'retry-after': '7' } });
    const { asked, fetch, run } = setUp([], (number) => (number === 0 ? busy() : new Response('x')));
    expect((await run(fetch('/'))).status).toBe(200);
    expect(asked).toEqual([0, 7_000]);
  });

  it('waits twice as long each time where nothing is said, at most a minute, and gives up', async () => {
    const { asked, fetch, run } = setUp([], () => new Response('', { status: 503, headers: { 'retry-after': 'later' } }));
    expect((await run(fetch('/'))).status).toBe(503);
    expect(asked).toEqual([0, 2_000, 6_000, 14_000]);
    const greedy = setUp([], () => new Response('', { status: 429, headers: { 'retry-after': '9999' } }));
    await greedy.run(greedy.fetch('/'));
    expect(greedy.asked).toEqual([0, 60_000, 120_000, 180_000]);
  });
});
