/** The shipped recipes where there is no bundler: tests and scripts under Node. */
import { readdir, readFile } from 'node:fs/promises';
import { parseRecipe, type Recipe } from './recipe.ts';

export const systemsFolder = new URL('./systems/', import.meta.url);

/** All recipes of `systems/`, by id. A file must be named after the id in it. */
export async function loadRecipes(folder: URL = systemsFolder): Promise<ReadonlyMap<string, Recipe>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const recipes = await Promise.all(
    names.map(async (name) => [name.replace(/\.json$/, ''), parseRecipe(await readFile(new URL(name, folder), 'utf8'))] as const),
  );
  for (const [name, recipe] of recipes) if (recipe.id !== name) throw new Error(`${name}.json holds the recipe ${recipe.id}`);
  return new Map(recipes);
}
