import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { plural, t } from '../utils/i18n.ts';
import { filterBy } from '../utils/ui/filter.ts';
import { Field } from './Field.tsx';
import { Icon } from './Icon.tsx';
import { type OptionGroup, OptionList, shownAtMost } from './OptionList.tsx';

export interface Option {
  readonly id: string;
  readonly label: string;
  /** Said below the label: why this entry is here. */
  readonly detail?: string;
}

interface Props {
  readonly label: string;
  /** Text of the value. */
  readonly value: string;
  readonly options: readonly Option[] | undefined;
  /** How many of the first options stand under the heading "Recent". */
  readonly recent?: number;
  /** What somebody else found for what is typed: stands below the list's own matches, and is not filtered again. */
  readonly found?: OptionGroup | undefined;
  /** Said of the list while a person types, and shown as its hint is: what is under way, or why nothing comes. */
  readonly status?: string;
  /** What is typed is a value by itself, whether or not it is in the list. */
  readonly free: boolean;
  /** The list is still on its way. */
  readonly isLoading?: boolean;
  readonly placeholder?: string;
  readonly hint?: ComponentChildren;
  readonly problem?: string | undefined;
  readonly class?: string;
  readonly onChoose: (option: Option) => void;
  readonly onType?: (text: string) => void;
  /** The field was emptied and left. Absent: a choice can't be taken back. */
  readonly onClear?: () => void;
  readonly onFocus?: () => void;
  /** The field is left. */
  readonly onLeave?: () => void;
}

const textOf = ({ label, detail = '' }: Option) => `${label} ${detail}`;

/** A field with a list to choose from, filtered by what is typed: the ARIA combobox pattern. */
export function Combobox({
  label,
  value,
  options,
  recent = 0,
  found,
  status = '',
  free,
  isLoading = false,
  placeholder,
  hint,
  problem,
  class: extra,
  onChoose,
  onType,
  onClear,
  onFocus,
  onLeave,
}: Props) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  /** What was typed since the list opened; the list is whole until then. */
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(-1);

  const matches = options === undefined ? [] : typed === undefined ? options : filterBy(options, typed, textOf);
  const groups = groupsOf(matches.slice(0, shownAtMost), typed === undefined ? recent : 0, typed === undefined ? undefined : found);
  const shown = groups.flatMap((group) => group.options);
  const showsList = isOpen && options !== undefined && (options.length > 0 || shown.length > 0 || !free) && !(free && shown.length === 0);

  useEffect(() => {
    if (showsList && active >= 0) document.getElementById(`${listId}-${active}`)?.scrollIntoView?.({ block: 'nearest' });
  }, [showsList, active, listId]);

  const hits = matches.length + (found && typed !== undefined ? found.options.length : 0);

  function open(): void {
    setOpen(true);
    setActive(shown.findIndex((option) => option.label === value));
  }
  function close(): void {
    setOpen(false);
    setTyped(undefined);
    setActive(-1);
  }
  function choose(option: Option): void {
    onChoose(option);
    close();
  }
  function type(text: string): void {
    setOpen(true);
    setTyped(text);
    // In a closed list the first match is what Enter takes; where anything may be typed, only what was pointed at.
    setActive(free || text === '' ? -1 : 0);
    if (free) onType?.(text);
  }
  function leave(): void {
    const exact =
      free || typed === undefined ? undefined : options?.find((option) => option.label.toLowerCase() === typed.trim().toLowerCase());
    if (!free && typed?.trim() === '') onClear?.();
    if (exact) choose(exact);
    else close();
    onLeave?.();
  }
  function press(event: KeyboardEvent): void {
    const option = shown[active];
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!showsList) open();
      else if (Math.abs(step) > 1) setActive(Math.max(0, Math.min(shown.length - 1, active + step)));
      else setActive(active < 0 && step < 0 ? shown.length - 1 : (active + step + shown.length) % shown.length);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && showsList && option) {
      event.preventDefault();
      choose(option);
    } else if (event.key === 'Escape' && showsList) {
      // Closes the list only, not the popup.
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab' && showsList && option && typed !== undefined) {
      choose(option);
    }
  }

  return (
    <Field label={label} hint={status || hint} problem={problem} class={extra ? `combo ${extra}` : 'combo'}>
      {(ids) => (
        <div class="combo-box">
          <input
            {...ids}
            ref={input}
            type="text"
            role="combobox"
            dir="auto"
            autocomplete="off"
            spellcheck={false}
            placeholder={placeholder}
            aria-autocomplete="list"
            aria-expanded={showsList}
            aria-controls={showsList ? listId : undefined}
            aria-activedescendant={showsList && active >= 0 ? `${listId}-${active}` : undefined}
            value={typed ?? value}
            onInput={({ currentTarget }) => type(currentTarget.value)}
            onKeyDown={press}
            onFocus={onFocus}
            onClick={({ currentTarget }) => {
              if (isOpen) return;
              currentTarget.select();
              open();
            }}
            onBlur={leave}
          />
          {options !== undefined && (options.length > 0 || !free) && <Icon name="chevron" />}
          {showsList && (
            <OptionList
              id={listId}
              label={label}
              groups={groups}
              active={active}
              value={value}
              hidden={Math.max(0, matches.length - shownAtMost)}
              isLoading={isLoading}
              onChoose={choose}
            />
          )}
          <span class="sr-only" role="status">
            {typed !== undefined && [showsList ? plural('entries', hits) : '', status].filter(Boolean).join(' ')}
          </span>
        </div>
      )}
    </Field>
  );
}

/** Under headings where there are several kinds: the recent ones and all, or those of this browser and those found elsewhere. */
function groupsOf(matches: readonly Option[], recent: number, found: OptionGroup | undefined): readonly OptionGroup[] {
  if (found) return [{ heading: t('listKnown'), options: matches }, found];
  if (recent === 0) return [{ heading: '', options: matches }];
  return [
    { heading: t('listRecent'), options: matches.slice(0, recent) },
    { heading: t('listAll'), options: matches.slice(recent) },
  ];
}
