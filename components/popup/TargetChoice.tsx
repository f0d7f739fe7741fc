import type { Target } from '../../utils/core/capture.ts';
import { t } from '../../utils/i18n.ts';
import type { CaptureView, EditPatch, EndpointSummary } from '../../utils/views.ts';
import { isNumber, numberIn, TicketField, type TicketSource, ticketLabel } from './TicketField.tsx';

interface Props {
  readonly capture: CaptureView;
  readonly endpoint: EndpointSummary | undefined;
  readonly source: TicketSource;
  readonly now: number;
  readonly onEdit: (patch: EditPatch) => void;
}

/** Into a new ticket, or into one that exists: the one that the thread has, a recent one, or a number. */
export function TargetChoice({ capture: { target, known }, endpoint, source, now, onEdit }: Props) {
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
          value={fieldText(target)}
          source={source}
          endpoint={endpoint}
          now={now}
          facts={target.ticketId === known?.ticketId ? known : undefined}
          onPick={({ ticketId, number, title }) => onEdit({ target: append(ticketId, number, title) })}
          onType={(text) => onEdit({ target: append(numberIn(text), numberIn(text)) })}
        />
      )}
    </>
  );
}

function fieldText({ number, title }: Extract<Target, { readonly kind: 'append' }>): string {
  if (title !== undefined) return ticketLabel({ number, title });
  return isNumber(number) ? `#${number}` : number;
}
