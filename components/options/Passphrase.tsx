import { useState } from 'preact/hooks';
import { RelaisError } from '../../utils/core/errors.ts';
import { shortestPassphrase, type VaultState } from '../../utils/core/passphrase.ts';
import { t } from '../../utils/i18n.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import { errorSentence } from '../../utils/ui/words.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { Field } from '../Field.tsx';

interface Props {
  readonly state: VaultState;
  /** An administrator wants one. */
  readonly isRequired: boolean;
  readonly ask: Ask;
}

type Name = 'current' | 'next' | 'again';
const nothing = { current: '', next: '', again: '' };

/** Set, change or take away the passphrase over the credentials, and what it is good for. */
export function Passphrase({ state, isRequired, ask }: Props) {
  const [typed, setTyped] = useState<Readonly<Record<Name, string>>>(nothing);
  const [problems, setProblems] = useState<{ readonly [Field in Name]?: string }>({});
  const change = async (next: string) => {
    try {
      await ask('passphrase.changed', { current: typed.current, next });
      setTyped(nothing);
      setProblems({});
    } catch (thrown) {
      const error = RelaisError.from(thrown).record();
      setProblems({ [error.code === 'wrong-passphrase' ? 'current' : 'next']: errorSentence(error) });
    }
  };
  const save = async () => {
    if (typed.next.length < shortestPassphrase) setProblems({ next: t('passphraseShort', shortestPassphrase) });
    else if (typed.next !== typed.again) setProblems({ again: t('passphraseUnequal') });
    else await change(typed.next);
  };
  const field = (name: Name, label: string, hint?: string) => (
    <Field label={label} problem={problems[name]} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          type="password"
          autocomplete={name === 'current' ? 'current-password' : 'new-password'}
          value={typed[name]}
          onInput={({ currentTarget: { value } }) => setTyped((others) => ({ ...others, [name]: value }))}
        />
      )}
    </Field>
  );
  return (
    <section class="block">
      <h2>{t('passphraseTitle')}</h2>
      <p class="help">{t('passphraseHelp')}</p>
      <p class="help">{t('passphraseLimits')}</p>
      {state !== 'locked' && (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            save().catch(console.error);
          }}
        >
          {state === 'open' && field('current', t('passphraseCurrent'))}
          {field('next', t('passphraseNew'), t('passphraseShort', shortestPassphrase))}
          {field('again', t('passphraseAgain'))}
          <div class="editor-actions">
            <button type="submit">{t(state === 'open' ? 'passphraseChange' : 'passphraseSet')}</button>
            {state === 'open' && !isRequired && (
              <button type="button" class="quiet" onClick={() => void change('')}>
                {t('passphraseRemove')}
              </button>
            )}
            {state === 'open' && (
              <button type="button" class="quiet" onClick={() => void ask('secrets.locked', {}).catch(console.error)}>
                {t('passphraseLock')}
              </button>
            )}
          </div>
        </form>
      )}
      {state !== 'none' && (
        <ConfirmButton
          label={t('passphraseForget')}
          question={t('passphraseForgetAsk')}
          onConfirm={() => void ask('passphrase.forgotten', {}).catch(console.error)}
        />
      )}
    </section>
  );
}
