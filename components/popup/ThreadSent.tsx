import { t } from '../../utils/i18n.ts';
import { formatRelative } from '../../utils/ui/format.ts';
import { statusWords } from '../../utils/ui/words.ts';
import type { CaptureView, OutboxAction, OutboxRow } from '../../utils/views.ts';
import { ErrorWords, Notice } from '../Notice.tsx';
import { EmptyState } from './ThreadEmpty.tsx';
import { asMail, ThreadMail } from './ThreadMail.tsx';
import { ThreadTaken, takenBy } from './ThreadTaken.tsx';
import { Twin } from './Twin.tsx';

interface Props {
  readonly capture: CaptureView;
  readonly now: number;
  readonly onOutbox: () => void;
  readonly onAct: (row: OutboxRow, act: OutboxAction) => void;
  readonly onClose: () => void;
}

/** What became of a thread that was sent, and the next thing to do. */
export function ThreadSent({ capture, now, onOutbox, onAct, onClose }: Props) {
  const { delivery, title } = capture;
  const taken = delivery && takenBy(delivery);
  if (delivery && taken) return <ThreadTaken title={title} row={delivery} ticket={taken} onAct={onAct} />;
  const mail = asMail(delivery);
  if (mail) return <ThreadMail row={mail} onAct={onAct} />;
  const receipt = delivery?.receipt;
  const isWaiting = delivery !== undefined && receipt === undefined && delivery.status !== 'sending';
  return (
    <EmptyState icon={receipt ? 'check' : delivery?.status === 'stopped' ? 'stop' : isWaiting ? 'clock' : 'away'} title={headline(capture)}>
      <p class="sent-title" dir="auto">
        {title}
      </p>
      <div role="status">
        {receipt?.mailedTo !== undefined && <p>{t('mailedHelp')}</p>}
        {receipt?.adopted && <p>{t('sentAdopted')}</p>}
        {receipt?.twin && <Twin twin={receipt.twin} />}
        {receipt?.warnings.map((warning) => (
          <Notice key={warning} tone="warning">
            <p>{warning}</p>
          </Notice>
        ))}
        {delivery?.error && !receipt && <ErrorWords error={delivery.error} />}
        {isWaiting && delivery.dueAt !== undefined && <p>{t('nextTry', formatRelative(delivery.dueAt, now))}</p>}
        {!receipt && delivery?.status !== 'stopped' && <p class="muted">{t('sentMayClose')}</p>}
      </div>
      <div class="empty-actions">
        {receipt?.url !== undefined && (
          <a class="button primary" href={receipt.url} target="_blank" rel="noopener noreferrer">
            {t('openTicket')}
          </a>
        )}
        {isWaiting && (
          <button type="button" onClick={onOutbox}>
            {t('showOutbox')}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </EmptyState>
  );
}

function headline({ delivery }: CaptureView): string {
  if (delivery?.receipt?.mailedTo !== undefined) return t('mailedTo', delivery.receipt.mailedTo);
  if (delivery?.receipt) return t('inTickets', delivery.receipt.number);
  return delivery === undefined ? t('statusSending') : statusWords(delivery.status);
}
