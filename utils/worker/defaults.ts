/** The settings as far as a draft needs them, with what the recipes say. */
import type { DraftDefaults } from '../core/draft.ts';
import { findRecipe } from '../recipes/index.ts';
import type { Settings } from '../settings/schema.ts';

export function draftDefaults({ endpoints, defaultEndpoint }: Settings): DraftDefaults {
  return {
    endpoints: endpoints.map(({ id, defaults, recipe }) => ({ id, defaults, needsQueue: findRecipe(recipe)?.fields.queue === 'required' })),
    defaultEndpoint,
  };
}
