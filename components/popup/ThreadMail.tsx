import { t } from '../../utils/i18n.ts';
import type { OutboxAction, OutboxRow } from '../../utils/views.ts';
import { ErrorWords } from '../Notice.tsx';
import { EmptyState } from './ThreadEmpty.tsx';

/** What a person does with a thread whose ticket system takes mail only, in the order in which they do it. */
export const mailActs = { mail: 'mailOpen', 'mail-file': 'mailFile', mailed: 'mailSent' } as const;

/** The row, where it waits to be sent by hand. */
export function asMail<Row extends Pick<OutboxRow, 'error'>>(row: Row | undefined): Row | undefined {
  return row?.error?.code === 'mail-needed' ? row : undefined;
}

interface Props {
  readonly row: OutboxRow;
  readonly onAct: (row: OutboxRow, act: OutboxAction) => void;
}

/** Its draft was opened, or will be: nobody but the person knows whether it was sent. */
export function ThreadMail({ row, onAct }: Props) {
  return (
    <EmptyState icon="mail" title={t('mailTitle')}>
      <p class="sent-title" dir="auto">
        {row.title}
      </p>
      <div role="status">
        {row.error && <ErrorWords error={row.error} />}
        <p class="muted">{t('mailFileHelp')}</p>
      </div>
      <div class="empty-actions">
        {(['mail', 'mail-file', 'mailed'] as const).map((act) => (
          <button key={act} type="button" class={act === 'mail' ? 'primary' : ''} onClick={() => onAct(row, act)}>
            {t(mailActs[act])}
          </button>
        ))}
      </div>
    </EmptyState>
  );
}
