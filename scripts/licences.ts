/** Writes `docs/licences.md`: what ships inside the extension, whose it is, and what it weighs. `npm run licences`; `--check` only says. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs', 'licences.md');

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Every package that the extension is built from, with those that they need themselves; by name. */
export function shipped(): readonly Package[] {
  const found = new Map<string, Package>();
  const visit = (name: string): void => {
    const path = join(root, 'node_modules', name, 'package.json');
    // One that is only needed elsewhere than in a browser may be left out by npm.
    if (found.has(name) || !existsSync(path)) return;
    const one = JSON.parse(readFileSync(path, 'utf8')) as Package;
    found.set(name, one);
    for (const next of Object.keys(one.dependencies ?? {})) visit(next);
  };
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Package;
  for (const name of Object.keys(dependencies)) visit(name);
  return [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** The document as it should stand. */
export function licencesText(): string {
  const packages = shipped();
  const rows = packages.map(({ name, version, license = 'unknown' }) => `| ${name} | ${version} | ${license} |`);
  const texts = packages.map((one) => `## ${one.name}\n\n\`\`\`\n${licenceOf(one)}\n\`\`\`\n`);
  return [
    '# What ships inside Relais',
    '',
    'Written by `npm run licences`. Relais itself is under the MIT licence, see `LICENSE`.',
    '',
    `${packages.length} packages:`,
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...rows,
    '',
    ...texts,
  ].join('\n');
}

function licenceOf({ name, license = 'unknown', author }: Package): string {
  const folder = join(root, 'node_modules', name);
  const text = readdirSync(folder).find((one) => /^licen[cs]e(\.|-|$)/i.test(one));
  if (text) return readFileSync(join(folder, text), 'utf8').replaceAll('\r\n', '\n').trim();
  const whose = typeof author === 'string' ? author : author?.name;
  return `${license}${whose ? `, ${whose}` : ''}`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const text = licencesText();
  const isCurrent = existsSync(file) && readFileSync(file, 'utf8') === text;
  if (process.argv.includes('--check')) {
    if (!isCurrent) console.error('docs/licences.md is out of date. Run npm run licences.');
    process.exitCode = isCurrent ? 0 : 1;
  } else {
    writeFileSync(file, text);
    console.log(isCurrent ? 'Nothing to do' : 'Written: docs/licences.md');
  }
}
