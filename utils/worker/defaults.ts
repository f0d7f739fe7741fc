/** The settings as far as a draft needs them, with what the recipes say. */
import type { DraftDefaults } from '../core/draft.ts';
import { findRecipe } from '../recipes/index.ts';
import type { Settings } from '../settings/schema.ts';
import { formatDay } from '../ui/format.ts';

export async function draftDefaults({ endpoints, defaultEndpoint, rules, templates, recipes }: Settings): Promise<DraftDefaults> {
  return {
    endpoints: await Promise.all(
      endpoints.map(async ({ id, defaults, recipe }) => ({
        id,
        defaults,
        needsQueue: (await findRecipe(recipe, recipes))?.fields.queue === 'required',
      })),
    ),
    defaultEndpoint,
    rules,
    templates,
    today: formatDay(Date.now()),
  };
}
