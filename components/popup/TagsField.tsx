import { useEffect, useRef, useState } from 'preact/hooks';
import type { Choice } from '../../utils/core/ticket.ts';
import { t } from '../../utils/i18n.ts';
import type { ListView } from '../../utils/views.ts';
import { Combobox } from '../Combobox.tsx';
import { Field } from '../Field.tsx';
import { Icon } from '../Icon.tsx';

interface Props {
  readonly values: readonly Choice[];
  /** The ticket system can give the list; otherwise tags are typed. */
  readonly hasList: boolean;
  readonly list: ListView | undefined;
  readonly onOpen?: () => void;
  readonly onChange: (values: readonly Choice[]) => void;
}

/** Tags: chosen one after the other from the system's own list, typed with commas between them where it has none. */
export function TagsField({ values, hasList, list, onOpen, onChange }: Props) {
  // A list that was promised and did not come leaves the field open for typing.
  const isHere = useRef(false);
  if (!hasList || (list !== undefined && list.choices === undefined))
    return <TypedTags values={values} takesCursor={isHere.current} onChange={onChange} />;
  const isChosen = ({ id }: Choice) => values.some((value) => value.id === id);
  return (
    <div class="tags-field">
      <Combobox
        label={t('fieldTags')}
        value=""
        options={(list?.choices ?? []).filter((choice) => !isChosen(choice))}
        recent={(list?.choices ?? []).slice(0, list?.recent ?? 0).filter((choice) => !isChosen(choice)).length}
        free={false}
        isLoading={list === undefined}
        placeholder={t('tagsAdd')}
        onFocus={() => {
          isHere.current = true;
          onOpen?.();
        }}
        onLeave={() => {
          isHere.current = false;
        }}
        onChoose={({ id, label }) => onChange([...values, { id, label }])}
      />
      {values.length > 0 && (
        <ul class="chips" aria-label={t('fieldTags')}>
          {values.map((value) => (
            <li key={value.id}>
              <button
                type="button"
                class="chip"
                dir="auto"
                aria-label={t('removeNamed', value.label)}
                onClick={() => onChange(values.filter(({ id }) => id !== value.id))}
              >
                {value.label}
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface TypedProps extends Pick<Props, 'values' | 'onChange'> {
  /** It stands where the cursor was: the list that was asked for when the person came here can't be had. */
  readonly takesCursor: boolean;
}

function TypedTags({ values, takesCursor, onChange }: TypedProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesCursor) input.current?.focus();
  }, []);
  // As typed: what was understood of it would swallow the comma that has just been typed.
  const [typed, setTyped] = useState<string>();
  return (
    <Field label={t('fieldTags')} hint={t('tagsHelp')}>
      {(ids) => (
        <input
          {...ids}
          ref={input}
          type="text"
          dir="auto"
          value={typed ?? values.map(({ label }) => label).join(', ')}
          onInput={({ currentTarget: { value } }) => {
            setTyped(value);
            onChange(tagsIn(value));
          }}
          onBlur={() => setTyped(undefined)}
        />
      )}
    </Field>
  );
}

function tagsIn(text: string): readonly Choice[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  return [...new Set(words)].map((word) => ({ id: word, label: word }));
}
