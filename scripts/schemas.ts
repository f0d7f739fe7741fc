/** Writes the published JSON Schemas from the schemas in the code: `npm run schemas`. `--check` only says whether they are current. */
import { readFile, writeFile } from 'node:fs/promises';
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { expression, rule, step, template } from '../utils/recipes/call-schema.ts';
import { recipeSchema } from '../utils/recipes/recipe.ts';
import { exportSchema } from '../utils/settings/schema.ts';

interface Published {
  readonly file: string;
  readonly title: string;
  readonly schema: GenericSchema;
  /** Parts that occur often and are written once. */
  readonly definitions?: Readonly<Record<string, GenericSchema>>;
}

const published: readonly Published[] = [
  {
    file: 'recipe.schema.json',
    title: 'Relais recipe: how to talk to a ticket system',
    schema: recipeSchema,
    definitions: { template, expression, rule, step },
  },
  { file: 'settings.schema.json', title: 'Relais settings: storage, export, import and managed policy', schema: exportSchema },
];

/** What a document must look like before defaults are put in. Checks that JSON Schema has no word for are left to the code. */
export function schemaText({ title, schema, definitions = {} }: Published): string {
  const { $schema, ...rest } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore', definitions });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

/** Names of the files in `docs/` that are not what the code says. */
export async function staleSchemas(): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const entry of published)
    if ((await readFile(pathOf(entry.file), 'utf8').catch(() => '')) !== schemaText(entry)) stale.push(entry.file);
  return stale;
}

function pathOf(file: string): URL {
  return new URL(`../docs/${file}`, import.meta.url);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const stale = await staleSchemas();
  if (process.argv.includes('--check')) {
    if (stale.length > 0) console.error(`Out of date: ${stale.join(', ')}. Run npm run schemas.`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    for (const entry of published) await writeFile(pathOf(entry.file), schemaText(entry));
    console.log(stale.length > 0 ? `Written: ${stale.join(', ')}` : 'Nothing to do');
  }
}
