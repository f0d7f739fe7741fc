/**
 * `npm run bench [-- section …]`: measures side by side in one run, prints a table, and writes what it measured into
 * `.output/bench.json` beside what other runs left there. Without a name, every section.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureChromium } from '../../scripts/chromium.ts';
import { tool } from '../../scripts/tool.ts';
import { holds, type Section } from './section.ts';

/** Loaded when asked for: each brings rivals and rigs of its own. */
const sections: Readonly<Record<string, () => Promise<Section>>> = {
  sizes: async () => (await import('./sizes.ts')).sizes,
  capture: async () => (await import('./capture.ts')).capture,
  page: async () => (await import('./page/section.ts')).page,
  popup: async () => (await import('./popup/section.ts')).popup,
  outbox: async () => (await import('./outbox/section.ts')).outbox,
  mail: async () => (await import('./mail.ts')).mail,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in sections));
if (unknown !== undefined) {
  console.error(`relais: there is no section ${unknown}: ${Object.keys(sections).join(', ')}`);
  process.exit(2);
}
// Mail is understood without a browser.
if (asked.length === 0 || asked.some((name) => name !== 'mail')) {
  process.env.CHROMIUM = ensureChromium();
  if ((await tool('wxt', ['build'], 'errors')) !== 0) process.exit(1);
}

const file = join(import.meta.dirname, '..', '..', '.output', 'bench.json');
mkdirSync(dirname(file), { recursive: true });
for (const [name, load] of Object.entries(sections)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const { results, bars = {} } = await (await load())();
  console.table(
    Object.fromEntries(
      Object.entries(results).map(([key, value]) => {
        const bar = bars[key];
        const limit = bar === undefined ? '' : 'atMost' in bar ? `≤ ${round(bar.atMost)}` : `≥ ${round(bar.atLeast)}`;
        return [key, { value: round(value), bar: limit, holds: bar === undefined ? '' : holds(value, bar) }];
      }),
    ),
  );
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};
  writeFileSync(file, `${JSON.stringify({ ...before, ...results }, null, 2)}\n`);
}
process.exit(0);

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
