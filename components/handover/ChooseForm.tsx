import type { Choice, ListName } from '../../utils/core/ticket.ts';
import { t } from '../../utils/i18n.ts';
import { formatDay } from '../../utils/ui/format.ts';
import type { EndpointSummary, ListView } from '../../utils/views.ts';
import { ChoiceField } from '../popup/ChoiceField.tsx';
import { NoteField, type Template } from '../popup/NoteField.tsx';
import { noteHint, takesNote } from '../popup/note-words.ts';
import { SystemField } from '../popup/SystemField.tsx';

/** What goes for all of the threads; `undefined` follows rules and defaults, thread by thread. */
export interface HandoverEdits {
  readonly endpointId?: string;
  readonly queue?: Choice | undefined;
  readonly assignee?: Choice | undefined;
  readonly note?: string;
}

interface Props {
  readonly edits: HandoverEdits;
  readonly endpoints: readonly EndpointSummary[];
  readonly endpoint: EndpointSummary | undefined;
  readonly templates: readonly Template[];
  readonly listOf: (list: ListName) => ListView | undefined;
  readonly onOpenList: (list: ListName) => void;
  readonly onEdit: (patch: HandoverEdits) => void;
  readonly now: number;
}

/** One system, queue, assignee and note for all of them. */
export function ChooseForm({ edits, endpoints, endpoint, templates, listOf, onOpenList, onEdit, now }: Props) {
  const offers = (field: EndpointSummary['fields'][number]) => endpoint?.fields.includes(field) ?? false;
  const choiceField = (field: 'queue' | 'assignee', list: ListName, label: string, placeholder: string) => (
    <ChoiceField
      label={label}
      placeholder={placeholder}
      value={edits[field]}
      hasList={endpoint?.lists.includes(list) ?? false}
      list={listOf(list)}
      system={endpoint?.name ?? ''}
      now={now}
      onOpen={() => onOpenList(list)}
      onChange={(choice) => onEdit({ [field]: choice })}
    />
  );
  const note = edits.note ?? '';
  return (
    <div class="form">
      <SystemField endpoints={endpoints} endpoint={endpoint} onChange={(endpointId) => onEdit({ endpointId })} />
      <div class="form-row">
        {offers('queue') && choiceField('queue', 'queues', t('fieldQueue'), endpoint?.defaults.queue?.label ?? t('queuePlaceholder'))}
        {offers('assignee') && choiceField('assignee', 'assignees', t('fieldAssignee'), '')}
      </div>
      {takesNote(endpoint, note) && (
        <NoteField
          value={note}
          templates={templates}
          values={{ queue: edits.queue?.label, date: formatDay(now) }}
          hint={noteHint(endpoint)}
          isWarning={endpoint?.internalNotes === false}
          onType={(typed) => onEdit({ note: typed })}
        />
      )}
    </div>
  );
}
