import type { TemplateValues } from '../../utils/core/note-template.ts';
import { t } from '../../utils/i18n.ts';
import { formatDay } from '../../utils/ui/format.ts';
import type { EndpointSummary, TicketRow } from '../../utils/views.ts';
import { Notice } from '../Notice.tsx';
import { NoteField, type Template } from './NoteField.tsx';
import { noteHint, takesNote } from './note-words.ts';
import { SystemField } from './SystemField.tsx';
import { numberIn, type PickedTicket, TicketField, type TicketSource, ticketLabel } from './TicketField.tsx';

interface Props {
  readonly ticket: string;
  readonly note: string;
  readonly source: TicketSource;
  readonly endpoints: readonly EndpointSummary[];
  readonly endpoint: EndpointSummary | undefined;
  readonly templates: readonly Template[];
  /** The ticket that the last note went to. */
  readonly added: string | undefined;
  readonly now: number;
  readonly onTicket: (text: string) => void;
  readonly onPick: (ticket: PickedTicket) => void;
  readonly onEndpoint: (id: string) => void;
  readonly onNote: (text: string) => void;
}

/** A remark for a ticket: a recent one, or a number that somebody says on the phone. */
export function NoteForm({
  ticket,
  note,
  source,
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
  return (
    <div class="form">
      {added !== undefined && (
        <Notice tone="good" live={true}>
          <p dir="auto">{t('noteAdded', added)}</p>
        </Notice>
      )}
      <TicketField
        value={ticket}
        source={source}
        endpoint={endpoint}
        isAnySystem={endpoints.length > 1}
        now={now}
        onPick={onPick}
        onType={onTicket}
      />
      <SystemField endpoints={endpoints} endpoint={endpoint} onChange={onEndpoint} />
      {takesNote(endpoint, note) ? (
        <NoteField
          value={note}
          templates={templates}
          values={valuesOf(ticket, source.recent, now)}
          hint={noteHint(endpoint)}
          isWarning={endpoint?.internalNotes === false}
          onType={onNote}
        />
      ) : (
        <Notice tone="info">
          <p>{noteHint(endpoint)}</p>
        </Notice>
      )}
    </div>
  );
}

/** What a template may say of the ticket: of one that only its number is known of, no more than that. */
function valuesOf(ticket: string, tickets: readonly TicketRow[], now: number): TemplateValues {
  const known = tickets.find((row) => ticketLabel(row) === ticket);
  const number = known?.number ?? numberIn(ticket);
  return { ticket: number, title: known?.title, queue: known?.queue, date: formatDay(now) };
}
