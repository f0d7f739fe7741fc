/**
 * What a recipe says to people, in their language. Recipes speak English; the sentences that most of them use stand among our
 * texts under their own words (`recipe_api_token`), all others are shown as they are.
 */
import { known } from '../i18n.ts';

export function recipeWords(text: string): string {
  const product = /^Address of (\w*[A-Z]\w*)$/.exec(text)?.[1];
  return (product === undefined ? known(recipeKey(text)) : known('recipe_address_of', product)) || text;
}

/** The key under which a sentence of a recipe is looked for. */
export function recipeKey(text: string): string {
  return `recipe_${text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')}`;
}
