/** Recipes of one's own: kept in the settings, written by a person or taken from a file, so checked before they are stored or used. */
import { RelaisError } from '../core/errors.ts';
import { faultsOf } from './inspect.ts';
import { type Fault, type Recipe, readRecipe } from './recipe.ts';

/** Ids of recipes of one's own begin so; no shipped one does. */
export const ownPrefix = 'my-';

/** As far as the settings know it. */
export interface OwnDocument {
  readonly id: string;
  readonly [name: string]: unknown;
}

const longest = 300_000;

/** A document as a recipe of one's own, or every place that keeps it from being one. */
export function readOwn(document: unknown): { readonly recipe?: Recipe; readonly faults: readonly Fault[] } {
  if ((JSON.stringify(document) ?? '').length > longest) return { faults: [{ path: '', message: 'is too long for a recipe' }] };
  const { recipe, faults } = readRecipe(document);
  if (recipe === undefined) return { faults };
  if (!recipe.id.startsWith(ownPrefix)) return { faults: [{ path: 'id', message: `must begin with ${ownPrefix}` }] };
  const broken = faultsOf(recipe);
  return broken.length === 0 ? { recipe, faults: [] } : { faults: broken };
}

/** The sound one of this id; `undefined` where there is none. */
export function findOwn(id: string, documents: readonly OwnDocument[]): Recipe | undefined {
  const document = documents.find((one) => one.id === id);
  return document === undefined ? undefined : readRecipe(document).recipe;
}

/** Throws `bad-settings`, whose `details.path` says where in the settings. */
export function assertOwn(documents: readonly OwnDocument[]): void {
  for (const [at, document] of documents.entries()) {
    const [fault] = readOwn(document).faults;
    const isTwice = documents.findIndex(({ id }) => id === document.id) !== at;
    if (fault === undefined && !isTwice) continue;
    const path = ['recipes', at, isTwice ? 'id' : (fault?.path ?? '')].filter((part) => part !== '').join('.');
    throw new RelaisError('bad-settings', `${path}: ${isTwice ? 'this id is there twice' : fault?.message}`, { path });
  }
}
