import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import type { WebmailCheck } from '../../utils/views.ts';
import { Icon } from '../Icon.tsx';
import { Notice } from '../Notice.tsx';

interface Props {
  readonly isAllowed: boolean;
  /** The last self-check there; absent where none ran since the browser started. */
  readonly check: (WebmailCheck & { readonly origin: string }) | undefined;
  readonly onAllow: () => void;
  /** A page of this origin without its words; `undefined` where none is open. */
  readonly onReport: (origin: string) => Promise<string | undefined>;
}

/** Whether a webmail that is switched on works, and what to do where it does not. */
export function WebmailState({ isAllowed, check, onAllow, onReport }: Props) {
  if (!isAllowed) {
    return (
      <>
        <p class="card-status status-stopped">
          <Icon name="stop" />
          <span>{t('webmailNotAllowed')}</span>
        </p>
        <div class="card-actions">
          <button type="button" class="primary" onClick={onAllow}>
            {t('allowAgain')}
          </button>
        </div>
      </>
    );
  }
  if (!check) return null;
  const { webmail, missing, origin } = check;
  const isChanged = webmail === null || (missing ?? []).length > 0;
  return (
    <>
      <p class={`card-status${isChanged ? ' status-stopped' : ''}`}>
        <Icon name={isChanged ? 'stop' : 'check'} />
        <span>
          {webmail === null
            ? t('webmailUnknownYet')
            : missing && missing.length > 0
              ? t('webmailChanged', missing.join(', '))
              : t('webmailChecked')}
        </span>
      </p>
      {isChanged && <Report onReport={() => onReport(origin)} head={{ webmail, missing }} />}
    </>
  );
}

interface ReportProps {
  /** What the self-check said, as the first lines of the report. */
  readonly head: { readonly webmail: string | null; readonly missing: readonly string[] | undefined };
  readonly onReport: () => Promise<string | undefined>;
}

/** Shows what would be told, and copies it; nothing leaves by itself. */
function Report({ head, onReport }: ReportProps) {
  const [report, setReport] = useState<string>();
  const [said, setSaid] = useState<'reportNoPage' | 'copied'>();
  async function make(): Promise<void> {
    const skeleton = await onReport();
    setSaid(skeleton === undefined ? 'reportNoPage' : undefined);
    if (skeleton !== undefined) setReport(`${head.webmail ?? '?'}: ${(head.missing ?? []).join(', ')}\n\n${skeleton}`);
  }
  return (
    <>
      <div class="card-actions">
        <button type="button" onClick={() => void make()}>
          {t('reportProblem')}
        </button>
      </div>
      {report !== undefined && (
        <>
          <p class="help">{t('reportHelp')}</p>
          <textarea class="report" aria-label={t('reportText')} readOnly={true} rows={12} value={report} />
          <div class="card-actions">
            <button type="button" class="primary" onClick={() => void navigator.clipboard.writeText(report).then(() => setSaid('copied'))}>
              {t('copy')}
            </button>
          </div>
        </>
      )}
      {said && (
        <Notice tone={said === 'copied' ? 'good' : 'info'} live={true}>
          <p>{t(said)}</p>
        </Notice>
      )}
    </>
  );
}
