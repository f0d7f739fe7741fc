/**
 * The shipped recipes, in the extension: every file of `systems/`, packaged as it is and read when somebody uses it, so that
 * the worker carries none. Scripts and tests under Node use `load.ts`.
 */
import { readPackaged } from '../packaged.ts';
import { type RecipeCard, readCatalogue } from './catalogue.ts';
import { parseRecipe, type Recipe } from './recipe.ts';

export type { RecipeCard };

/** Where the build puts them; see `wxt.config.ts`. */
const folder = '/recipes';
const opened = new Map<string, Promise<Recipe | undefined>>();
let catalogue: Promise<readonly RecipeCard[]> | undefined;

/** What there is to choose from. Read once. */
export function listRecipes(): Promise<readonly RecipeCard[]> {
  if (catalogue === undefined) {
    catalogue = readPackaged(`${folder}/catalogue.json`).then(readCatalogue);
    catalogue.catch(() => {
      catalogue = undefined;
    });
  }
  return catalogue;
}

/** The shipped recipe of this id, read and checked once; `undefined` where there is none. */
export function findRecipe(id: string): Promise<Recipe | undefined> {
  const known = opened.get(id);
  if (known !== undefined) return known;
  const recipe = openRecipe(id);
  opened.set(id, recipe);
  // A recipe that could not be read is not remembered as such.
  recipe.catch(() => opened.delete(id));
  return recipe;
}

async function openRecipe(id: string): Promise<Recipe | undefined> {
  // Ids come from settings: only names of the catalogue become paths.
  if (!(await listRecipes()).some((card) => card.id === id)) return undefined;
  return parseRecipe(await readPackaged(`${folder}/${id}.json`));
}
