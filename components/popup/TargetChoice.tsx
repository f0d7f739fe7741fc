import type { Target } from '../../utils/core/capture.ts';
import { t } from '../../utils/i18n.ts';
import type { CaptureView, EditPatch, TicketRow } from '../../utils/views.ts';
import { TicketFactsLine } from './TicketFacts.tsx';
import { TicketField, ticketLabel } from './TicketField.tsx';

interface Props {
  readonly capture: CaptureView;
  /** Of the ticket system that the thread goes to. */
  readonly tickets: readonly TicketRow[];
  readonly now: number;
  readonly onOpenTickets: () => void;
  readonly onEdit: (patch: EditPatch) => void;
}

/** Into a new ticket, or into one that exists: the one that the thread has, a recent one, or a number. */
export function TargetChoice({ capture: { target, known }, tickets, now, onOpenTickets, onEdit }: Props) {
  const isNew = target.kind === 'new';
  const append = (ticketId: string, number: string, title?: string): Target => ({
    kind: 'append',
    ticketId,
    number,
    ...(title !== undefined && { title }),
  });
  return (
    <>
      <fieldset class="target">
        <legend class="sr-only">{t('targetLegend')}</legend>
        <label class="tick">
          {/* A second ticket for a thread that has one is a person's explicit wish; else it is what happens anyway. */}
          <input type="radio" name="target" checked={isNew} onChange={() => onEdit({ target: known ? { kind: 'new' } : null })} />
          <span>{t('newTicket')}</span>
        </label>
        <label class="tick">
          <input type="radio" name="target" checked={!isNew} onChange={() => onEdit({ target: known ? null : append('', '') })} />
          <span>
            {known || (!isNew && target.title) ? t('addToTicket', isNew ? (known?.number ?? '') : target.number) : t('addToSome')}
          </span>
        </label>
      </fieldset>
      {!isNew && (
        <TicketField
          value={
            target.title === undefined ? target.number && `#${target.number}` : ticketLabel({ number: target.number, title: target.title })
          }
          tickets={tickets}
          now={now}
          hint={target.ticketId === known?.ticketId && <TicketFactsLine facts={known} />}
          onFocus={onOpenTickets}
          onPick={({ ticketId, number, title }) => onEdit({ target: append(ticketId, number, title) })}
          onType={(text) => {
            const number = text.trim().replace(/^#/, '');
            onEdit({ target: append(number, number) });
          }}
        />
      )}
    </>
  );
}
