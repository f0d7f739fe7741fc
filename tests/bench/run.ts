/**
 * `npm run bench`: sizes of the build, time from click to filled popup beside the time of the same fetches without us,
 * and the longest task that a big capture causes in the webmail's tab. Prints a table, writes `.output/bench.json`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from '../../scripts/chromium.ts';
import { tool } from '../../scripts/tool.ts';
import { gzipBytes, parts } from '../support/bundle.ts';
import { bigThread } from './big-thread.ts';
import { clickToPopup } from './click-to-popup.ts';
import { longestTask } from './longest-task.ts';

process.env.CHROMIUM = ensureChromium();
if ((await tool('wxt', ['build'], 'errors')) !== 0) process.exit(1);

const { click, fetched } = await clickToPopup();
const results: Record<string, number> = {
  button_gzip_bytes: gzipBytes('chrome-mv3', parts.button),
  popup_gzip_bytes: gzipBytes('chrome-mv3', parts.popup),
  worker_gzip_bytes: gzipBytes('chrome-mv3', parts.worker),
  click_to_popup_ms: click,
  raw_fetch_ms: fetched,
  capture_longest_task_ms: await longestTask(bigThread({ messages: 100, megabytes: 25 })),
};
const bars: Record<string, number> = {
  button_gzip_bytes: 8_000,
  popup_gzip_bytes: 45_000,
  worker_gzip_bytes: 90_000,
  click_to_popup_ms: 1.5 * fetched + 100,
  capture_longest_task_ms: 50,
};
console.table(
  Object.fromEntries(
    Object.entries(results).map(([name, value]) => {
      const bar = bars[name];
      return [name, { value: round(value), bar: bar === undefined ? '' : round(bar), holds: bar === undefined ? '' : value <= bar }];
    }),
  ),
);
writeFileSync(join(import.meta.dirname, '..', '..', '.output', 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
process.exit(0);

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
