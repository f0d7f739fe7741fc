import { useState } from 'preact/hooks';
import type { Rule } from '../../utils/core/rules.ts';
import type { Choice, ListName } from '../../utils/core/ticket.ts';
import { t } from '../../utils/i18n.ts';
import type { ListView } from '../../utils/views.ts';
import { Field } from '../Field.tsx';
import { ChoiceField } from '../popup/ChoiceField.tsx';
import { TagsField } from '../popup/TagsField.tsx';

type Condition = keyof Rule['when'];
type Given = 'queue' | 'priority' | 'assignee' | 'tags';

export interface RuleTarget {
  readonly id: string;
  readonly name: string;
  /** Absent: not offered there. */
  readonly fields: readonly Given[];
}

interface Props {
  readonly rule: Rule;
  readonly systems: readonly { readonly id: string; readonly name: string }[];
  /** Where a thread goes when the rule names no system. */
  readonly defaultSystem: string;
  /** The system that the rule names, or that one; absent while it is not known. */
  readonly target: RuleTarget | undefined;
  readonly templates: readonly { readonly id: string; readonly name: string }[];
  /** Origins of the webmails. */
  readonly webmails: readonly string[];
  readonly listOf: (list: ListName) => ListView | undefined;
  readonly now: number;
  readonly onSystem: (id: string | undefined) => void;
  readonly onSave: (rule: Rule) => void;
  readonly onCancel: () => void;
}

const typed = {
  from: ['ruleFrom', 'ruleFromHelp'],
  mailbox: ['ruleMailbox', 'ruleMailboxHelp'],
  subject: ['ruleSubject', 'ruleSubjectHelp'],
} as const satisfies Partial<Record<Condition, unknown>>;

const chosen = [
  ['queue', 'queues', 'fieldQueue'],
  ['priority', 'priorities', 'fieldPriority'],
  ['assignee', 'assignees', 'fieldAssignee'],
] as const satisfies readonly (readonly [Exclude<Given, 'tags'>, ListName, string])[];

/** What a rule asks for, and what it gives. */
export function RuleForm(props: Props) {
  const { rule, systems, defaultSystem, target, templates, webmails, listOf, now, onSystem, onSave, onCancel } = props;
  const [name, setName] = useState(rule.name);
  const [words, setWords] = useState<Readonly<Record<Condition, string>>>({
    from: shown(rule.when.from),
    mailbox: shown(rule.when.mailbox),
    subject: shown(rule.when.subject),
    webmail: shown(rule.when.webmail),
  });
  const [give, setGive] = useState(rule.give);
  const choose = (part: { readonly [Key in keyof Rule['give']]?: Rule['give'][Key] | undefined }) => setGive(known({ ...give, ...part }));
  const givesNothing = Object.keys(give).length === 0;
  const places = [...new Set(['', ...webmails, words.webmail])];
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        const when = known({
          from: wordsIn(words.from),
          mailbox: wordsIn(words.mailbox),
          subject: wordsIn(words.subject),
          webmail: wordsIn(words.webmail),
        });
        onSave({ id: rule.id, name: name.trim(), when, give });
      }}
    >
      <Field label={t('ruleName')} hint={t('ruleNameHelp')}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            dir="auto"
            maxLength={100}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
      </Field>
      <h2>{t('ruleWhen')}</h2>
      <p class="help">{t('ruleWhenHelp')}</p>
      {Object.entries(typed).map(([on, [label, help]]) => (
        <Field key={on} label={t(label)} hint={t(help)}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              dir="auto"
              spellcheck={false}
              autocomplete="off"
              value={words[on as Condition]}
              onInput={({ currentTarget }) => setWords({ ...words, [on]: currentTarget.value })}
            />
          )}
        </Field>
      ))}
      {places.length > 1 && (
        <Field label={t('ruleWebmail')}>
          {(ids) => (
            <select {...ids} value={words.webmail} onChange={({ currentTarget }) => setWords({ ...words, webmail: currentTarget.value })}>
              {places.map((place) => (
                <option key={place} value={place}>
                  {place || t('ruleAnyWebmail')}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <h2>{t('ruleThen')}</h2>
      {systems.length > 1 && (
        <Field label={t('fieldSystem')}>
          {(ids) => (
            <select
              {...ids}
              value={give.endpointId ?? ''}
              onChange={({ currentTarget }) => {
                const endpointId = currentTarget.value || undefined;
                onSystem(endpointId);
                // Queue, tags and the like belong to the system that was left.
                choose({ endpointId, queue: undefined, priority: undefined, assignee: undefined, tags: undefined });
              }}
            >
              <option value="">{t('ruleDefaultSystem', defaultSystem)}</option>
              {systems.map(({ id, name: system }) => (
                <option key={id} value={id}>
                  {system}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <div class="form-row">
        {chosen
          .filter(([field]) => target?.fields.includes(field))
          .map(([field, list, label]) => (
            <ChoiceField
              key={field}
              label={t(label)}
              placeholder={t('ruleUnchanged')}
              value={give[field]}
              hasList={listOf(list)?.choices !== undefined}
              list={listOf(list)}
              system={target?.name ?? ''}
              now={now}
              onOpen={() => {}}
              onChange={(choice: Choice | undefined) => choose({ [field]: choice })}
            />
          ))}
      </div>
      {target?.fields.includes('tags') && (
        <TagsField
          key={target.id}
          values={give.tags ?? []}
          hasList={listOf('tags')?.choices !== undefined}
          list={listOf('tags')}
          onChange={(tags) => choose({ tags: tags.length === 0 ? undefined : [...tags] })}
        />
      )}
      {templates.length > 0 && (
        <Field label={t('ruleTemplate')} hint={t('ruleTemplateHelp')}>
          {(ids) => (
            <select
              {...ids}
              value={give.template ?? ''}
              onChange={({ currentTarget }) => choose({ template: currentTarget.value || undefined })}
            >
              <option value="">{t('choiceNone')}</option>
              {templates.map((template) => (
                <option key={template.id} value={template.id}>
                  {template.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <div class="editor-actions">
        <button type="submit" class="primary" disabled={givesNothing}>
          {t('save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
        {givesNothing && <span class="help">{t('ruleGivesNothing')}</span>}
      </div>
    </form>
  );
}

function shown(words: readonly string[] | undefined): string {
  return (words ?? []).join(', ');
}

/** Entries with commas, semicolons or line breaks between them; `undefined` for none, which asks for nothing. */
function wordsIn(text: string): string[] | undefined {
  const words = text
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter(Boolean);
  return words.length === 0 ? undefined : words;
}

/** Without what is `undefined`. */
function known<Value extends object>(value: Value): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never;
}
