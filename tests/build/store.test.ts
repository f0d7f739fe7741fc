/** What the stores of Chrome, Edge and Firefox take: lengths of texts, sizes of pictures. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../docs/store');

/** The part below a bold heading, up to the next one. */
function part(text: string, heading: RegExp): string {
  const [, after = ''] = text.split(heading);
  return after.split(/^\*\*/m)[0]?.trim() ?? '';
}

describe.each([
  { language: 'en', heading: { name: /\*\*Name\*\*: /, summary: /\*\*Summary\*\*.*\n/, description: /\*\*Description\*\*\n/ } },
  { language: 'fr', heading: { name: /\*\*Nom\*\* : /, summary: /\*\*Résumé\*\*.*\n/, description: /\*\*Description\*\*\n/ } },
])('what the stores show in $language', ({ language, heading }) => {
  const text = readFileSync(join(folder, `${language}.md`), 'utf8').replaceAll(/[\u00a0\u202f]/g, ' ');

  it('has texts of a length that all of them take', () => {
    expect(part(text, heading.name).length).toBeLessThanOrEqual(45);
    const summary = part(text, heading.summary);
    expect(summary.length).toBeGreaterThan(40);
    expect(summary.length).toBeLessThanOrEqual(132);
    const description = part(text, heading.description);
    // Edge: 250 to 10,000 characters; Chrome up to 16,000; Firefox more.
    expect(description.length).toBeGreaterThanOrEqual(250);
    expect(description.length).toBeLessThanOrEqual(10_000);
  });

  it('is named and summed up as the package itself is, which is what they take', () => {
    const own = join(import.meta.dirname, `../../public/_locales/${language}/messages.json`);
    const { extensionName, extensionDescription } = JSON.parse(readFileSync(own, 'utf8').replaceAll(/[\u00a0\u202f]/g, ' '));
    expect([part(text, heading.name), part(text, heading.summary)]).toEqual([extensionName.message, extensionDescription.message]);
  });

  it('has one to five pictures of 1280 × 800', () => {
    const pictures = readdirSync(folder).filter((name) => name.startsWith(`${language}-`) && name.endsWith('.png'));
    expect(pictures.length).toBeGreaterThanOrEqual(1);
    expect(pictures.length).toBeLessThanOrEqual(5);
    for (const name of pictures) {
      const png = readFileSync(join(folder, name));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)], name).toEqual([1280, 800]);
    }
  });
});
