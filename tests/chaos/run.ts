/** `npm run test:chaos -- --captures 500 --seed 7 [--systems rt,znuny] [--minutes 40] [--no-keep-alive] [--corrupt] [--break repeat|early-removal]` */
import { parseArgs } from 'node:util';
import { tool } from '../../scripts/tool.ts';
import { breakAndRun } from './broken.ts';
import { runChaos } from './chaos.ts';
import { corruptions, runCorruption } from './corrupt.ts';
import type { SystemName } from './ground.ts';
import { report } from './report.ts';

const { values } = parseArgs({
  options: {
    captures: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    systems: { type: 'string', default: 'rt,znuny' },
    minutes: { type: 'string' },
    corrupt: { type: 'boolean', default: false },
    break: { type: 'string' },
    'no-keep-alive': { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});

const seed = whole(values.seed, 'seed');
const systems = values.systems.split(',').map(systemNamed);
const say = (line: string) => console.log(`relais: ${line}`);

if (values.break !== undefined) process.exit(await breakAndRun(values.break, process.argv.slice(2)));
if (!values['no-build']) {
  say('building the extension …');
  if ((await tool('wxt', ['build'], 'errors')) !== 0) process.exit(1);
}

if (values.corrupt) {
  const results = [];
  for (const home of corruptions)
    results.push(await runCorruption({ home, captures: Math.min(12, whole(values.captures, 'captures')), seed, systems, say }));
  process.exit(report('chaos-corrupt', results));
}
const captures = whole(values.captures, 'captures');
const minutes = values.minutes === undefined ? 4 + captures / 8 : whole(values.minutes, 'minutes');
say(`${captures} captures with seed ${seed} to ${systems.join(' and ')}, ${Math.round(minutes)} minutes at most`);
process.exit(
  report('chaos', [await runChaos({ captures, seed, systems, keepAlive: !values['no-keep-alive'], deadlineMs: minutes * 60_000, say })]),
);

function systemNamed(name: string): SystemName {
  if (name === 'rt' || name === 'znuny') return name;
  throw new Error(`There is no system ${name}: say rt, znuny or both with a comma`);
}

function whole(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} wants a whole number, not ${text}`);
  return number;
}
