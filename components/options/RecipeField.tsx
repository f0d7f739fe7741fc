import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import type { SettingsField } from '../../utils/recipes/recipe.ts';
import { isPlainHttp } from '../../utils/ui/address.ts';
import { recipeWords } from '../../utils/ui/recipe-words.ts';
import { Field } from '../Field.tsx';
import { Notice } from '../Notice.tsx';

interface Props {
  readonly field: SettingsField;
  readonly value: string;
  /** A secret with a stored value, which is never sent back to this page. */
  readonly isKept: boolean;
  readonly isMissing: boolean;
  /** An administrator set it. */
  readonly isSet: boolean;
  readonly onType: (value: string) => void;
}

/** One field of a ticket system, whichever the system: the recipe says what it is. */
export function RecipeField({ field, value, isKept, isMissing, isSet, onType }: Props) {
  const { kind, label, help, placeholder, required, options } = field;
  return (
    <>
      <Field label={recipeWords(label)} hint={help && recipeWords(help)} problem={isMissing ? t('fieldRequired') : undefined}>
        {(ids) => {
          const common = { ...ids, required, 'aria-invalid': isMissing, disabled: isSet, placeholder: placeholder ?? '' };
          const onInput = ({ currentTarget }: { currentTarget: { value: string } }) => onType(currentTarget.value);
          if (kind === 'secret') return <SecretInput {...common} value={value} isKept={isKept} onType={onType} />;
          if (kind === 'choice')
            return (
              <select {...ids} disabled={isSet} value={value} onChange={onInput}>
                {!required && field.default === undefined && <option value="">{t('choiceNone')}</option>}
                {options?.map((option) => (
                  <option key={option.id} value={option.id}>
                    {recipeWords(option.label)}
                  </option>
                ))}
              </select>
            );
          if (kind === 'json' || kind === 'expression')
            return <textarea {...common} class="code" rows={kind === 'json' ? 5 : 2} spellcheck={false} value={value} onInput={onInput} />;
          return (
            <input
              {...common}
              type="text"
              inputMode={kind === 'url' ? 'url' : 'text'}
              spellcheck={false}
              autocomplete="off"
              value={value}
              onInput={onInput}
            />
          );
        }}
      </Field>
      {kind === 'url' && isPlainHttp(value) && (
        <Notice tone="warning">
          <p>{t('plainHttpSystem')}</p>
        </Notice>
      )}
    </>
  );
}

interface SecretProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
  readonly required: boolean;
  readonly placeholder: string;
  readonly value: string;
  readonly isKept: boolean;
  readonly onType: (value: string) => void;
}

function SecretInput({ value, isKept, onType, placeholder, required, ...rest }: SecretProps) {
  const [isShown, setShown] = useState(false);
  const common = {
    ...rest,
    spellcheck: false,
    required: required && !isKept,
    placeholder: isKept ? t('secretKept') : placeholder,
    value,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => onType(currentTarget.value),
  };
  return (
    <div class="secret">
      {isShown ? <input {...common} type="text" autocomplete="off" /> : <input {...common} type="password" autocomplete="new-password" />}
      <button type="button" class="quiet" aria-pressed={isShown} aria-controls={rest.id} onClick={() => setShown(!isShown)}>
        {t(isShown ? 'secretHide' : 'secretShow')}
      </button>
    </div>
  );
}
