/** From an endpoint in the settings to what the engine talks through. */
import { RelaisError } from '../core/errors.ts';
import { engine } from '../recipes/engine.ts';
import { findRecipe } from '../recipes/index.ts';
import type { Connection } from '../recipes/interface.ts';
import type { Recipe } from '../recipes/recipe.ts';
import type { Endpoint, OwnRecipe } from '../settings/schema.ts';
import { readSecrets, readTokens, updateTokens } from '../settings/secrets.ts';
import { readSettings } from '../settings/storage.ts';

type Fields = Readonly<Record<string, string>>;

/** `undefined` where the endpoint is not configured any more. */
export async function findConnection(endpointId: string): Promise<Connection | undefined> {
  const { endpoints, recipes } = await readSettings();
  const endpoint = endpoints.find(({ id }) => id === endpointId);
  return endpoint && connectionOf(endpoint, recipes, (stored) => stored);
}

/** With the credentials stored for where it leads, as `change` gives them. Throws `bad-settings` where the recipe is unknown here. */
export async function connectionOf(endpoint: Endpoint, own: readonly OwnRecipe[], change: (stored: Fields) => Fields): Promise<Connection> {
  const { id, values } = endpoint;
  const recipe = await recipeOf(endpoint, own);
  // An address that can't be worked out yet has nothing stored for it, and the engine says what is wrong with it.
  const origins = await engine.origins({ recipe, values }).catch(() => undefined);
  const secrets = change(origins ? await readSecrets(id, origins) : {});
  if (!origins) return { recipe, values, secrets };
  const tokens = { read: () => readTokens(id, origins), update: updateTokens.bind(undefined, id, origins) };
  return { recipe, values, secrets, tokens };
}

/** Throws `bad-settings` where the recipe is unknown here. */
export async function recipeOf({ recipe: id }: Endpoint, own: readonly OwnRecipe[]): Promise<Recipe> {
  const recipe = await findRecipe(id, own);
  if (!recipe) throw new RelaisError('bad-settings', `No recipe named ${id}`, { path: 'recipe' });
  return recipe;
}
