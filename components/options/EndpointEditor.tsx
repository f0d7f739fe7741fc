import type { Choice } from '../../utils/core/ticket.ts';
import { t } from '../../utils/i18n.ts';
import type { TestView } from '../../utils/options-views.ts';
import type { Recipe, SettingsField } from '../../utils/recipes/recipe.ts';
import type { ListView } from '../../utils/views.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { Field } from '../Field.tsx';
import { Notice } from '../Notice.tsx';
import { ChoiceField } from '../popup/ChoiceField.tsx';
import { RecipeField } from './RecipeField.tsx';
import { RedirectAddress } from './RedirectAddress.tsx';
import { TestReport } from './TestReport.tsx';

interface Props {
  readonly recipe: Recipe;
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly queue: Choice | undefined;
  readonly priority: Choice | undefined;
  readonly fields: readonly SettingsField[];
  /** Where the system sends people back who sign in at its own page; absent where nobody does. */
  readonly redirect: string | undefined;
  /** Secret fields with a stored value. */
  readonly kept: readonly string[];
  readonly missing: readonly string[];
  readonly test: TestView | undefined;
  readonly isBusy: boolean;
  readonly isRefused: boolean;
  /** Lists that were read before, for a system that is only edited. */
  readonly queues: ListView | undefined;
  readonly priorities: ListView | undefined;
  readonly now: number;
  /** An administrator set it: only credentials are the person's. */
  readonly isSet: boolean;
  readonly onName: (name: string) => void;
  readonly onValue: (field: SettingsField, value: string) => void;
  readonly onQueue: (queue: Choice | undefined) => void;
  readonly onPriority: (priority: Choice | undefined) => void;
  readonly onTest: () => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
  /** Absent where nothing is stored. */
  readonly onForget: (() => void) | undefined;
  /** Absent for a system that is not saved yet. */
  readonly onRemove: (() => void) | undefined;
}

/** Set up or change one ticket system. */
export function EndpointEditor(props: Props) {
  const { recipe, name, values, secrets, queue, priority, fields, kept, missing, test, isBusy, isRefused, now, isSet } = props;
  const queues = test?.queues ? { choices: test.queues, recent: 0 } : props.queues;
  const priorities = test?.priorities ? { choices: test.priorities, recent: 0 } : props.priorities;
  return (
    <form
      class="form editor"
      noValidate={true}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave();
      }}
    >
      {isSet && (
        <Notice tone="info">
          <p>{t('managedSystem')}</p>
        </Notice>
      )}
      <Field label={t('systemName')} hint={t('systemNameHelp')}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            dir="auto"
            value={name}
            maxLength={100}
            disabled={isSet}
            onInput={({ currentTarget }) => props.onName(currentTarget.value)}
          />
        )}
      </Field>
      {fields.map((field) => (
        <RecipeField
          key={field.key}
          field={field}
          value={(field.kind === 'secret' ? secrets : values)[field.key] ?? ''}
          isKept={kept.includes(field.key)}
          isMissing={missing.includes(field.key)}
          isSet={isSet && field.kind !== 'secret'}
          onType={(value) => props.onValue(field, value)}
        />
      ))}
      {props.redirect !== undefined && <RedirectAddress address={props.redirect} />}
      {recipe.note === 'public' && (
        <Notice tone="warning">
          <p>{t('noteNotInternal', recipe.name)}</p>
        </Notice>
      )}
      {recipe.mail === undefined && (
        <div class="test">
          <button type="button" aria-busy={isBusy} disabled={isBusy} onClick={props.onTest}>
            {t('testConnection')}
          </button>
          <span class="help">{isBusy ? t('testRunning') : t('testHelp')}</span>
        </div>
      )}
      {isRefused && (
        <Notice tone="warning" live={true}>
          <p>{t('permissionRefused')}</p>
        </Notice>
      )}
      {test && <TestReport test={test} />}
      {!isSet && (recipe.fields.queue || recipe.fields.priority) && (
        <>
          <h2>{t('defaultsTitle')}</h2>
          <p class="help">{t('defaultsHelp')}</p>
          <div class="form-row">
            {recipe.fields.queue && (
              <ChoiceField
                label={t('defaultQueue')}
                placeholder={t('queuePlaceholder')}
                value={queue}
                hasList={queues?.choices !== undefined}
                list={queues}
                system={recipe.name}
                now={now}
                onOpen={() => {}}
                onChange={props.onQueue}
              />
            )}
            {recipe.fields.priority && (
              <ChoiceField
                label={t('defaultPriority')}
                value={priority}
                hasList={priorities?.choices !== undefined}
                list={priorities}
                system={recipe.name}
                now={now}
                onOpen={() => {}}
                onChange={props.onPriority}
              />
            )}
          </div>
        </>
      )}
      <div class="editor-actions">
        <button type="submit" class="primary" disabled={isBusy}>
          {t('save')}
        </button>
        <button type="button" onClick={props.onCancel}>
          {t('cancel')}
        </button>
        {props.onForget && <ConfirmButton label={t('forgetSecrets')} question={t('forgetSecretsAsk')} onConfirm={props.onForget} />}
        {props.onRemove && !isSet && <ConfirmButton label={t('remove')} question={t('removeSystemAsk')} onConfirm={props.onRemove} />}
      </div>
    </form>
  );
}
