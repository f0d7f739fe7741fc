/**
 * Writes the published JSON Schemas, and the last part of docs/recipes.md, from the schemas in the code: `npm run schemas`. `--check`
 * only says whether they are current.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { expression, rule, step, template } from '../utils/recipes/call-schema.ts';
import { recipeSchema } from '../utils/recipes/recipe.ts';
import { exportSchema, policySchema } from '../utils/settings/schema.ts';
import { withReference } from './recipe-reference.ts';

interface Published {
  /** From the project's folder. */
  readonly file: string;
  readonly title: string;
  readonly schema: GenericSchema;
  /** Parts that occur often and are written once. */
  readonly definitions?: Readonly<Record<string, GenericSchema>>;
  /** In the few words that Chromium reads in an extension's schema for its policies. */
  readonly forChromium?: boolean;
}

const published: readonly Published[] = [
  {
    file: 'docs/recipe.schema.json',
    title: 'Relais recipe: how to talk to a ticket system',
    schema: recipeSchema,
    definitions: { template, expression, rule, step },
  },
  { file: 'docs/settings.schema.json', title: 'Relais settings: storage, export and import', schema: exportSchema },
  { file: 'docs/policy.schema.json', title: 'Relais settings: what an administrator sets for everybody', schema: policySchema },
  { file: 'public/policy.schema.json', title: 'Relais policy', schema: policySchema, forChromium: true },
];

/** What a document must look like before defaults are put in. Checks that JSON Schema has no word for are left to the code. */
export function schemaText({ title, schema, definitions = {}, forChromium = false }: Published): string {
  const { $schema, ...rest } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore', definitions });
  if (forChromium) return `${JSON.stringify(plain(rest), null, 2)}\n`;
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

interface JsonSchema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  readonly items?: unknown;
  readonly additionalProperties?: unknown;
  readonly enum?: unknown;
}

/**
 * Chromium knows one type a value and no combinations; what it has no word for is left to our own check of the policy.
 * A value of any type has no word either: text it is.
 */
function plain(schema: JsonSchema): object {
  const { type = 'string', properties, items, additionalProperties, enum: choices } = schema;
  const of = (inner: unknown): object => plain((inner ?? {}) as JsonSchema);
  return {
    type,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, of(inner)])) }),
    ...(items !== undefined && { items: of(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: of(additionalProperties) }),
    ...(choices !== undefined && { enum: choices }),
  };
}

/** Names of the files that are not what the code says. */
export async function staleSchemas(): Promise<readonly string[]> {
  return (await staleFiles()).map(({ file }) => file);
}

async function staleFiles(): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const page = 'docs/recipes.md';
  const texts = [
    ...published.map((entry) => ({ file: entry.file, text: schemaText(entry) })),
    { file: page, text: await withReference(await readFile(pathOf(page), 'utf8')) },
  ];
  const written = await Promise.all(texts.map(({ file }) => readFile(pathOf(file), 'utf8').catch(() => '')));
  return texts.filter(({ text }, at) => text !== written[at]);
}

function pathOf(file: string): URL {
  return new URL(`../${file}`, import.meta.url);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const stale = await staleFiles();
  const names = stale.map(({ file }) => file).join(', ');
  if (process.argv.includes('--check')) {
    if (stale.length > 0) console.error(`Out of date: ${names}. Run npm run schemas.`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    for (const { file, text } of stale) await writeFile(pathOf(file), text);
    console.log(stale.length > 0 ? `Written: ${names}` : 'Nothing to do');
  }
}
