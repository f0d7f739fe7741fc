import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Tally } from '../../../scripts/tally.ts';

/** What the runs of vitest report, one after the other: by file, each test with why it failed; a code alone where one broke. */
type Run = Readonly<Record<string, Readonly<Record<string, string | null>> | string>> | number;
const runs: Run[] = [];
const asked: string[][] = [];

vi.mock('../../../scripts/tool.ts', () => ({
  tool: async (_: string, words: readonly string[]) => {
    asked.push(words.filter((word) => word.endsWith('.test.ts')));
    const run = runs.shift();
    if (run === undefined || typeof run === 'number') return run ?? 0;
    const testResults = Object.entries(run).map(([file, tests]) => ({
      name: join(process.cwd(), file),
      status: typeof tests === 'string' || Object.values(tests).some((why) => why !== null) ? 'failed' : 'passed',
      message: typeof tests === 'string' ? tests : '',
      assertionResults: Object.entries(typeof tests === 'string' ? {} : tests).map(([fullName, why]) => ({
        status: why === null ? 'passed' : 'failed',
        fullName,
        failureMessages: why === null ? [] : [`${why}\n    at a line`],
      })),
    }));
    const report = words.find((word) => word.startsWith('--outputFile.json='))?.slice('--outputFile.json='.length);
    writeFileSync(report ?? '', JSON.stringify({ testResults }));
    return testResults.some(({ status }) => status === 'failed') ? 1 : 0;
  },
}));

const said: string[] = [];
beforeEach(() => {
  for (const list of [runs, asked, said]) list.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line.trim()));
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

const held = { 'a.test.ts': { one: null, two: null } };

describe('the tally of a run', () => {
  it('counts what passed and failed, and names each failure with the first line of its reason', async () => {
    runs.push({ ...held, 'b.test.ts': { three: 'Error: no', four: null } });
    const tally = new Tally();
    await tally.vitest('unit');
    expect(tally.close()).toBe(1);
    expect(said.slice(-2)).toEqual(['FAILED b.test.ts: three: Error: no', '3 passed, 1 failed, 0 skipped']);
    expect(asked).toHaveLength(1);
  });

  it('counts a file that broke outside its tests, and a run that broke without a report', async () => {
    runs.push({ ...held, 'b.test.ts': 'Error: no browser' }, 137);
    const tally = new Tally();
    await tally.vitest('unit');
    await tally.browser('e2e');
    expect(tally.close()).toBe(1);
    expect(said).toContain('FAILED b.test.ts: Error: no browser');
    expect(said.at(-2)).toMatch(/^FAILED the run of e2e: .+/);
    expect(said.at(-1)).toBe('2 passed, 2 failed, 0 skipped');
  });

  it('runs a browser file with a failure once more, by itself, and says so when it holds then', async () => {
    runs.push({ ...held, 'b.test.ts': { three: 'Error: late', four: null } }, { 'b.test.ts': { three: null, four: null } });
    const tally = new Tally();
    await tally.browser('e2e');
    expect(tally.close()).toBe(0);
    expect(asked[1]).toEqual(['b.test.ts']);
    expect(said.slice(-2)).toEqual(['UNSTEADY, failed once and held once: b.test.ts: three: Error: late', '4 passed, 0 failed, 0 skipped']);
  });

  it('believes what fails twice, and what fails only then', async () => {
    runs.push({ 'b.test.ts': { three: 'Error: late', four: null, five: 'Error: no' } });
    runs.push({ 'b.test.ts': { three: null, four: 'Error: new', five: 'Error: no' } });
    const tally = new Tally();
    await tally.browser('e2e');
    expect(tally.close()).toBe(1);
    expect(said.filter((line) => line.startsWith('FAILED'))).toEqual([
      'FAILED b.test.ts: four: Error: new',
      'FAILED b.test.ts: five: Error: no',
    ]);
    expect(said.at(-1)).toBe('1 passed, 2 failed, 0 skipped');
  });

  it('gives no second chance to more than three files', async () => {
    runs.push(Object.fromEntries(['b', 'c', 'd', 'e'].map((name) => [`${name}.test.ts`, { one: 'Error: no' }])));
    const tally = new Tally();
    await tally.browser('e2e');
    expect(tally.close()).toBe(1);
    expect(asked).toHaveLength(1);
    expect(said.at(-1)).toBe('0 passed, 4 failed, 0 skipped');
  });
});
