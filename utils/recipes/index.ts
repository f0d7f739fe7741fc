/**
 * The shipped recipes, in the extension: every file of `systems/`, packaged as it is and read when somebody uses it, so that
 * the worker carries none. Scripts and tests under Node use `load.ts`.
 */
import { readPackaged } from '../packaged.ts';
import { type RecipeCard, readCatalogue } from './catalogue.ts';
import { findOwn, type OwnDocument, ownPrefix } from './own.ts';
import { parseRecipe, type Recipe } from './recipe.ts';

export type { RecipeCard };

/** Where the build puts them; see `wxt.config.ts`. */
const folder = '/recipes';
const opened = new Map<string, Promise<Recipe | undefined>>();
let catalogue: Promise<readonly { readonly id?: unknown }[]> | undefined;

/** What there is to choose from. */
export async function listRecipes(): Promise<readonly RecipeCard[]> {
  return readCatalogue(await openCatalogue());
}

/** Read once; not checked, which only who shows it needs. */
function openCatalogue(): Promise<readonly { readonly id?: unknown }[]> {
  if (catalogue === undefined) {
    catalogue = readPackaged(`${folder}/catalogue.json`).then((document) => {
      // Of a browser that is closing, or updating us: no reason to take a ticket system for an unknown one.
      if (!Array.isArray(document)) throw new Error('No catalogue');
      return document;
    });
    catalogue.catch(() => {
      catalogue = undefined;
    });
  }
  return catalogue;
}

/** The recipe of this id: a shipped one, read and checked once, or one of the person's `own`. `undefined` where there is none. */
export function findRecipe(id: string, own: readonly OwnDocument[] = []): Promise<Recipe | undefined> {
  if (id.startsWith(ownPrefix)) return Promise.resolve(findOwn(id, own));
  const known = opened.get(id);
  if (known !== undefined) return known;
  const recipe = openRecipe(id);
  opened.set(id, recipe);
  // A recipe that could not be read is not remembered as such.
  recipe.catch(() => opened.delete(id));
  return recipe;
}

/** A shipped recipe as it is written, to begin one of one's own with; `undefined` where there is none. */
export async function findDocument(id: string): Promise<unknown> {
  // Ids come from settings: only names of the catalogue become paths.
  return (await openCatalogue()).some((card) => card.id === id) ? readPackaged(`${folder}/${id}.json`) : undefined;
}

async function openRecipe(id: string): Promise<Recipe | undefined> {
  const document = await findDocument(id);
  return document === undefined ? undefined : parseRecipe(document);
}
