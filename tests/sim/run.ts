/** `npm run sim:herd`: ten thousand browsers, an outage of an hour; numbers here, the plot in `docs/herd.svg`. */
import { writeFileSync } from 'node:fs';
import { runHerd } from './herd.ts';
import { plot } from './plot.ts';

const options = { browsers: 10_000, outage: 3_600, capacity: 40, seed: 1 };
const result = runHerd(options);
const ratio = result.peak / result.mean;
console.table({
  browsers: options.browsers,
  'outage, s': options.outage,
  'capacity, per s': options.capacity,
  delivered: result.delivered,
  'refused with 503': result.refused,
  'catch-up, s': result.catchUpSeconds,
  'peak over 30 s, per s': Number(result.peak.toFixed(2)),
  'mean, per s': Number(result.mean.toFixed(2)),
  'peak / mean': Number(ratio.toFixed(2)),
});
writeFileSync(new URL('../../docs/herd.svg', import.meta.url), plot(result));
console.log('docs/herd.svg');
if (result.delivered < options.browsers || ratio > 2) {
  console.error('The herd is too wild: all must be delivered, with a peak of at most twice the mean');
  process.exitCode = 1;
}
