import { useRef, useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import { insertables } from '../../utils/recipes/editor/places.ts';
import {
  at,
  lineAt,
  linesAt,
  type Path,
  type Place,
  type Sketch,
  textAt,
  typeJson,
  typeLine,
  typeLines,
} from '../../utils/recipes/editor/sketch.ts';
import type { Fault } from '../../utils/recipes/recipe.ts';
import { CodeField } from '../CodeField.tsx';
import { Field } from '../Field.tsx';

interface Props {
  readonly sketch: Sketch;
  readonly place: Place;
  readonly faults: readonly Fault[];
  readonly onEdit: (path: Path, next: Sketch) => void;
}

/** Where things stand in the answer, by what the request is for. */
const answers = {
  create: [
    ['out.ticketId', 'placeId'],
    ['out.number', 'placeNumber'],
    ['out.url', 'placeLink'],
  ],
  append: [],
  find: [
    ['items', 'placeTickets'],
    ['itemId', 'placeId'],
    ['itemReference', 'placeReference'],
  ],
  read: [
    ['out.state', 'placeState'],
    ['out.queue', 'placeQueue'],
    ['out.owner', 'placeOwner'],
  ],
  queues: [
    ['items', 'placeQueues'],
    ['itemId', 'placeId'],
    ['itemLabel', 'placeName'],
  ],
  test: [],
} as const satisfies Record<Place['task'], readonly (readonly [string, string])[]>;

/** One request of a recipe: method, address, headers, body, and where the answer holds what. */
export function RequestFields({ sketch, place, faults, onEdit }: Props) {
  const { path, task } = place;
  const below = (...names: readonly string[]): Path => [...path, ...names];
  const problem = (wanted: Path): string | undefined => messageAt(faults, wanted);
  const hasUrl = at(sketch.document, below('url')) !== undefined;
  const address = below(hasUrl ? 'url' : 'path');
  const choice = (name: string, label: string, options: readonly string[]) => (
    <Field label={label} problem={problem(below(name))}>
      {(ids) => (
        <select
          {...ids}
          value={lineAt(sketch, below(name)) || options[0]}
          onChange={({ currentTarget }) => onEdit(below(name), typeLine(sketch, below(name), currentTarget.value))}
        >
          {[...new Set([...options, lineAt(sketch, below(name)) || options[0]])].map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const json = (name: string, label: string, rows: number) => (
    <CodeField
      label={label}
      problem={problem(below(name))}
      rows={rows}
      value={textAt(sketch, below(name))}
      onType={(text) => onEdit(below(name), typeJson(sketch, below(name), text))}
    />
  );
  return (
    <>
      <div class="form-row">
        {choice('method', t('requestMethod'), task === 'create' || task === 'append' ? ['POST', 'PUT', 'PATCH'] : ['GET', 'POST'])}
        {choice('encode', t('requestEncode'), ['json', 'form', 'multipart', 'raw', 'graphql', 'jsonrpc'])}
      </div>
      <Field label={t('requestAddress')} hint={hasUrl ? undefined : t('requestAddressHelp')} problem={problem(address)}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            class="code"
            spellcheck={false}
            autocomplete="off"
            aria-invalid={problem(address) !== undefined}
            value={lineAt(sketch, address)}
            onInput={({ currentTarget }) => onEdit(address, typeLine(sketch, address, currentTarget.value))}
          />
        )}
      </Field>
      {json('query', t('requestQuery'), 2)}
      {json('headers', t('requestHeaders'), 2)}
      {(task === 'create' || task === 'append') && (
        <BodyField
          text={textAt(sketch, below('send'))}
          problem={problem(below('send'))}
          onType={(text) => onEdit(below('send'), typeJson(sketch, below('send'), text))}
        />
      )}
      {answers[task].map(([name, key]) => {
        const where = below(...name.split('.'));
        return (
          <CodeField
            key={name}
            label={t(key)}
            hint={t('placeHelp')}
            problem={problem(where)}
            rows={Math.min(4, linesAt(sketch, where).split('\n').length)}
            value={linesAt(sketch, where)}
            onType={(text) => onEdit(where, typeLines(sketch, where, text))}
          />
        );
      })}
    </>
  );
}

/** What is wrong at a place or below it. */
export function messageAt(faults: readonly Fault[], path: Path): string | undefined {
  const place = path.join('.');
  const found = faults.filter((fault) => fault.path === place || fault.path.startsWith(`${place}.`));
  if (found.length === 0) return undefined;
  return found.map((fault) => [fault.path.slice(place.length + 1), fault.message].filter(Boolean).join(': ')).join('; ');
}

const insertLabels = {
  title: 'fieldTitle',
  text: 'insertText',
  html: 'insertHtml',
  requesterAddress: 'insertRequesterAddress',
  requesterName: 'insertRequesterName',
  queue: 'fieldQueue',
  priority: 'fieldPriority',
  assignee: 'fieldAssignee',
  note: 'fieldNote',
  reference: 'insertReference',
  sourceUrl: 'insertSource',
  files: 'insertFiles',
  ticketId: 'insertTicket',
} as const;

interface BodyProps {
  readonly text: string;
  readonly problem: string | undefined;
  readonly onType: (text: string) => void;
}

/** The body as JSON, and a list of what of the mail can be put into it at the caret. */
function BodyField({ text, problem, onType }: BodyProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [chosen, choose] = useState<string>('title');
  function insert(): void {
    const template = insertables.find(({ id }) => id === chosen)?.template;
    const field = area.current;
    if (template === undefined || field === null) return;
    const [from, to] = [field.selectionStart, field.selectionEnd];
    const written = JSON.stringify(template);
    const piece = isInString(text.slice(0, from)) ? written.slice(1, -1) : written;
    onType(text.slice(0, from) + piece + text.slice(to));
    field.focus();
    // The new text is drawn by then; the caret goes behind what was put in.
    requestAnimationFrame(() => field.setSelectionRange(from + piece.length, from + piece.length));
  }
  return (
    <>
      <CodeField
        label={t('requestBody')}
        hint={t('requestBodyHelp')}
        problem={problem}
        area={area}
        grows={true}
        rows={Math.min(24, Math.max(6, text.split('\n').length))}
        value={text}
        onType={onType}
      />
      <div class="insert-row">
        <Field label={t('insertLabel')}>
          {(ids) => (
            <select {...ids} value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
              {insertables.map(({ id }) => (
                <option key={id} value={id}>
                  {t(insertLabels[id])}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="button" onClick={insert}>
          {t('insert')}
        </button>
      </div>
    </>
  );
}

function isInString(before: string): boolean {
  return (before.replace(/\\[\s\S]/g, '').split('"').length - 1) % 2 === 1;
}
