import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import type { PastedRequest } from '../../utils/recipes/editor/pasted.ts';
import type { Preview } from '../../utils/recipes/editor/preview.ts';
import { lineAt, type Path, type Place, type Sketch, textAt, typeJson, typeLine } from '../../utils/recipes/editor/sketch.ts';
import type { Fault } from '../../utils/recipes/recipe.ts';
import { CodeField } from '../CodeField.tsx';
import { Field } from '../Field.tsx';
import { Icon } from '../Icon.tsx';
import { CurlBox, FaultList, Unread } from './RecipeStart.tsx';
import { messageAt, RequestFields } from './RequestFields.tsx';
import { RequestPreview } from './RequestPreview.tsx';

interface Props {
  readonly sketch: Sketch;
  readonly places: readonly Place[];
  readonly place: Place | undefined;
  readonly faults: readonly Fault[];
  readonly preview: Preview | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What of the text that it was begun with could not be read. */
  readonly unread: readonly string[];
  readonly onEdit: (path: Path, next: Sketch) => void;
  readonly onShow: (place: Place) => void;
  readonly onAdd: (task: Exclude<Place['task'], 'create'>) => void;
  readonly onRemove: (place: Place) => void;
  readonly onRequest: (request: PastedRequest) => void;
  readonly onAnswer: (text: string) => boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onSave: () => void;
  readonly onShare: () => void;
  readonly onCancel: () => void;
}

const tasks = {
  create: 'taskCreate',
  append: 'taskAppend',
  find: 'taskFind',
  read: 'taskRead',
  queues: 'taskQueues',
  test: 'taskTest',
} as const;
const others = ['append', 'find', 'read', 'queues', 'test'] as const;

/** A recipe as a form: its requests one at a time, what they look like, and the whole as JSON for whatever has no field. */
export function RecipeEditorForm(props: Props) {
  const { sketch, places, place, faults, preview, canUndo, canRedo, unread, onEdit } = props;
  const shown = place === undefined ? [] : faults.filter(({ path }) => path.startsWith(`${place.path.join('.')}.`));
  const elsewhere = faults.filter((fault) => !shown.includes(fault) && fault.path !== 'name' && fault.path !== 'note');
  const nameOf = (one: Place): string => {
    const same = places.filter(({ task }) => task === one.task);
    return same.length === 1 ? t(tasks[one.task]) : `${t(tasks[one.task])} ${same.indexOf(one) + 1}`;
  };
  return (
    <div class="recipe-editor">
      <Unread pieces={unread} />
      <div class="editor-actions">
        <button type="button" disabled={!canUndo} onClick={props.onUndo}>
          {t('editorUndo')}
        </button>
        <button type="button" disabled={!canRedo} onClick={props.onRedo}>
          {t('editorRedo')}
        </button>
      </div>
      <form
        class="form"
        noValidate={true}
        onSubmit={(event) => {
          event.preventDefault();
          props.onSave();
        }}
        onKeyDown={(event) => {
          const step = stepOf(event);
          if (step === undefined) return;
          event.preventDefault();
          if (step === 'undo') props.onUndo();
          else props.onRedo();
        }}
      >
        <Field label={t('systemName')} problem={messageAt(faults, ['name'])}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              dir="auto"
              value={lineAt(sketch, ['name'])}
              onInput={({ currentTarget }) => onEdit(['name'], typeLine(sketch, ['name'], currentTarget.value))}
            />
          )}
        </Field>
        <Field label={t('recipeNotes')} problem={messageAt(faults, ['note'])}>
          {(ids) => (
            <select
              {...ids}
              value={lineAt(sketch, ['note'])}
              onChange={({ currentTarget }) => onEdit(['note'], typeLine(sketch, ['note'], currentTarget.value))}
            >
              <option value="internal">{t('recipeNotesInternal')}</option>
              <option value="public">{t('recipeNotesPublic')}</option>
              <option value="none">{t('recipeNotesNone')}</option>
            </select>
          )}
        </Field>
        <Field label={t('recipeRequest')}>
          {(ids) => (
            <select
              {...ids}
              value={String(place === undefined ? -1 : places.indexOf(place))}
              onChange={({ currentTarget }) => {
                const next = places[Number(currentTarget.value)];
                if (next !== undefined) props.onShow(next);
              }}
            >
              {places.map((one, index) => (
                <option key={one.path.join('.')} value={String(index)}>
                  {nameOf(one)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <fieldset class="request-adds" aria-label={t('requestAdd')}>
          {others
            .filter((task) => !places.some((one) => one.task === task))
            .map((task) => (
              <button
                key={task}
                type="button"
                class="quiet"
                aria-label={t('requestAddKind', t(tasks[task]))}
                onClick={() => props.onAdd(task)}
              >
                <Icon name="plus" />
                {t(tasks[task])}
              </button>
            ))}
          {place !== undefined && place.task !== 'create' && (
            <button type="button" class="quiet" onClick={() => props.onRemove(place)}>
              {t('requestRemove')}
            </button>
          )}
        </fieldset>
        {place && <RequestFields key={place.path.join('.')} sketch={sketch} place={place} faults={faults} onEdit={onEdit} />}
        <details>
          <summary>{t('recipeWhole')}</summary>
          <CodeField
            label={t('recipeJson')}
            hint={t('recipeWholeHelp')}
            problem={faults.find(({ path }) => path === '')?.message}
            rows={20}
            value={textAt(sketch, [])}
            onType={(text) => onEdit([], typeJson(sketch, [], text))}
          />
        </details>
        {elsewhere.length > 0 && <FaultList title={t('recipeWrong')} faults={elsewhere} />}
        <RequestPreview preview={preview} />
        <div class="editor-actions">
          <button type="submit" class="primary" disabled={faults.length > 0}>
            {t('save')}
          </button>
          <button type="button" disabled={faults.length > 0} onClick={props.onShare}>
            {t('recipeShare')}
          </button>
          <button type="button" onClick={props.onCancel}>
            {t('cancel')}
          </button>
        </div>
      </form>
      <details>
        <summary>{t('recipeFill')}</summary>
        {place?.task === 'create' && <AnswerBox onAnswer={props.onAnswer} />}
        <CurlBox onRequest={props.onRequest} />
      </details>
    </div>
  );
}

/** An answer of the system, from which the places of id, number and link are taken. */
function AnswerBox({ onAnswer }: { readonly onAnswer: (text: string) => boolean }) {
  const [text, setText] = useState('');
  const [isRead, setRead] = useState(true);
  return (
    <form
      class="block form"
      onSubmit={(event) => {
        event.preventDefault();
        setRead(onAnswer(text));
      }}
    >
      <CodeField
        label={t('answerExample')}
        hint={t('answerExampleHelp')}
        problem={isRead ? undefined : t('answerExampleNone')}
        rows={4}
        value={text}
        onType={setText}
      />
      <div>
        <button type="submit" disabled={text.trim() === ''}>
          {t('answerTake')}
        </button>
      </div>
    </form>
  );
}

function stepOf(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (event.altKey || !(event.ctrlKey || event.metaKey)) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' ? 'redo' : undefined;
}
