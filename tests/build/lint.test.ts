/** What Mozilla's own linter says of the package, as its store will. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { outputFolder } from '../support/bundle.ts';

it('has no errors and no warnings', { timeout: 300_000 }, () => {
  const folder = outputFolder('firefox-mv3');
  const program = join(import.meta.dirname, '../../node_modules/web-ext/bin/web-ext.js');
  const { stdout } = spawnSync(process.execPath, [program, 'lint', '--source-dir', folder, '--output', 'json'], { encoding: 'utf8' });
  const { errors, warnings } = JSON.parse(stdout) as { readonly errors: readonly object[]; readonly warnings: readonly object[] };
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
});
