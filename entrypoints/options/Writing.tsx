import { useEffect, useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';

type RecipePagesModule = typeof import('./RecipePages.tsx');

/** The editor for recipes, which weighs something, once it is there. */
export function Writing(props: Parameters<RecipePagesModule['RecipePages']>[0]) {
  const [pages, setPages] = useState<RecipePagesModule>();
  useEffect(() => {
    import('./RecipePages.tsx').then(setPages, (thrown: unknown) => console.error(thrown));
  }, []);
  return pages === undefined ? <p role="status">{t('loading')}</p> : <pages.RecipePages {...props} />;
}
