import { OutboxList } from '../../components/popup/OutboxList.tsx';
import { TicketList } from '../../components/popup/TicketList.tsx';
import type { OutboxRow } from '../../utils/views.ts';
import type { PopupActs } from './App.tsx';
import type { PopupModel, TabName } from './model.ts';
import { NoteTab } from './NoteTab.tsx';

interface Props {
  readonly tab: Exclude<TabName, 'thread'>;
  readonly model: PopupModel;
  readonly acts: PopupActs;
}

/** Every tab but Thread, which most people open the popup for: loaded after its first paint. */
export function OtherTabs({ tab, model, acts }: Props) {
  const { outbox } = model;
  switch (tab) {
    case 'note':
      return <NoteTab model={model} acts={acts} />;
    case 'outbox':
      return (
        <OutboxList
          rows={outbox.rows.value}
          counts={model.counts.value}
          hasMore={outbox.hasMore.value}
          problem={outbox.problem.value}
          now={model.now.value}
          onMore={() => void outbox.more()}
          onUnderstood={() => void outbox.understood()}
          onAct={(row, act) => void (act === 'edit' ? editRow(model, row) : outbox.act(row, act))}
        />
      );
    case 'tickets':
      return (
        <TicketList
          tickets={model.tickets.value}
          namesSystem={(model.popup.value?.endpoints.length ?? 0) > 1}
          now={model.now.value}
          onNote={model.noteFor}
        />
      );
  }
}

async function editRow(model: PopupModel, row: OutboxRow): Promise<void> {
  const captureId = await model.outbox.edit(row);
  if (captureId !== undefined) await model.editCapture(captureId);
}
