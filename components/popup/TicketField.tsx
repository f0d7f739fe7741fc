import type { ComponentChildren } from 'preact';
import { t } from '../../utils/i18n.ts';
import { formatWhen } from '../../utils/ui/format.ts';
import type { TicketRow } from '../../utils/views.ts';
import { Combobox } from '../Combobox.tsx';

interface Props {
  readonly value: string;
  readonly tickets: readonly TicketRow[];
  /** Several ticket systems: each entry says which. */
  readonly namesSystem?: boolean;
  readonly now: number;
  readonly hint?: ComponentChildren;
  readonly onFocus?: () => void;
  readonly onPick: (ticket: TicketRow) => void;
  readonly onType: (text: string) => void;
}

/** What a picked ticket is called in the field. */
export function ticketLabel({ number, title }: Pick<TicketRow, 'number' | 'title'>): string {
  return title === '' ? `#${number}` : `#${number} ${title}`;
}

/** One of the recent tickets, found by number or title, or a number that somebody says on the phone. */
export function TicketField({ value, tickets, namesSystem = false, now, hint, onFocus, onPick, onType }: Props) {
  return (
    <Combobox
      label={t('fieldTicket')}
      value={value}
      options={tickets.map((row) => ({
        id: row.deliveryId,
        label: ticketLabel(row),
        detail: [namesSystem ? row.endpointName : '', row.queue, row.state, formatWhen(row.sentAt, now)].filter(Boolean).join(' · '),
      }))}
      free={true}
      placeholder={t('ticketPlaceholder')}
      {...(hint !== undefined && { hint })}
      {...(onFocus && { onFocus })}
      onChoose={({ id }) => {
        const row = tickets.find(({ deliveryId }) => deliveryId === id);
        if (row) onPick(row);
      }}
      onType={onType}
    />
  );
}
