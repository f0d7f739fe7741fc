/** `npm test`: checks, unit and contract tests, both builds, tests of the builds, tests in a real browser. */
import { Tally } from './tally.ts';
import { tool } from './tool.ts';

export async function test(): Promise<number> {
  const tally = new Tally();
  await tally.step('wxt prepare', () => tool('wxt', ['prepare'], 'errors'));
  await tally.step('biome', () => tool('biome', ['ci', '--max-diagnostics=50', '.']));
  await tally.step('types', () => tool('tsc', []));
  await tally.step('types of the worker', () => tool('tsc', ['-p', 'tsconfig.worker.json']));
  await tally.step('knip', () => tool('knip', []));
  await tally.vitest('unit');
  await tally.step('build for Chromium', () => tool('wxt', ['build'], 'errors'));
  await tally.step('build for Firefox', () => tool('wxt', ['build', '-b', 'firefox', '--mv3'], 'errors'));
  await tally.vitest('build');
  await tally.browser('e2e');
  await tally.browser('security');
  return tally.close();
}
