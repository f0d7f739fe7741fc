import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { licencesText, shipped } from '../../scripts/licences.ts';

/** Licences that let their code travel inside an extension under ours. */
const allowed = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0|MIT-0|\(MPL-2\.0 OR Apache-2\.0\))$/;

it('lists what ships as it is installed', () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/licences.md'), 'utf8')).toBe(licencesText());
});

it('ships nothing under a licence that nobody looked at', () => {
  expect(shipped().length).toBeGreaterThan(10);
  expect(
    shipped()
      .filter(({ license = '' }) => !allowed.test(license))
      .map(({ name, license }) => `${name}: ${license}`),
  ).toEqual([]);
});
