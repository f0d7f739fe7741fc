import { t } from '../../utils/i18n.ts';
import { formatExactly, formatWhen } from '../../utils/ui/format.ts';
import type { TicketRow } from '../../utils/views.ts';
import { EmptyState } from './ThreadEmpty.tsx';

interface Props {
  readonly tickets: readonly TicketRow[] | undefined;
  /** Several ticket systems: each row says which. */
  readonly namesSystem: boolean;
  readonly now: number;
  readonly onNote: (ticket: TicketRow) => void;
}

/** What was sent: number, title, queue, when, and what the ticket system last said of it. */
export function TicketList({ tickets, namesSystem, now, onNote }: Props) {
  if (tickets?.length === 0)
    return (
      <EmptyState icon="ticket" title={t('ticketsEmptyTitle')}>
        <p>{t('ticketsEmptyHelp')}</p>
      </EmptyState>
    );
  return (
    <ul class="cards">
      {tickets?.map((ticket) => (
        <li key={ticket.deliveryId} class="card">
          <div class="card-head">
            <h2 dir="auto">
              {ticket.url === undefined ? (
                `#${ticket.number}`
              ) : (
                <a href={ticket.url} target="_blank" rel="noopener noreferrer">
                  #{ticket.number}
                </a>
              )}{' '}
              {ticket.title}
            </h2>
            <time class="row-when" dateTime={new Date(ticket.sentAt).toISOString()} title={formatExactly(ticket.sentAt)}>
              {formatWhen(ticket.sentAt, now)}
            </time>
          </div>
          <div class="card-foot">
            <p class="card-facts" dir="auto">
              {[ticket.queue, ticket.state, ticket.owner, namesSystem ? ticket.endpointName : undefined].filter(Boolean).join(' · ')}
            </p>
            <button type="button" class="quiet" aria-label={t('addNoteTo', ticket.number)} onClick={() => onNote(ticket)}>
              {t('addNote')}
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}
