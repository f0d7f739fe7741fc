/** The recipes and what the page asks of them. Loaded on its own: expressions weigh more than the page. */
import { engine } from '../../utils/recipes/engine.ts';
import { evaluate } from '../../utils/recipes/expression.ts';
import { findRecipe, listRecipes } from '../../utils/recipes/index.ts';
import type { Endpoint, OwnRecipe } from '../../utils/settings/schema.ts';
import type { RecipeTools } from './endpoint-form.ts';

export { findRecipe, listRecipes };

export const tools: RecipeTools = {
  origins: (recipe, values) => engine.origins({ recipe, values }),
  isShown: async ({ when }, values) => when === undefined || (await evaluate(when, { settings: values }, {}).catch(() => true)) === true,
};

/** Origins that a configured system talks to; none where its recipe is not there any more. */
export async function originsOf({ recipe: id, values }: Endpoint, own: readonly OwnRecipe[]): Promise<readonly string[]> {
  const recipe = await findRecipe(id, own);
  return recipe ? tools.origins(recipe, values) : [];
}
