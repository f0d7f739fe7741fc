/**
 * `npm run new webmail zimbra`, `npm run new recipe kayako`: the one file of a new webmail or ticket system and its fixture, to start
 * from. Both begin as a copy of the smallest one there is, under the new name, so that their tests pass before the first change.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const models = {
  webmail: {
    id: 'zoho',
    name: 'Zoho Mail',
    file: (id: string) => `utils/webmail/${id}.ts`,
    fixture: (id: string) => `tests/fixtures/webmail/${id}`,
  },
  recipe: {
    id: 'osticket',
    name: 'osTicket',
    file: (id: string) => `utils/recipes/systems/${id}.json`,
    fixture: (id: string) => `tests/fixtures/recipes/${id}.json`,
  },
} as const;
export type Kind = keyof typeof models;

/** Writes the files below `root`; resolves with their paths. Throws where one is there already, or the id is none. */
export function scaffold(kind: Kind, id: string, root: string): readonly string[] {
  if (!/^[a-z][a-z0-9-]{1,30}$/.test(id)) throw new Error(`An id is a word such as zimbra, in small letters, not ${id}`);
  const model = models[kind];
  const paths = [model.file, model.fixture].map((place) => ({ from: join(root, place(model.id)), to: place(id) }));
  for (const { to } of paths) if (existsSync(join(root, to))) throw new Error(`${to} is there already`);
  for (const { from, to } of paths) {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    cpSync(from, join(root, to), { recursive: true });
    for (const file of filesIn(join(root, to))) writeFileSync(file, renamed(readFileSync(file, 'utf8'), kind, id));
  }
  return paths.map(({ to }) => to);
}

function renamed(text: string, kind: Kind, id: string): string {
  const name = id.charAt(0).toUpperCase() + id.slice(1);
  const { id: model, name: modelName } = models[kind];
  const own = text.replaceAll(modelName, name).replaceAll(`'${model}'`, `'${id}'`).replaceAll(`"id": "${model}"`, `"id": "${id}"`);
  if (kind === 'recipe') return own;
  // The addresses of the model are its own: the new one has an example's, until somebody knows better.
  return own
    .replace(/origins: \[[^;]*?\),\n/, `origins: ['https://mail.${id}.example'],\n`)
    .replaceAll(/https:\/\/mail\.zoho\.\w+/g, `https://mail.${id}.example`)
    .replace(/^\/\*\* .* \*\/$/m, `/** ${name}. Say here what its page tells and what it doesn’t. */`);
}

function filesIn(path: string): readonly string[] {
  if (basename(path).includes('.')) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [kind = '', id = ''] = process.argv.slice(2);
  try {
    if (kind !== 'webmail' && kind !== 'recipe') throw new Error('Say what: npm run new webmail zimbra, or npm run new recipe kayako');
    const written = scaffold(kind, id, join(import.meta.dirname, '..'));
    const test = kind === 'webmail' ? 'webmail' : 'recipes';
    console.log(`Written: ${written.join(', ')}\nNext: docs/${test === 'webmail' ? 'webmails' : 'recipes'}.md, and`);
    console.log(`  npx vitest run --project unit tests/contract/${test}.test.ts -t ${id}`);
  } catch (error) {
    console.error(`relais: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
