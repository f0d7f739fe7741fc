import { t } from '../../utils/i18n.ts';
import type { OwnRecipe } from '../../utils/settings/schema.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';

interface Props {
  readonly recipes: readonly OwnRecipe[];
  /** Ids of those that a ticket system uses: they can't go. */
  readonly used: ReadonlySet<string>;
  /** Ids of those that an administrator set. */
  readonly set: readonly string[];
  readonly isLocked: boolean;
  readonly onEdit: (id: string) => void;
  readonly onShare: (recipe: OwnRecipe) => void;
  readonly onRemove: (id: string) => void;
}

/** Recipes of one's own. */
export function OwnRecipes({ recipes, used, set, isLocked, onEdit, onShare, onRemove }: Props) {
  if (recipes.length === 0) return null;
  return (
    <section class="block" aria-label={t('ownRecipes')}>
      <h2>{t('ownRecipes')}</h2>
      <ul class="rows">
        {recipes.map((recipe) => {
          const isOurs = !isLocked && !set.includes(recipe.id);
          return (
            <li key={recipe.id} class="row">
              <strong dir="auto">{recipe.name}</strong>
              <div class="editor-actions">
                {isOurs && (
                  <button type="button" aria-label={t('ownRecipeEdit', recipe.name)} onClick={() => onEdit(recipe.id)}>
                    {t('edit')}
                  </button>
                )}
                <button type="button" aria-label={t('ownRecipeShare', recipe.name)} onClick={() => onShare(recipe)}>
                  {t('recipeShare')}
                </button>
                {isOurs && !used.has(recipe.id) && (
                  <ConfirmButton label={t('remove')} question={t('ownRecipeRemoveAsk')} onConfirm={() => onRemove(recipe.id)} />
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
