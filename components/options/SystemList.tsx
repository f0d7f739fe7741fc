import { t } from '../../utils/i18n.ts';
import type { Endpoint } from '../../utils/settings/schema.ts';
import { Icon } from '../Icon.tsx';
import { EmptyState } from '../popup/ThreadEmpty.tsx';
import { ManagedMark } from './ManagedNotice.tsx';

interface SystemRow {
  readonly endpoint: Endpoint;
  /** Name of the product. */
  readonly product: string;
  readonly origins: readonly string[];
  readonly isAllowed: boolean;
  /** An administrator set it. */
  readonly isSet: boolean;
}

interface Props {
  readonly systems: readonly SystemRow[];
  readonly defaultId: string | undefined;
  /** An administrator says which ones there are. */
  readonly isLocked: boolean;
  readonly canChooseDefault: boolean;
  readonly onAdd: () => void;
  readonly onEdit: (id: string) => void;
  readonly onMakeDefault: (id: string) => void;
  readonly onAllow: (origins: readonly string[]) => void;
}

/** The ticket systems that threads can go to. */
export function SystemList({ systems, defaultId, isLocked, canChooseDefault, onAdd, onEdit, onMakeDefault, onAllow }: Props) {
  if (systems.length === 0 && !isLocked)
    return (
      <EmptyState icon="ticket" title={t('noSystemTitle')}>
        <p>{t('noSystemOptions')}</p>
        <div class="empty-actions">
          <button type="button" class="primary" onClick={onAdd}>
            {t('addSystem')}
          </button>
        </div>
      </EmptyState>
    );
  return (
    <>
      <ul class="cards">
        {systems.map(({ endpoint, product, origins, isAllowed, isSet }) => (
          <li key={endpoint.id} class="card">
            <div class="card-head">
              <h2 dir="auto">{endpoint.name}</h2>
              {endpoint.id === defaultId && systems.length > 1 && <span class="mark">{t('isDefault')}</span>}
              {isSet && <ManagedMark />}
            </div>
            <p class="card-facts">{[product, ...origins.map((origin) => new URL(origin).host)].join(' · ')}</p>
            <p class="card-facts" dir="auto">
              {endpoint.defaults.queue ? t('defaultQueueIs', endpoint.defaults.queue.label) : t('defaultQueueNone')}
            </p>
            {!isAllowed && (
              <p class="card-status status-stopped">
                <Icon name="stop" />
                <span>{t('systemNotAllowed')}</span>
              </p>
            )}
            <div class="card-actions">
              {!isAllowed && (
                <button type="button" class="primary" onClick={() => onAllow(origins)}>
                  {t('allowAgain')}
                </button>
              )}
              <button type="button" onClick={() => onEdit(endpoint.id)}>
                {t('edit')}
              </button>
              {endpoint.id !== defaultId && canChooseDefault && (
                <button type="button" class="quiet" onClick={() => onMakeDefault(endpoint.id)}>
                  {t('makeDefault')}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {!isLocked && (
        <button type="button" onClick={onAdd}>
          <Icon name="plus" />
          {t('addSystem')}
        </button>
      )}
    </>
  );
}
