/** The shipped recipes: every file of `systems/`, found by the build. Tests and scripts use `load.ts`. */
import { parseRecipe, type Recipe } from './recipe.ts';

const files = import.meta.glob('./systems/*.json', { eager: true, import: 'default' });

/** All shipped recipes in the order of their names. */
export const recipes: readonly Recipe[] = Object.values(files)
  .map((file) => parseRecipe(file))
  .toSorted((one, other) => one.name.localeCompare(other.name));

/** The shipped recipe of this id; `undefined` where there is none. */
export function findRecipe(id: string): Recipe | undefined {
  return recipes.find((recipe) => recipe.id === id);
}
