import { nameIn } from '../../utils/core/mailbox.ts';
import type { TemplateValues } from '../../utils/core/note-template.ts';
import type { RequesterCandidate } from '../../utils/core/thread.ts';
import type { Choice, ListName } from '../../utils/core/ticket.ts';
import { t } from '../../utils/i18n.ts';
import { formatDay } from '../../utils/ui/format.ts';
import { becauseWords } from '../../utils/ui/rule-words.ts';
import { requesterReason } from '../../utils/ui/words.ts';
import type { CaptureView, EditPatch, EndpointSummary, ListView } from '../../utils/views.ts';
import { Combobox } from '../Combobox.tsx';
import { Field } from '../Field.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { NoteField, type Template } from './NoteField.tsx';
import { noteHint, takesNote } from './note-words.ts';
import { SystemField } from './SystemField.tsx';
import { TagsField } from './TagsField.tsx';
import { TargetChoice } from './TargetChoice.tsx';
import type { TicketSource } from './TicketField.tsx';

interface Props {
  readonly capture: CaptureView;
  readonly endpoints: readonly EndpointSummary[];
  readonly endpoint: EndpointSummary | undefined;
  readonly templates: readonly Template[];
  readonly source: TicketSource;
  readonly listOf: (list: ListName) => ListView | undefined;
  readonly onOpenList: (list: ListName) => void;
  readonly onEdit: (patch: EditPatch) => void;
  readonly now: number;
}

/** Where the thread goes and what the ticket will say: every field of the draft but the messages. */
export function ThreadForm({ capture, endpoints, endpoint, templates, source, listOf, onOpenList, onEdit, now }: Props) {
  const isNew = capture.target.kind === 'new';
  const offers = (field: EndpointSummary['fields'][number]) => endpoint?.fields.includes(field) ?? false;
  const choiceField = (
    field: 'queue' | 'priority' | 'assignee' | 'type',
    list: ListName,
    label: string,
    placeholder = t('choicePlaceholder'),
  ) => (
    <ChoiceField
      label={label}
      placeholder={placeholder}
      value={capture[field]}
      hasList={endpoint?.lists.includes(list) ?? false}
      list={listOf(list)}
      system={endpoint?.name ?? ''}
      now={now}
      why={field === 'queue' ? whyQueue(capture) : undefined}
      onOpen={() => onOpenList(list)}
      onChange={(choice: Choice | undefined) => onEdit({ [field]: choice ?? null })}
    />
  );
  return (
    <div class="form">
      {/* What has begun to be sent goes on where it was going. */}
      {capture.delivery === undefined && (endpoint?.appends !== false || !isNew || capture.known) && (
        <TargetChoice capture={capture} endpoint={endpoint} source={source} now={now} onEdit={onEdit} />
      )}
      {isNew && (
        <Field label={t('fieldTitle')}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              dir="auto"
              class="title-input"
              value={capture.title}
              placeholder={t('titlePlaceholder')}
              onInput={({ currentTarget }) => onEdit({ title: currentTarget.value })}
            />
          )}
        </Field>
      )}
      <SystemField endpoints={endpoints} endpoint={endpoint} onChange={(id) => onEdit(movedTo(id))} />
      {isNew && (offers('queue') || offers('priority')) && (
        <div class="form-row">
          {offers('queue') && choiceField('queue', 'queues', t('fieldQueue'), t('queuePlaceholder'))}
          {offers('priority') && choiceField('priority', 'priorities', t('fieldPriority'))}
        </div>
      )}
      {isNew && (
        <Combobox
          label={t('fieldRequester')}
          value={capture.requester}
          options={requesterOptions(capture.requesters)}
          free={true}
          placeholder={t('requesterPlaceholder')}
          hint={reasonFor(capture)}
          onChoose={({ label }) => onEdit({ requester: label })}
          onType={(requester) => onEdit({ requester })}
        />
      )}
      {isNew && (offers('assignee') || offers('type')) && (
        <div class="form-row">
          {offers('assignee') && choiceField('assignee', 'assignees', t('fieldAssignee'))}
          {offers('type') && choiceField('type', 'types', t('fieldType'))}
        </div>
      )}
      {isNew && offers('tags') && (
        <TagsField
          key={endpoint?.id}
          values={capture.tags ?? []}
          hasList={endpoint?.lists.includes('tags') ?? false}
          list={listOf('tags')}
          onOpen={() => onOpenList('tags')}
          onChange={(tags) => onEdit({ tags })}
        />
      )}
      {takesNote(endpoint, capture.note) && (
        <NoteField
          value={capture.note}
          templates={templates}
          values={templateValues(capture, now)}
          hint={noteHint(endpoint)}
          isWarning={endpoint?.internalNotes === false}
          onType={(note) => onEdit({ note })}
        />
      )}
    </div>
  );
}

/** Queue, tags, ticket and the like belong to the system that was left. */
function movedTo(endpointId: string): EditPatch {
  return { endpointId, queue: null, priority: null, assignee: null, type: null, tags: null, target: null };
}

/** Which rule chose the queue that stands in the field. */
function whyQueue({ queue, rule }: CaptureView): string | undefined {
  return rule?.queue !== undefined && rule.queue.id === queue?.id ? becauseWords(rule) : undefined;
}

/** What a template may say of this thread. */
function templateValues({ title, requester, queue, target, account }: CaptureView, now: number): TemplateValues {
  return {
    title,
    requester: nameIn(requester),
    queue: queue?.label,
    ticket: target.kind === 'append' ? target.number : undefined,
    me: account,
    date: formatDay(now),
  };
}

function mailbox({ name, address }: RequesterCandidate): string {
  return name === '' || name === address ? address : `${name} <${address}>`;
}

function requesterOptions(candidates: readonly RequesterCandidate[]) {
  return candidates.map((candidate) => ({ id: candidate.address, label: mailbox(candidate), detail: requesterReason(candidate.reason) }));
}

/** Why the person who stands in the field does. */
function reasonFor({ requester, requesters }: CaptureView): string {
  const known = requesters.find((candidate) => requester.includes(candidate.address));
  return known ? requesterReason(known.reason) : '';
}
