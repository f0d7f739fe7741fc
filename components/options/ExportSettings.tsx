import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import { Notice } from '../Notice.tsx';

/** One JSON document; credentials only when asked for, with the risk named. */
export function ExportSettings({ onExport }: { readonly onExport: (withSecrets: boolean) => void }) {
  const [withSecrets, setWithSecrets] = useState(false);
  return (
    <section class="block">
      <h2>{t('exportTitle')}</h2>
      <p class="help">{t('exportHelp')}</p>
      <label class="tick">
        <input type="checkbox" checked={withSecrets} onChange={({ currentTarget }) => setWithSecrets(currentTarget.checked)} />
        <span>{t('exportSecrets')}</span>
      </label>
      {withSecrets && (
        <Notice tone="warning" live={true}>
          <p>{t('exportSecretsRisk')}</p>
        </Notice>
      )}
      <button type="button" onClick={() => onExport(withSecrets)}>
        {t('exportSettings')}
      </button>
    </section>
  );
}
