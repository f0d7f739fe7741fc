import { plural, t } from '../utils/i18n.ts';
import type { Option } from './Combobox.tsx';
import { Icon } from './Icon.tsx';

/** More are never drawn: typing narrows a list of thousands faster than scrolling, and each key stays quick. */
export const shownAtMost = 100;

/** Options that belong together, under a heading where there are several such groups. */
export interface OptionGroup {
  readonly heading: string;
  readonly options: readonly Option[];
}

interface Props {
  readonly id: string;
  readonly label: string;
  readonly groups: readonly OptionGroup[];
  readonly active: number;
  readonly value: string;
  /** How many match but are not drawn. */
  readonly hidden: number;
  readonly isLoading: boolean;
  readonly onChoose: (option: Option) => void;
}

/** The open list of a combobox. Focus stays in the field; the active entry is only pointed at. */
export function OptionList({ id, label, groups, active, value, hidden, isLoading, onChoose }: Props) {
  const filled = groups.filter(({ options }) => options.length > 0);
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
  let before = 0;
  return (
    <div id={id} class="option-list" role="listbox" aria-label={label} onMouseDown={(event) => event.preventDefault()}>
      {filled.map(({ heading, options }) => {
        const start = before;
        before += options.length;
        const drawn = options.map((option, index) => draw(option, start + index));
        if (heading === '') return drawn;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form controls
          <div key={heading} role="group" aria-label={heading}>
            <div class="options-heading" aria-hidden="true">
              {heading}
            </div>
            {drawn}
          </div>
        );
      })}
      {filled.length === 0 && <div class="options-none">{t(isLoading ? 'loading' : 'listNoMatch')}</div>}
      {hidden > 0 && <div class="options-none">{plural('listMore', hidden)}</div>}
    </div>
  );
}
