import { fillTemplate, type TemplateValues } from '../../utils/core/note-template.ts';
import { t } from '../../utils/i18n.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { Field } from '../Field.tsx';
import { GrowingText } from '../GrowingText.tsx';

export type Template = Settings['templates'][number];

interface Props {
  readonly value: string;
  readonly templates: readonly Template[];
  /** For the placeholders of templates. */
  readonly values: TemplateValues;
  readonly hint: string;
  readonly isWarning: boolean;
  readonly onType: (text: string) => void;
}

/** The internal remark, with the person's templates at hand. */
export function NoteField({ value, templates, values, hint, isWarning, onType }: Props) {
  return (
    <div class="note-field">
      <Field label={t('fieldNote')} hint={isWarning ? '' : hint} problem={isWarning ? hint : undefined}>
        {(ids) => <GrowingText {...ids} value={value} onType={onType} />}
      </Field>
      {templates.length > 0 && (
        <select
          class="note-templates"
          aria-label={t('templateInsert')}
          value=""
          onKeyDown={(event) => {
            // A closed list takes every entry that an arrow or a letter passes: open, it takes the one that is meant.
            if (!/^(Arrow(Up|Down)|Home|End|Page(Up|Down)|\S)$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
            event.preventDefault();
            event.currentTarget.showPicker?.();
          }}
          onChange={({ currentTarget }) => {
            const chosen = templates.find(({ id }) => id === currentTarget.value);
            currentTarget.value = '';
            if (chosen) onType(joined(value, fillTemplate(chosen.text, values)));
          }}
        >
          <option value="">{t('templateInsert')}</option>
          {templates.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** A template is added to what stands there, never put in its place. */
function joined(text: string, template: string): string {
  return text.trim() === '' ? template : `${text.replace(/\s+$/, '')}\n${template}`;
}
