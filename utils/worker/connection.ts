/** From an endpoint in the settings to what the engine talks through. */
import { RelaisError } from '../core/errors.ts';
import { findRecipe } from '../recipes/index.ts';
import type { Connection } from '../recipes/interface.ts';
import type { Endpoint } from '../settings/schema.ts';
import { readSecrets, readTokens, updateTokens } from '../settings/secrets.ts';
import { readSettings } from '../settings/storage.ts';

/** `undefined` where the endpoint is not configured any more. */
export async function findConnection(endpointId: string): Promise<Connection | undefined> {
  const endpoint = (await readSettings()).endpoints.find(({ id }) => id === endpointId);
  return endpoint && connectionOf(endpoint, await readSecrets(endpointId));
}

/** Throws `bad-settings` where the recipe is unknown here. */
export async function connectionOf(endpoint: Endpoint, secrets: Readonly<Record<string, string>>): Promise<Connection> {
  const recipe = await findRecipe(endpoint.recipe);
  if (!recipe) throw new RelaisError('bad-settings', `No recipe named ${endpoint.recipe}`, { path: 'recipe' });
  const tokens = { read: () => readTokens(endpoint.id), update: updateTokens.bind(undefined, endpoint.id) };
  return { recipe, values: endpoint.values, secrets, tokens };
}
