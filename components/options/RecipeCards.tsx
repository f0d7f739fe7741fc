import { t } from '../../utils/i18n.ts';
import type { RecipeCard } from '../../utils/recipes/catalogue.ts';
import { recipeWords } from '../../utils/ui/recipe-words.ts';

interface Props {
  readonly recipes: readonly RecipeCard[];
  readonly onChoose: (id: string) => void;
}

/** Which product is it? Those that fit any come last. */
export function RecipeCards({ recipes, onChoose }: Props) {
  return (
    <ul class="choices">
      {recipes.map(({ id, name, hint }) => (
        <li key={id}>
          <button type="button" class="choice" onClick={() => onChoose(id)}>
            <strong>{recipeWords(name)}</strong>
            {id === 'rest' ? <span class="help">{t('recipeRestHelp')}</span> : hint && <span class="help">{hint}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
