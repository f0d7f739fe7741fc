/** Where a delivery may have got to, when all that is known is that it was sent. */
import type { Action, TicketDraft } from '../core/ticket.ts';
import type { Recipe } from './recipe.ts';
import { isUnsafe } from './steps.ts';

/** Key of the first step that makes or adds something: taken to be in doubt, it is looked up before anything else. */
export function firstUnsafeStep(recipe: Recipe, action: Action, draft: TicketDraft): string | undefined {
  const steps = action.kind === 'create' ? recipe.create : recipe.append;
  const step = steps.find(({ as }) => as === 'create') ?? steps.find((candidate) => isUnsafe(candidate) && candidate.as !== 'upload');
  if (step?.each !== 'articles') return step?.id;
  const [article] = draft.articles;
  return article && `${step.id}/${article.id}`;
}
