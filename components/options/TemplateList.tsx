import { useState } from 'preact/hooks';
import { placeholders } from '../../utils/core/note-template.ts';
import { t } from '../../utils/i18n.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { formatList } from '../../utils/ui/format.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { Field } from '../Field.tsx';
import { GrowingText } from '../GrowingText.tsx';
import { Icon } from '../Icon.tsx';
import { ManagedMark } from './ManagedNotice.tsx';
import { TemplateExamples } from './TemplateExamples.tsx';

type Template = Settings['templates'][number];

interface Props {
  readonly templates: readonly Template[];
  /** Ids of those that an administrator set. */
  readonly set: readonly string[];
  /** An administrator says which ones there are. */
  readonly isLocked: boolean;
  readonly onSave: (templates: Template[]) => void;
}

/** Texts that are put into notes with two clicks. */
export function TemplateList({ templates, set, isLocked, onSave }: Props) {
  const [open, setOpen] = useState<Template>();
  const save = (edited: Template) => {
    const isNew = !templates.some(({ id }) => id === edited.id);
    onSave(isNew ? [...templates, edited] : templates.map((other) => (other.id === edited.id ? edited : other)));
    setOpen(undefined);
  };
  return (
    <>
      <p class="lead">{t('templatesHelp', formatList(placeholders.map((name) => `{{${name}}}`)))}</p>
      <ul class="cards">
        {templates.map((template) =>
          open?.id === template.id ? (
            <li key={template.id} class="card">
              <TemplateForm template={open} onType={setOpen} onSave={save} onCancel={() => setOpen(undefined)} />
            </li>
          ) : (
            <li key={template.id} class="card">
              <h2 dir="auto">{template.name}</h2>
              <p class="template-text" dir="auto">
                {template.text}
              </p>
              {set.includes(template.id) ? (
                <ManagedMark />
              ) : (
                <div class="card-actions">
                  <button type="button" aria-label={t('editNamed', template.name)} onClick={() => setOpen(template)}>
                    {t('edit')}
                  </button>
                  <ConfirmButton
                    label={t('remove')}
                    question={t('removeTemplateAsk')}
                    onConfirm={() => onSave(templates.filter(({ id }) => id !== template.id))}
                  />
                </div>
              )}
            </li>
          ),
        )}
      </ul>
      {open !== undefined && !templates.some(({ id }) => id === open.id) ? (
        <div class="card">
          <TemplateForm template={open} onType={setOpen} onSave={save} onCancel={() => setOpen(undefined)} />
        </div>
      ) : (
        !isLocked && (
          <button type="button" onClick={() => setOpen({ id: crypto.randomUUID(), name: '', text: '' })}>
            <Icon name="plus" />
            {t('addTemplate')}
          </button>
        )
      )}
      {open === undefined && !isLocked && (
        <TemplateExamples
          taken={templates.map(({ name }) => name)}
          onTake={(example) => setOpen({ id: crypto.randomUUID(), ...example })}
        />
      )}
    </>
  );
}

interface FormProps {
  readonly template: Template;
  readonly onType: (template: Template) => void;
  readonly onSave: (template: Template) => void;
  readonly onCancel: () => void;
}

function TemplateForm({ template, onType, onSave, onCancel }: FormProps) {
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ ...template, name: template.name.trim() });
      }}
    >
      <Field label={t('templateName')}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            dir="auto"
            required
            value={template.name}
            onInput={({ currentTarget }) => onType({ ...template, name: currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('templateText')}>
        {(ids) => <GrowingText {...ids} rows={4} value={template.text} onType={(text) => onType({ ...template, text })} />}
      </Field>
      <div class="editor-actions">
        <button type="submit" class="primary" disabled={template.name.trim() === '' || template.text.trim() === ''}>
          {t('save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
