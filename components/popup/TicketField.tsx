import { t } from '../../utils/i18n.ts';
import { formatWhen } from '../../utils/ui/format.ts';
import type { TicketRow, TypedTicket } from '../../utils/views.ts';
import { Combobox } from '../Combobox.tsx';
import { TicketFactsLine } from './TicketFacts.tsx';

/** The tickets that there are to choose from, and what is known of one whose number was typed. */
export interface TicketSource {
  /** Sent to lately, newest first, of any ticket system. */
  readonly recent: readonly TicketRow[];
  /** By `endpointId/number`. */
  readonly typed: Readonly<Record<string, TypedTicket | undefined>>;
  readonly onOpen: () => void;
  readonly onTyped: (endpointId: string, number: string) => void;
}

interface Props {
  readonly value: string;
  readonly source: TicketSource;
  readonly endpointId: string | undefined;
  /** Tickets of any system are offered, each with its name; else those of `endpointId`. */
  readonly isAnySystem?: boolean;
  readonly now: number;
  /** What is said of the ticket; absent: what is known of a typed one. */
  readonly facts?: TypedTicket | undefined;
  readonly onPick: (ticket: TicketRow) => void;
  readonly onType: (text: string) => void;
}

/** What a picked ticket is called in the field. */
export function ticketLabel({ number, title }: Pick<TicketRow, 'number' | 'title'>): string {
  return title === '' ? `#${number}` : `#${number} ${title}`;
}

/** The number of a ticket as people type it. */
export function numberIn(text: string): string {
  return text.trim().replace(/^#/, '');
}

/** One of the recent tickets, found by number or title, or a number that somebody says on the phone: then its title is looked up. */
export function TicketField({ value, source, endpointId = '', isAnySystem = false, now, facts, onPick, onType }: Props) {
  const tickets = isAnySystem ? source.recent : source.recent.filter((row) => row.endpointId === endpointId);
  const told = facts ?? source.typed[`${endpointId}/${numberIn(value)}`];
  return (
    <Combobox
      label={t('fieldTicket')}
      value={value}
      options={tickets.map((row) => ({
        id: row.deliveryId,
        label: ticketLabel(row),
        detail: [isAnySystem ? row.endpointName : '', row.queue, row.state, formatWhen(row.sentAt, now)].filter(Boolean).join(' · '),
      }))}
      free={true}
      placeholder={t('ticketPlaceholder')}
      hint={told && <TicketFactsLine facts={told} />}
      onFocus={source.onOpen}
      onChoose={({ id }) => {
        const row = tickets.find(({ deliveryId }) => deliveryId === id);
        if (row) onPick(row);
      }}
      onType={onType}
      onLeave={() => {
        const number = numberIn(value);
        if (number !== '' && !tickets.some((row) => ticketLabel(row) === value)) source.onTyped(endpointId, number);
      }}
    />
  );
}
