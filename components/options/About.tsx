import { t } from '../../utils/i18n.ts';

/** Version, promises, and where to read more. */
export function About({ version }: { readonly version: string }) {
  return (
    <div class="about">
      <p class="lead">{t('extensionDescription')}</p>
      <p>{t('aboutVersion', version)}</p>
      <h2>{t('aboutNeverTitle')}</h2>
      <ul>
        <li>{t('aboutNeverServer')}</li>
        <li>{t('aboutNeverWatch')}</li>
        <li>{t('aboutNeverSites')}</li>
        <li>{t('aboutNeverMail')}</li>
        <li>{t('aboutNeverLose')}</li>
      </ul>
      <h2>{t('aboutDocsTitle')}</h2>
      <p>{t('aboutDocs')}</p>
      <ul>
        <li>
          <code>README.md</code>
        </li>
        <li>
          <code>docs/recipes.md</code>
        </li>
        <li>
          <code>docs/webmails.md</code>
        </li>
      </ul>
    </div>
  );
}
