import type { Choice } from '../../utils/core/ticket.ts';
import { t } from '../../utils/i18n.ts';
import { formatRelative } from '../../utils/ui/format.ts';
import { errorSentence } from '../../utils/ui/words.ts';
import type { ListView } from '../../utils/views.ts';
import { Combobox } from '../Combobox.tsx';

interface Props {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: Choice | undefined;
  /** The ticket system can give the list; otherwise the value is typed. */
  readonly hasList: boolean;
  readonly list: ListView | undefined;
  /** Name of the ticket system. */
  readonly system: string;
  readonly now: number;
  /** Why this value stands here, where nobody chose it. */
  readonly why?: string | undefined;
  readonly onOpen: () => void;
  readonly onChange: (choice: Choice | undefined) => void;
}

/** Queue, priority or assignee: from the system's own list where it has one, typed where it has not. */
export function ChoiceField({ label, placeholder = '', value, hasList, list, system, now, why = '', onOpen, onChange }: Props) {
  const choices = list?.choices;
  // A list that was promised and did not come leaves the field open for typing: nobody waits for a server.
  const isTyped = !hasList || (list !== undefined && choices === undefined);
  const isGone =
    value !== undefined &&
    list?.error === undefined &&
    choices !== undefined &&
    !choices.some(({ id, label: name }) => id === value.id || name === value.label);
  return (
    <Combobox
      label={label}
      placeholder={placeholder}
      value={value?.label ?? ''}
      options={choices?.map(({ id, label: name }) => ({ id, label: name })) ?? (isTyped ? undefined : [])}
      recent={list?.recent ?? 0}
      free={isTyped}
      isLoading={hasList && list === undefined}
      hint={hintOf(list, hasList, now) || why}
      problem={isGone ? t('choiceGone', value.label, system) : undefined}
      onFocus={onOpen}
      onChoose={({ id, label: name }) => onChange({ id, label: name })}
      onClear={() => onChange(undefined)}
      onType={(text) => onChange(text.trim() === '' ? undefined : { id: text, label: text })}
    />
  );
}

function hintOf(list: ListView | undefined, hasList: boolean, now: number): string {
  if (!hasList || list?.error === undefined) return '';
  const why = errorSentence(list.error);
  return list.readAt === undefined ? `${t('listMissing')} ${why}` : `${t('listOld', formatRelative(list.readAt, now))} ${why}`;
}
