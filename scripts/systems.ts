/** Writes docs/systems.md from the shipped recipes: `npm run systems`. `--check` only says whether it is current. */
import { readFile, writeFile } from 'node:fs/promises';
import { loadRecipes } from '../utils/recipes/load.ts';
import type { Recipe } from '../utils/recipes/recipe.ts';

const file = new URL('../docs/systems.md', import.meta.url);

const signIn: Readonly<Record<Recipe['auth'][number]['kind'], string>> = {
  none: 'none',
  header: 'key in a header',
  basic: 'name and password or key',
  query: 'key in the address',
  session: 'session',
  oauth2: 'OAuth 2',
};

const lookUp: Readonly<Record<Recipe['dedupe']['class'], string>> = {
  native: 'drops repeats itself',
  exact: 'at once',
  indexed: 'by a search index',
  list: 'in a list of recent ones',
  none: 'not possible',
};

const notes: Readonly<Record<Recipe['note'], string>> = { internal: 'internal', public: 'public', none: 'none' };
const tried = {
  server: 'on a running server',
  source: 'server’s source',
  contract: 'vendor’s schema',
  documentation: 'documentation only',
} as const;

const originals: Readonly<Record<NonNullable<Recipe['limits']['originals']>, string>> = {
  'as-is': 'files and originals',
  rename: 'files; originals as .eml.txt',
  zip: 'files; originals zipped',
  none: 'files, no originals',
};

/** The list that a field is chosen from. */
const listFor = { queue: 'queues', priority: 'priorities', assignee: 'assignees', type: 'types', tags: 'tags' } as const;

function files({ limits }: Recipe): string {
  if (limits.files === false) return 'none';
  const most = limits.totalBytes ?? limits.fileBytes;
  const what = originals[limits.originals ?? 'as-is'];
  if (most === undefined) return what;
  return `${what}, ${Math.round(most / 1_000_000)} MB ${limits.totalBytes === undefined ? 'each' : 'a message'}`;
}

function row(recipe: Recipe): string {
  const { dedupe, lists, fields } = recipe;
  const wait = (dedupe.lagMs * dedupe.looks) / 1_000;
  const chosen = Object.entries(listFor)
    .filter(([name]) => fields[name as keyof typeof fields] !== undefined)
    .map(([name, list]) => (lists[list] ? name : `${name} (typed)`));
  return [
    recipe.docs === undefined ? recipe.name : `[${recipe.name}](${recipe.docs})`,
    recipe.versions ?? '',
    [...new Set(recipe.auth.map(({ kind }) => signIn[kind]))].join(', '),
    chosen.join(', '),
    recipe.search.length > 0 ? 'yes' : '',
    dedupe.class === 'none' ? lookUp.none : `${lookUp[dedupe.class]} (${wait} s)`,
    notes[recipe.note],
    files(recipe),
    recipe.verified === undefined ? '' : tried[recipe.verified],
  ]
    .map((cell) => cell.replaceAll('|', '\\|'))
    .join(' | ');
}

/** The page as it must be for the recipes in the folder. */
export async function systemsText(): Promise<string> {
  const recipes = [...(await loadRecipes()).values()].toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  return `# Ticket systems

What comes with Relais. Made from the recipes by \`npm run systems\`; [recipes.md](recipes.md) explains their language. A system that is not here is
connected with *Any REST endpoint* or *Webhook*.

- **Search**: a ticket to add to is found by its number, words of its title or its requester; elsewhere its number is typed.
- **Look-up**: how a ticket is found again after a lost answer, and how long finding none is waited out before anything is sent again.
- **Note**: where it is public, everyone who sees the ticket sees it; Relais says so before it sends.
- **Tried**: on a running server by the tests of the lab; read line by line against the source of the server; against the schema that the vendor
  publishes; or written after the documentation only, with answers written after it too. Tell us what your system says differently.

| system | versions | sign-in | to choose | search | look-up | note | files | tried |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${recipes.map((recipe) => `| ${row(recipe)} |`).join('\n')}

## What does not work

${recipes
  .filter(({ gaps }) => gaps !== undefined && gaps.length > 0)
  .map(({ name, gaps = [] }) => `**${name}.** ${gaps.map((gap) => `${gap}.`).join(' ')}`)
  .join('\n\n')}

## A receiver for webhooks

The document is JSON: \`version\` 1, \`event\` (\`ticket.create\` or \`ticket.append\`), \`reference\`, \`title\`, \`requester\`, \`queue\`, \`priority\`, \`assignee\`,
\`note\` (internal: do not show it to the requester), \`articles\` with their attachments in base64. To be sure of one ticket for one thread, a receiver

1. compares \`X-Relais-Signature\` with \`sha256=\` and the HMAC-SHA-256 of the body under the shared secret;
2. keeps the header \`Idempotency-Key\` with what it answered, and gives the same answer to the same key without doing the work again;
3. answers \`{ "id": …, "number": …, "url": … }\` where it knows the ticket.

A flow for Node-RED that does so, to be imported there: tests/lab/tickets/node-red/flows.json.
`;
}

/** Whether the page is what the recipes say. */
export async function systemsAreCurrent(): Promise<boolean> {
  return (await readFile(file, 'utf8').catch(() => '')) === (await systemsText());
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  if (process.argv.includes('--check')) process.exitCode = (await systemsAreCurrent()) ? 0 : 1;
  else await writeFile(file, await systemsText());
}
