import { useState } from 'preact/hooks';
import { plural, t } from '../../utils/i18n.ts';
import type { OutboxCounts } from '../../utils/views.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { Notice } from '../Notice.tsx';

interface Props {
  readonly onExport: () => void;
  /** What stands in the outbox now; `undefined` where it can't be told. */
  readonly onCount: () => Promise<OutboxCounts | undefined>;
  /** Resolves with whether everything is gone. */
  readonly onWipe: () => Promise<boolean>;
}

/** All of it, to take along or to delete. */
export function Everything({ onExport, onCount, onWipe }: Props) {
  const [isDone, setDone] = useState(false);
  const [unsent, setUnsent] = useState<OutboxCounts>();
  return (
    <section class="block">
      <h2>{t('allTitle')}</h2>
      <p class="help">{t('allHelp')}</p>
      <button type="button" onClick={onExport}>
        {t('allExport')}
      </button>
      <p class="help">{t('wipeHelp')}</p>
      <ConfirmButton
        label={t('wipe')}
        question={[t('wipeAsk'), countsIn(unsent)].filter(Boolean).join(' ')}
        class="danger"
        onAsk={() => void onCount().then(setUnsent)}
        onConfirm={() => void onWipe().then(setDone)}
      />
      {isDone && (
        <Notice tone="good" live={true}>
          <p>{t('wipeDone')}</p>
        </Notice>
      )}
    </section>
  );
}

/** How much of what was not sent is lost; empty where there is nothing. */
function countsIn({ waiting, attention }: OutboxCounts = { waiting: 0, attention: 0 }): string {
  const counts = [waiting > 0 && plural('countWaiting', waiting), attention > 0 && plural('countAttention', attention)].filter(Boolean);
  return counts.length > 0 ? `(${counts.join(' · ')})` : '';
}
