import { t } from '../../utils/i18n.ts';
import type { OutboxAction, OutboxRow } from '../../utils/views.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { EmptyState } from './ThreadEmpty.tsx';

export interface Taken {
  readonly number: string;
  readonly url?: string;
}

/** The ticket that somebody else made of the same thread, where that is why a delivery stopped. */
export function takenBy({ status, error }: OutboxRow): Taken | undefined {
  if (status !== 'stopped' || error?.code !== 'already-in-tickets') return undefined;
  const { number, url } = error.details;
  return { number: String(number), ...(typeof url === 'string' && { url }) };
}

interface Props {
  readonly title: string;
  readonly row: OutboxRow;
  readonly ticket: Taken;
  readonly onAct: (row: OutboxRow, act: OutboxAction) => void;
}

/** A colleague was quicker: nothing was sent yet, and the person says what becomes of it. */
export function ThreadTaken({ title, row, ticket, onAct }: Props) {
  return (
    <EmptyState icon="ticket" title={t('takenTitle', ticket.number)}>
      <p class="sent-title" dir="auto">
        {title}
      </p>
      <p role="status">{t('takenHelp')}</p>
      {ticket.url !== undefined && (
        <a href={ticket.url} target="_blank" rel="noopener noreferrer">
          {t('openTicket')}
        </a>
      )}
      <div class="empty-actions">
        <button type="button" class="primary" onClick={() => onAct(row, 'append')}>
          {t('addToTicket', ticket.number)}
        </button>
        <button type="button" onClick={() => onAct(row, 'repeat')}>
          {t('newAllTheSame')}
        </button>
        <ConfirmButton label={t('discard')} question={t('discardAsk')} onConfirm={() => onAct(row, 'delete')} />
      </div>
    </EmptyState>
  );
}
