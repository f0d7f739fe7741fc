import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { isPlainHttp, originOf } from '../../utils/ui/address.ts';
import type { WebmailCheck } from '../../utils/views.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { Field } from '../Field.tsx';
import { Notice } from '../Notice.tsx';
import { ManagedMark } from './ManagedNotice.tsx';
import { WebmailState } from './WebmailState.tsx';

interface Props {
  readonly webmails: Settings['webmails'];
  /** Origin → whether the browser lets Relais in; absent while unknown. */
  readonly granted: Readonly<Record<string, boolean>>;
  /** Origin → the last self-check there. */
  readonly checks: Readonly<Record<string, WebmailCheck>>;
  readonly nameOf: (adapter: string | undefined) => string;
  /** Origins that an administrator set. */
  readonly set: readonly string[];
  /** An administrator says which ones there are. */
  readonly isLocked: boolean;
  /** Address to begin with. */
  readonly suggested: string;
  readonly onAdd: (origin: string) => Promise<'added' | 'refused' | 'failed'>;
  readonly onAllow: (origin: string) => void;
  readonly onRemove: (origin: string) => void;
  readonly onReport: (origin: string) => Promise<string | undefined>;
}

/** The webmails that Relais may see, and one field for another. */
export function WebmailList({ webmails, granted, checks, nameOf, set, isLocked, suggested, onAdd, onAllow, onRemove, onReport }: Props) {
  const [typed, setTyped] = useState(suggested);
  const [outcome, setOutcome] = useState<'added' | 'refused' | 'failed' | 'unreadable'>();
  const origin = originOf(typed);
  async function add(): Promise<void> {
    if (origin === undefined) {
      setOutcome('unreadable');
      return;
    }
    const result = await onAdd(origin);
    setOutcome(result);
    if (result === 'added') setTyped('');
  }
  return (
    <>
      <h2>{t('webmailsOwn')}</h2>
      {webmails.length > 0 && (
        <ul class="cards">
          {webmails.map(({ origin: known, adapter }) => (
            <li key={known} class="card">
              <div class="card-head">
                <h3>{new URL(known).host}</h3>
                {known.startsWith('http:') && <span class="mark mark-warning">http</span>}
                {set.includes(known) && <ManagedMark />}
              </div>
              <p class="card-facts">{nameOf(checks[known]?.webmail ?? adapter)}</p>
              <WebmailState
                isAllowed={granted[known] !== false}
                check={checks[known] && { ...checks[known], origin: known }}
                onAllow={() => onAllow(known)}
                onReport={onReport}
              />
              {!set.includes(known) && (
                <div class="card-actions">
                  <ConfirmButton label={t('remove')} question={t('removeWebmailAsk')} onConfirm={() => onRemove(known)} />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {!isLocked && (
        <form
          class="form add-webmail"
          noValidate={true}
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <Field
            label={t('webmailAddress')}
            hint={t('webmailAddressHelp')}
            problem={outcome === 'unreadable' ? t('webmailUnreadable') : undefined}
          >
            {(ids) => (
              <div class="with-button">
                <input
                  {...ids}
                  type="text"
                  inputMode="url"
                  spellcheck={false}
                  autocomplete="off"
                  placeholder="mail.example.org"
                  value={typed}
                  onInput={({ currentTarget }) => {
                    setTyped(currentTarget.value);
                    setOutcome(undefined);
                  }}
                />
                <button type="submit" class="primary">
                  {t('addWebmail')}
                </button>
              </div>
            )}
          </Field>
          {origin !== undefined && isPlainHttp(origin) && (
            <Notice tone="warning">
              <p>{t('plainHttpWebmail')}</p>
            </Notice>
          )}
          {outcome === 'refused' && (
            <Notice tone="warning" live={true}>
              <p>{t('permissionRefused')}</p>
            </Notice>
          )}
          {outcome === 'added' && (
            <Notice tone="good" live={true}>
              <p>{t('webmailAdded')}</p>
            </Notice>
          )}
        </form>
      )}
    </>
  );
}
