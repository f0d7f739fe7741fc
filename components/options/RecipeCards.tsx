import { t } from '../../utils/i18n.ts';
import type { Recipe } from '../../utils/recipes/recipe.ts';

interface Props {
  readonly recipes: readonly Pick<Recipe, 'id' | 'name'>[];
  readonly onChoose: (id: string) => void;
}

/** Which product is it? The one that fits any is last. */
export function RecipeCards({ recipes, onChoose }: Props) {
  const named = recipes.filter(({ id }) => id !== 'rest').toSorted((one, two) => one.name.localeCompare(two.name));
  const any = recipes.filter(({ id }) => id === 'rest');
  return (
    <ul class="choices">
      {[...named, ...any].map(({ id, name }) => (
        <li key={id}>
          <button type="button" class="choice" onClick={() => onChoose(id)}>
            <strong>{name}</strong>
            {id === 'rest' && <span class="help">{t('recipeRestHelp')}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
