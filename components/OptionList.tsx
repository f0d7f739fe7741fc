import { plural, t } from '../utils/i18n.ts';
import type { Option } from './Combobox.tsx';
import { Icon } from './Icon.tsx';

/** More are never drawn: typing narrows a list of thousands faster than scrolling, and each key stays quick. */
export const shownAtMost = 100;

interface Props {
  readonly id: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly recent: number;
  readonly active: number;
  readonly value: string;
  /** How many match but are not drawn. */
  readonly hidden: number;
  readonly isLoading: boolean;
  readonly onChoose: (option: Option) => void;
}

/** The open list of a combobox. Focus stays in the field; the active entry is only pointed at. */
export function OptionList({ id, label, options, recent, active, value, hidden, isLoading, onChoose }: Props) {
  const draw = (option: Option, index: number) => (
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field (aria-activedescendant)
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
    <div
      key={`${index}-${option.id}`}
      id={`${id}-${index}`}
      role="option"
      class="option"
      dir="auto"
      aria-selected={index === active}
      onClick={() => onChoose(option)}
    >
      <span class="option-label">{option.label}</span>
      {option.label === value && <Icon name="check" />}
      {option.detail && <span class="option-detail">{option.detail}</span>}
    </div>
  );
  const first = options.slice(0, recent);
  const rest = options.slice(recent);
  return (
    <div id={id} class="option-list" role="listbox" aria-label={label} onMouseDown={(event) => event.preventDefault()}>
      {first.length > 0 ? (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a group of options, not of form controls */}
          <div role="group" aria-label={t('listRecent')}>
            <div class="options-heading" aria-hidden="true">
              {t('listRecent')}
            </div>
            {first.map(draw)}
          </div>
          {rest.length > 0 && (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form controls
            <div role="group" aria-label={t('listAll')}>
              <div class="options-heading" aria-hidden="true">
                {t('listAll')}
              </div>
              {rest.map((option, index) => draw(option, recent + index))}
            </div>
          )}
        </>
      ) : (
        options.map(draw)
      )}
      {options.length === 0 && <div class="options-none">{t(isLoading ? 'loading' : 'listNoMatch')}</div>}
      {hidden > 0 && <div class="options-none">{plural('listMore', hidden)}</div>}
    </div>
  );
}
