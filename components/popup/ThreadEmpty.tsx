import type { ComponentChildren } from 'preact';
import type { ErrorRecord } from '../../utils/core/errors.ts';
import { t } from '../../utils/i18n.ts';
import { Icon, type IconName } from '../Icon.tsx';
import { ErrorWords } from '../Notice.tsx';

interface StateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ComponentChildren;
}

/** A tab that has nothing to list says why, and what comes next. */
export function EmptyState({ icon, title, children }: StateProps) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

interface Props {
  readonly error: ErrorRecord | undefined;
  readonly hasSystem: boolean;
  /** Origin of the active tab where Relais is not let in yet. */
  readonly origin: string | undefined;
  readonly onOptions: (route: string) => void;
  readonly onRetry: (() => void) | undefined;
  /** Present where nothing is read unasked. */
  readonly onTake: (() => void) | undefined;
  /** What else can be done here. */
  readonly children?: ComponentChildren;
}

/** No thread here: what to open, or what to set up first. */
export function ThreadEmpty({ error, hasSystem, origin, onOptions, onRetry, onTake, children }: Props) {
  const isPlain = error === undefined || error.code === 'no-thread';
  return (
    <EmptyState icon="mail" title={isPlain ? t('emptyThreadTitle') : t('emptyThreadTrouble')}>
      {isPlain ? <p>{t('emptyThreadHelp')}</p> : <ErrorWords error={error} />}
      <div class="empty-actions">
        {onTake && isPlain && (
          <button type="button" class="primary" onClick={onTake}>
            {t('takeThread')}
          </button>
        )}
        {onRetry && !isPlain && (
          <button type="button" onClick={onRetry}>
            {t('tryAgain')}
          </button>
        )}
        {origin !== undefined && (
          <button type="button" onClick={() => onOptions(`/webmails?add=${encodeURIComponent(origin)}`)}>
            {t('addThisWebmail')}
          </button>
        )}
        {!hasSystem && (
          <button type="button" class="primary" onClick={() => onOptions('/systems/add')}>
            {t('addSystem')}
          </button>
        )}
      </div>
      {children}
    </EmptyState>
  );
}
