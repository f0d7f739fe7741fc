import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { RelaisError } from '../utils/core/errors.ts';
import { t } from '../utils/i18n.ts';
import type { Ask } from '../utils/ui/ask.ts';
import { errorSentence } from '../utils/ui/words.ts';
import { Field } from './Field.tsx';
import { Notice } from './Notice.tsx';

/** Asks for the passphrase; what waited for it goes on by itself. */
export function Unlock({ ask, children }: { readonly ask: Ask; readonly children?: ComponentChildren }) {
  const [passphrase, setPassphrase] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const unlock = async () => {
    setBusy(true);
    setProblem(undefined);
    await ask('secrets.unlocked', { passphrase }).catch((thrown: unknown) => setProblem(errorSentence(RelaisError.from(thrown).record())));
    setBusy(false);
  };
  return (
    <Notice tone="warning" live={true}>
      <form
        class="form unlock"
        onSubmit={(event) => {
          event.preventDefault();
          unlock().catch(console.error);
        }}
      >
        <Field label={t('passphrase')} problem={problem} hint={t('error_locked')}>
          {(ids) => (
            <input
              {...ids}
              type="password"
              autocomplete="current-password"
              value={passphrase}
              onInput={({ currentTarget }) => setPassphrase(currentTarget.value)}
            />
          )}
        </Field>
        <div>
          <button type="submit" class="primary" aria-busy={isBusy} disabled={isBusy || passphrase === ''}>
            {t('unlock')}
          </button>{' '}
          {children}
        </div>
      </form>
    </Notice>
  );
}
