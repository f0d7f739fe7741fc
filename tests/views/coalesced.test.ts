import { expect, it } from 'vitest';
import { coalesced } from '../../utils/core/coalesced.ts';
import { deferred } from './support.ts';

it('runs once more for all calls that came meanwhile', async () => {
  const first = deferred<void>();
  let runs = 0;
  const call = coalesced(async () => {
    runs += 1;
    if (runs === 1) await first.promise;
  });
  const done = Promise.all([call(), call(), call()]);
  first.resolve();
  await done;
  expect(runs).toBe(2);
});

it('loses no call, however close to the end of a run it comes', async () => {
  for (let microtasks = 0; microtasks < 12; microtasks += 1) {
    let runs = 0;
    const call = coalesced(async () => {
      runs += 1;
    });
    const done = call();
    for (let step = 0; step < microtasks; step += 1) await Promise.resolve();
    await call();
    await done;
    expect(runs).toBe(2);
  }
});

it('goes on after a run that failed', async () => {
  let runs = 0;
  const call = coalesced(async () => {
    runs += 1;
    if (runs === 1) throw new Error('first');
  });
  await expect(call()).rejects.toThrow('first');
  await call();
  expect(runs).toBe(2);
});

it('answers a call although others keep coming', async () => {
  let runs = 0;
  const call = coalesced(async () => {
    runs += 1;
    // Somebody asks again in every run, as a page does that is told of changes without end.
    if (runs < 100) void call();
    await new Promise((resolve) => setTimeout(resolve));
  });
  await call();
  expect(runs).toBeLessThan(5);
});
