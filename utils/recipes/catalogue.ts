/** What a person sees of a recipe before it is read: enough to choose from. */
import * as v from 'valibot';

/** What sort of system it is. `any`: not one product but whatever speaks this way. */
export const kinds = v.picklist(['helpdesk', 'tracker', 'board', 'any']);

const card = v.object({
  id: v.string(),
  name: v.string(),
  /** Under the name: other names it goes by, what it needs. */
  hint: v.optional(v.string()),
  kind: v.optional(kinds, 'helpdesk'),
});
export type RecipeCard = v.InferOutput<typeof card>;

/** The cards of a packaged catalogue in the order of their names, what fits any system last. */
export function readCatalogue(document: unknown): readonly RecipeCard[] {
  const place = ({ kind, name }: RecipeCard): string => `${kind === 'any' ? 1 : 0} ${name}`;
  return v.parse(v.array(card), document).toSorted((one, other) => place(one).localeCompare(place(other)));
}
