import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import { formatExactly, formatRelative, formatWhen } from '../../utils/ui/format.ts';
import { statusWords } from '../../utils/ui/words.ts';
import type { OutboxRow } from '../../utils/views.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { Icon, type IconName } from '../Icon.tsx';
import { ErrorWords } from '../Notice.tsx';

interface Props {
  readonly row: OutboxRow;
  readonly now: number;
  readonly onRetry: (row: OutboxRow) => void;
  readonly onRepeat: (row: OutboxRow) => void;
  readonly onEdit: (row: OutboxRow) => void;
  readonly onDelete: (row: OutboxRow) => void;
}

const icons: Readonly<Record<OutboxRow['status'], IconName>> = {
  draft: 'mail',
  held: 'clock',
  waiting: 'clock',
  sending: 'away',
  unsure: 'question',
  paused: 'clock',
  stopped: 'stop',
  delivered: 'check',
};

/** One delivery: its state in words, why, when it is tried next. */
export function OutboxItem({ row, now, onRetry, onRepeat, onEdit, onDelete }: Props) {
  const { title, endpointName, status, createdAt, dueAt, attempts, error, receipt, actions } = row;
  const can = (action: OutboxRow['actions'][number]) => actions.includes(action);
  const isDue = (status === 'waiting' || status === 'unsure' || status === 'paused') && dueAt !== undefined;
  return (
    <li class={`card status-${status}`}>
      <div class="card-head">
        <h2 dir="auto">{title || t('untitled')}</h2>
        <time class="row-when" dateTime={new Date(createdAt).toISOString()} title={formatExactly(createdAt)}>
          {formatWhen(createdAt, now)}
        </time>
      </div>
      <p class="card-status">
        <Icon name={icons[status]} />
        <strong>{receipt ? t('inTickets', receipt.number) : statusWords(status)}</strong>
        {endpointName !== undefined && <span dir="auto">{endpointName}</span>}
        {attempts > 1 && <span>{plural('attempts', attempts)}</span>}
      </p>
      {error && (
        <div class="card-why">
          <ErrorWords error={error} />
        </div>
      )}
      {isDue && <p class="card-next">{dueAt <= now ? t('nextTryNow') : t('nextTry', formatRelative(dueAt, now))}</p>}
      {actions.length > 0 && (
        <div class="card-actions">
          {can('retry') && (
            <button type="button" onClick={() => onRetry(row)}>
              {t('retryNow')}
            </button>
          )}
          {can('edit') && (
            <button type="button" onClick={() => onEdit(row)}>
              {t('edit')}
            </button>
          )}
          {can('repeat') && (
            <button type="button" onClick={() => onRepeat(row)}>
              {t('sendAgainAnyway')}
            </button>
          )}
          {can('delete') && <ConfirmButton label={t('delete')} question={t(questionFor(row))} onConfirm={() => onDelete(row)} />}
        </div>
      )}
    </li>
  );
}

/** What deleting means depends on what there is. */
function questionFor({ kind, status }: OutboxRow): MessageKey {
  if (kind === 'draft') return 'deleteDraftAsk';
  return status === 'delivered' ? 'deleteDeliveredAsk' : 'deleteDeliveryAsk';
}
