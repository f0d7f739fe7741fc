import type { Loss } from '../../utils/core/loss.ts';
import { plural, t } from '../../utils/i18n.ts';
import { formatDay } from '../../utils/ui/format.ts';
import { Notice } from '../Notice.tsx';

interface Props {
  readonly lost: Loss;
  readonly onUnderstood: () => void;
}

/** What went with the database that the browser threw away, and what did not; there until the person has read it. */
export function LossNotice({ lost: { at, restored, missing }, onUnderstood }: Props) {
  return (
    <Notice tone="warning">
      <p>{t('lostOn', formatDay(at))}</p>
      {restored > 0 && <p>{plural('lostRestored', restored)}</p>}
      {missing > 0 && <p>{plural('lostMissing', missing)}</p>}
      <p>{t('lostHelp')}</p>
      <button type="button" onClick={onUnderstood}>
        {t('lostUnderstood')}
      </button>
    </Notice>
  );
}
