import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import { Field } from '../Field.tsx';

interface Props {
  readonly address: string;
}

/** The address to which a ticket system sends people back after they signed in at its own page: it must be registered there. */
export function RedirectAddress({ address }: Props) {
  const [isCopied, setCopied] = useState(false);
  return (
    <>
      <Field label={t('redirectAddress')} hint={t('redirectAddressHelp')}>
        {(ids) => (
          <input {...ids} type="url" dir="ltr" readOnly={true} value={address} onFocus={({ currentTarget }) => currentTarget.select()} />
        )}
      </Field>
      <div class="test">
        <button type="button" onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}>
          {t('copy')}
        </button>
        <span class="help" role="status">
          {isCopied && t('copied')}
        </span>
      </div>
    </>
  );
}
