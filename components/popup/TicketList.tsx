import { useState } from 'preact/hooks';
import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import { filterBy } from '../../utils/ui/filter.ts';
import { formatExactly, formatRelative, formatWhen } from '../../utils/ui/format.ts';
import type { TicketChange, TicketRow } from '../../utils/views.ts';
import { Field } from '../Field.tsx';
import { Icon } from '../Icon.tsx';
import { EmptyState } from './ThreadEmpty.tsx';
import { TicketLink } from './TicketFacts.tsx';
import { Twin } from './Twin.tsx';

interface Props {
  readonly tickets: readonly TicketRow[] | undefined;
  /** Several ticket systems: each row says which. */
  readonly namesSystem: boolean;
  readonly now: number;
  readonly onNote: (ticket: TicketRow) => void;
}

/** A filter for fewer would be in the way. */
const enoughToFilter = 6;

/** What was sent: number, title, how it stands, and what changed since the person last looked. */
export function TicketList({ tickets, namesSystem, now, onNote }: Props) {
  const [typed, setTyped] = useState('');
  if (tickets === undefined) return null;
  if (tickets.length === 0)
    return (
      <EmptyState icon="ticket" title={t('ticketsEmptyTitle')}>
        <p>{t('ticketsEmptyHelp')}</p>
      </EmptyState>
    );
  const shown = filterBy(tickets, typed, ({ number, title, queue, state, owner }) => [`#${number}`, title, queue, state, owner].join(' '));
  const changed = tickets.filter(({ changes }) => changes.length > 0).length;
  return (
    <>
      {tickets.length >= enoughToFilter && (
        <Field label={t('ticketsFilter')}>
          {(ids) => (
            <input {...ids} type="search" dir="auto" value={typed} onInput={({ currentTarget }) => setTyped(currentTarget.value)} />
          )}
        </Field>
      )}
      <p class="counts" role="status">
        {[
          typed.trim() === '' ? plural('ticketsCount', tickets.length) : t('tickedOf', shown.length, tickets.length),
          changed > 0 ? plural('ticketsChanged', changed) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ul class="cards">
        {shown.map((ticket) => (
          <Ticket key={`${ticket.endpointId} ${ticket.ticketId}`} ticket={ticket} namesSystem={namesSystem} now={now} onNote={onNote} />
        ))}
      </ul>
    </>
  );
}

function Ticket({ ticket, namesSystem, now, onNote }: Omit<Props, 'tickets'> & { readonly ticket: TicketRow }) {
  const { number, title, sentAt, queue, state, owner, endpointName, changes, changedAt, isHidden, twin } = ticket;
  return (
    <li class="card">
      <div class="card-head">
        <h2 dir="auto">
          <TicketLink {...ticket} /> {title}
        </h2>
        <time class="row-when" dateTime={new Date(sentAt).toISOString()} title={formatExactly(sentAt)}>
          {formatWhen(sentAt, now)}
        </time>
      </div>
      {changes.length > 0 && (
        <p class="card-news">
          <Icon name="retry" />
          <span dir="auto">
            {changes.map((change) => changeWords(change, ticket)).join(' · ')}
            {changedAt !== undefined && <span class="muted"> {t('changeNoticed', formatRelative(changedAt, now))}</span>}
          </span>
        </p>
      )}
      {isHidden && <p class="muted">{t('ticketHidden')}</p>}
      {twin && <Twin twin={twin} />}
      <div class="card-foot">
        <p class="card-facts" dir="auto">
          {[queue, state, owner, namesSystem ? endpointName : undefined].filter(Boolean).join(' · ')}
        </p>
        <button type="button" class="quiet" aria-label={t('addNoteTo', number)} onClick={() => onNote(ticket)}>
          {t('addNote')}
        </button>
      </div>
    </li>
  );
}

const factKeys = { state: 'factState', owner: 'factOwner', queue: 'fieldQueue' } as const satisfies Record<
  TicketChange['fact'],
  MessageKey
>;

function changeWords({ fact, before }: TicketChange, ticket: TicketRow): string {
  return t('changeWords', t(factKeys[fact]), ticket[fact] || t('factNone'), before || t('factNone'));
}
