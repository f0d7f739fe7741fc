import { t } from '../../utils/i18n.ts';
import type { ManagedView } from '../../utils/options-views.ts';
import { Notice } from '../Notice.tsx';

interface Props {
  readonly managed: ManagedView;
  /** Origins that the organisation set and the browser does not let Relais into yet. */
  readonly refused: readonly string[];
  readonly onAllow: (origins: readonly string[]) => void;
}

/** That an administrator set something, and the one click that a browser leaves to the person. */
export function ManagedNotice({ managed, refused, onAllow }: Props) {
  const { unreadable } = managed;
  // Every part of it is a list.
  if (Object.values(managed).every((part) => part.length === 0)) return null;
  return (
    <Notice tone={unreadable.length > 0 ? 'warning' : 'info'}>
      <p>{t('managedNotice')}</p>
      {unreadable.length > 0 && <p>{t('managedUnreadable', unreadable.join(', '))}</p>}
      {refused.length > 0 && (
        <button type="button" class="primary" onClick={() => onAllow(refused)}>
          {t('managedAllow')}
        </button>
      )}
    </Notice>
  );
}

/** Beside what an administrator set. */
export function ManagedMark() {
  return <span class="mark">{t('managedMark')}</span>;
}
