/** The storm's proof that it can fail needs places to break; an hour into a run is a bad time to learn that they moved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breakages, changed } from '../../chaos/broken.ts';

const root = join(import.meta.dirname, '..', '..', '..');

describe.each(Object.entries(breakages))('breaking the storm’s rule “%s”', (_, changes) => {
  it.each(changes.map((change) => [change.file, change] as const))('finds its place in %s', (file, change) => {
    const text = readFileSync(join(root, file), 'utf8');
    expect(changed(text, change)).not.toBe(text);
    expect(() => changed('', change)).toThrow(`${file} has changed`);
  });
});
