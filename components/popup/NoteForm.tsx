import { t } from '../../utils/i18n.ts';
import { formatWhen } from '../../utils/ui/format.ts';
import type { EndpointSummary, TicketRow } from '../../utils/views.ts';
import { Combobox } from '../Combobox.tsx';
import { Field } from '../Field.tsx';
import { Notice } from '../Notice.tsx';
import { NoteField, type Template } from './NoteField.tsx';

interface Props {
  readonly ticket: string;
  readonly note: string;
  readonly tickets: readonly TicketRow[];
  readonly endpoints: readonly EndpointSummary[];
  readonly endpoint: EndpointSummary | undefined;
  readonly templates: readonly Template[];
  /** The ticket that the last note went to. */
  readonly added: string | undefined;
  readonly now: number;
  readonly onTicket: (text: string) => void;
  readonly onPick: (ticket: TicketRow) => void;
  readonly onEndpoint: (id: string) => void;
  readonly onNote: (text: string) => void;
}

/** A remark for a ticket: a recent one, or a number that somebody says on the phone. */
export function NoteForm({
  ticket,
  note,
  tickets,
  endpoints,
  endpoint,
  templates,
  added,
  now,
  onTicket,
  onPick,
  onEndpoint,
  onNote,
}: Props) {
  const options = tickets.map((row) => ({
    id: row.deliveryId,
    label: row.title === '' ? `#${row.number}` : `#${row.number} ${row.title}`,
    detail: [endpoints.length > 1 ? row.endpointName : '', row.queue ?? '', formatWhen(row.sentAt, now)].filter(Boolean).join(' · '),
  }));
  return (
    <div class="form">
      {added !== undefined && (
        <Notice tone="good" live={true}>
          <p dir="auto">{t('noteAdded', added)}</p>
        </Notice>
      )}
      <Combobox
        label={t('fieldTicket')}
        value={ticket}
        options={options}
        free={true}
        placeholder={t('ticketPlaceholder')}
        onChoose={({ id }) => {
          const row = tickets.find(({ deliveryId }) => deliveryId === id);
          if (row) onPick(row);
        }}
        onType={onTicket}
      />
      {endpoints.length > 1 && (
        <Field label={t('fieldSystem')}>
          {(ids) => (
            <select {...ids} value={endpoint?.id ?? ''} onChange={({ currentTarget }) => onEndpoint(currentTarget.value)}>
              {endpoints.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <NoteField
        value={note}
        templates={templates}
        hint={endpoint?.internalNotes === false ? t('noteNotInternal', endpoint.name) : t('noteInternal')}
        isWarning={endpoint?.internalNotes === false}
        onType={onNote}
      />
    </div>
  );
}
