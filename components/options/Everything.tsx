import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { Notice } from '../Notice.tsx';

interface Props {
  readonly onExport: () => void;
  /** Resolves with whether everything is gone. */
  readonly onWipe: () => Promise<boolean>;
}

/** All of it, to take along or to delete. */
export function Everything({ onExport, onWipe }: Props) {
  const [isDone, setDone] = useState(false);
  return (
    <section class="block">
      <h2>{t('allTitle')}</h2>
      <p class="help">{t('allHelp')}</p>
      <button type="button" onClick={onExport}>
        {t('allExport')}
      </button>
      <p class="help">{t('wipeHelp')}</p>
      <ConfirmButton label={t('wipe')} question={t('wipeAsk')} class="danger" onConfirm={() => void onWipe().then(setDone)} />
      {isDone && (
        <Notice tone="good" live={true}>
          <p>{t('wipeDone')}</p>
        </Notice>
      )}
    </section>
  );
}
