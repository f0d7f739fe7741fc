/**
 * What others wrote and Relais ships. Where a registry answers `npm audit --omit=dev`, run that too; this holds down what can
 * be known without one: how much there is, what it weighs, that nobody swapped it, and that installing it runs nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { shipped } from '../../scripts/licences.ts';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const own = Object.keys(JSON.parse(read('package.json')).dependencies);

/** Rows of the README's table: the packages of each, and what they weigh together in kB. */
const rows = [...read('README.md').matchAll(/^\| ([^|]+) \| [^|]+ \| (\d+\.\d) \|$/gm)].map(([, names = '', size = '']) => ({
  names: names.split(', '),
  kB: Number(size),
}));

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}
const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };

it('is in the table of the README, each package once', () => {
  expect(rows.flatMap(({ names }) => names).toSorted()).toEqual(own.toSorted());
});

it('is counted there', () => {
  expect(read('README.md')).toContain(`${own.length} packages at run time`);
  expect(shipped().length).toBeLessThanOrEqual(own.length + 2);
});

it.each(shipped())('$name is the one that the lock file names, and runs nothing when it is installed', ({ name, version }) => {
  const locked = lock.packages[`node_modules/${name}`];
  expect(locked).toMatchObject({ version, integrity: expect.stringMatching(/^sha512-/) });
  expect(locked?.hasInstallScript ?? false).toBe(false);
});

describe.each(rows)('$names', ({ names, kB }) => {
  it('weighs what is written there', async () => {
    expect(Math.abs((await weight(names)) / 1_000 - kB)).toBeLessThanOrEqual(0.1);
  });
});

/** Everything that they export, minified and compressed. */
async function weight(names: readonly string[]): Promise<number> {
  const code = names.map((name, index) => `import * as p${index} from '${name}';`).join('\n');
  const entry = `${code}\nglobalThis.all = [${names.map((_, index) => `p${index}`).join(', ')}];`;
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [{ name: 'entry', resolveId: (id) => (id === 'entry' ? id : undefined), load: (id) => (id === 'entry' ? entry : undefined) }],
    build: { write: false, minify: true, modulePreload: false, rolldownOptions: { input: 'entry' } },
  });
  const output = 'output' in built ? built.output : [];
  return output.reduce((sum, file) => sum + ('code' in file ? gzipSync(file.code, { level: 9 }).byteLength : 0), 0);
}
