import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import { formatExactly, formatRelative, formatSize, formatWhen } from '../../utils/ui/format.ts';
import { statusWords } from '../../utils/ui/words.ts';
import type { OutboxAction, OutboxRow } from '../../utils/views.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { Icon, type IconName } from '../Icon.tsx';
import { ErrorWords } from '../Notice.tsx';
import { asMail, mailActs } from './ThreadMail.tsx';
import { takenBy } from './ThreadTaken.tsx';
import { TicketLink } from './TicketFacts.tsx';

interface Props {
  readonly row: OutboxRow;
  readonly now: number;
  readonly onAct: (row: OutboxRow, act: OutboxAction) => void;
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
export function OutboxItem({ row, now, onAct }: Props) {
  const { title, endpointName, status, createdAt, dueAt, attempts, underWay, incomplete, error, receipt, actions } = row;
  const taken = takenBy(row);
  const isDue = (status === 'waiting' || status === 'unsure' || status === 'paused') && dueAt !== undefined;
  const button = (action: OutboxAction) =>
    action === 'delete' ? (
      <ConfirmButton key={action} label={t('delete')} question={t(questionFor(row))} onConfirm={() => onAct(row, action)} />
    ) : (
      <button key={action} type="button" onClick={() => onAct(row, action)}>
        {actionWords(row, action)}
      </button>
    );
  return (
    <li class={`card status-${status}`}>
      <div class="card-head">
        <h2 dir="auto">{title || t('untitled')}</h2>
        <time class="row-when" dateTime={new Date(createdAt).toISOString()} title={formatExactly(createdAt)}>
          {formatWhen(createdAt, now)}
        </time>
      </div>
      <p class="card-status">
        <Icon name={asMail(row) ? 'mail' : icons[status]} />
        <strong>{receipt ? t('inTickets', receipt.number) : statusWords(status)}</strong>
        {endpointName !== undefined && <span dir="auto">{endpointName}</span>}
        {attempts > 1 && <span>{plural('attempts', attempts)}</span>}
      </p>
      {error && (
        <div class="card-why">
          {taken ? (
            <p>
              {t('takenTitle', taken.number)} {taken.url !== undefined && <TicketLink {...taken} />}
            </p>
          ) : (
            <ErrorWords error={error} />
          )}
        </div>
      )}
      {underWay && <p class="card-next">{t('underWay', formatSize(underWay.bytes), formatRelative(underWay.since, now))}</p>}
      {incomplete !== undefined && <p class="card-why">{incomplete}</p>}
      {isDue && <p class="card-next">{dueAt <= now ? t('nextTryNow') : t('nextTry', formatRelative(dueAt, now))}</p>}
      {actions.length > 0 && (
        <div class="card-actions">
          {actions.filter((action) => !leadsOut(row, action)).map(button)}
          <div class="card-ways-out">{actions.filter((action) => leadsOut(row, action)).map(button)}</div>
        </div>
      )}
    </li>
  );
}

/** Takes the thread out of the outbox another way: these stand together, also where they find no room beside the others. */
const leadsOut = (row: OutboxRow, action: OutboxAction) =>
  action === 'export' || action === 'delete' || (action === 'mail' && !asMail(row));

function actionWords(row: OutboxRow, action: Exclude<OutboxAction, 'delete'>): string {
  const { error } = row;
  switch (action) {
    case 'append':
      return t('addToTicket', String(error?.details.number ?? ''));
    case 'retry':
      return t('retryNow');
    case 'edit':
      return t('edit');
    case 'repeat':
      return t(error?.code === 'already-in-tickets' ? 'newAllTheSame' : 'sendAgainAnyway');
    case 'export':
      return t('export');
    case 'mail':
      return t(asMail(row) ? mailActs.mail : 'sendByMail');
    case 'mail-file':
    case 'mailed':
      return t(mailActs[action]);
  }
}

/** What deleting means depends on what there is. */
function questionFor({ kind, status }: OutboxRow): MessageKey {
  if (kind === 'draft') return 'deleteDraftAsk';
  return status === 'delivered' ? 'deleteDeliveredAsk' : 'deleteDeliveryAsk';
}
