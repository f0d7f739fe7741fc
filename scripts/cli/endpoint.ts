/** An endpoint of a settings file, as the extension would use it. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Connection } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import { findOwn } from '../../utils/recipes/own.ts';
import { type Endpoint, exportSchema } from '../../utils/settings/schema.ts';

/** Wrong words on the command line or in the settings file: said without a stack. */
export class UsageError extends Error {}

export interface Chosen {
  readonly endpoint: Endpoint;
  readonly connection: Connection;
  readonly internalDomains: readonly string[];
}

/** The endpoint named `system`, else the default one, else the only one. */
export async function openEndpoint(file: string | undefined, system: string | undefined): Promise<Chosen> {
  if (file === undefined) throw new UsageError('--settings FILE is missing: an export with secrets, see docs/settings.schema.json');
  const { secrets = {}, ...settings } = readSettingsFile(file);
  const wanted = system ?? settings.defaultEndpoint ?? (settings.endpoints.length === 1 ? settings.endpoints[0]?.id : undefined);
  const ids = settings.endpoints.map(({ id }) => id).join(', ');
  if (wanted === undefined) throw new UsageError(`--system ID is missing: one of ${ids}`);
  const endpoint = settings.endpoints.find(({ id }) => id === wanted);
  if (endpoint === undefined) throw new UsageError(`No ticket system “${wanted}” in ${file}: there is ${ids}`);
  const recipe = findOwn(endpoint.recipe, settings.recipes) ?? (await loadRecipes()).get(endpoint.recipe);
  if (recipe === undefined) throw new UsageError(`No recipe “${endpoint.recipe}”`);
  return {
    endpoint,
    connection: { recipe, values: endpoint.values, secrets: secrets[endpoint.id] ?? {} },
    internalDomains: settings.internalDomains,
  };
}

function readSettingsFile(file: string): v.InferOutput<typeof exportSchema> {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw new UsageError(`${file}: ${thrown instanceof Error ? thrown.message : 'unreadable'}`);
  }
  const result = v.safeParse(exportSchema, document);
  if (result.success) return result.output;
  const places = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'settings'}: ${issue.message}`);
  throw new UsageError(`${file}: ${places.join('; ')}`);
}
