/** What `scripts/start.mjs` hands over to, under the project's own Node: `demo`, `test`, `lab`, `security`. */
import { ensureChromium } from './chromium.ts';
import { lab } from './lab.ts';
import { security } from './security.ts';
import { test } from './test.ts';
import { tool } from './tool.ts';

const what = process.argv[2];
const commands: Record<string, () => Promise<number>> = { demo, test, lab, security };
const command = commands[what ?? ''];
if (!command) {
  console.error(`relais: say demo, test, lab or security, not ${what ?? 'nothing'}`);
  process.exit(2);
}
process.env.CHROMIUM = ensureChromium();
process.exit(await command());

async function demo(): Promise<number> {
  console.log('relais: building the extension …');
  if ((await tool('wxt', ['build'], 'errors')) !== 0) return 1;
  return tool('node', ['tests/demo/run.ts', ...process.argv.slice(3)]);
}
