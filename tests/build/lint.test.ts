/** What Mozilla's own linter says of the package, as its store will. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { outputFolder } from '../support/bundle.ts';

interface Finding {
  readonly code: string;
  readonly file: string;
}

/** Two libraries have such a line of their own: Preact for a property that nobody uses here, DOMPurify for its own inert document. */
const theirs = (code: string) => code.includes('__html') || code.includes('DOMPurify');

it('has no errors and no warnings of our own', { timeout: 300_000 }, () => {
  const folder = outputFolder('firefox-mv3');
  const program = join(import.meta.dirname, '../../node_modules/web-ext/bin/web-ext.js');
  const { stdout } = spawnSync(process.execPath, [program, 'lint', '--source-dir', folder, '--output', 'json'], { encoding: 'utf8' });
  const { errors, warnings } = JSON.parse(stdout) as { readonly errors: readonly Finding[]; readonly warnings: readonly Finding[] };
  expect(errors).toEqual([]);
  const known = warnings.filter(({ code, file }) => code === 'UNSAFE_VAR_ASSIGNMENT' && theirs(readFileSync(join(folder, file), 'utf8')));
  expect(warnings.filter((warning) => !known.includes(warning))).toEqual([]);
  expect(known.length).toBeLessThanOrEqual(2);
});
