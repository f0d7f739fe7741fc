import { NoteForm } from '../../components/popup/NoteForm.tsx';
import { SendBar } from '../../components/popup/SendBar.tsx';
import { EmptyState } from '../../components/popup/ThreadEmpty.tsx';
import { t } from '../../utils/i18n.ts';
import type { PopupActs } from './App.tsx';
import type { PopupModel } from './model.ts';

export function NoteTab({ model, acts }: { readonly model: PopupModel; readonly acts: PopupActs }) {
  const { note } = model;
  const endpoints = model.popup.value?.endpoints ?? [];
  const endpoint = model.noteEndpoint.value;
  if (model.popup.value !== undefined && endpoint === undefined)
    return (
      <EmptyState icon="ticket" title={t('noSystemTitle')}>
        <p>{t('noSystemNote')}</p>
        <div class="empty-actions">
          <button type="button" class="primary" onClick={() => acts.openOptions('/systems/add')}>
            {t('addSystem')}
          </button>
        </div>
      </EmptyState>
    );
  const { ticket, note: text } = note.draft.value;
  return (
    <>
      <NoteForm
        ticket={ticket}
        note={text}
        source={model.source.value}
        endpoints={endpoints}
        endpoint={endpoint}
        templates={model.templates.value}
        added={note.added.value}
        now={model.now.value}
        onTicket={note.typeTicket}
        onPick={note.pickTicket}
        onEndpoint={(endpointId) => note.edit({ endpointId })}
        onNote={(typed) => note.edit({ note: typed })}
      />
      <SendBar
        label={t('addNote')}
        isBusy={note.isSending.value}
        isDisabled={!note.canAdd.value}
        problem={note.problem.value}
        onSend={() => void note.add(endpoint?.id)}
      >
        {t('noteOffline')}
      </SendBar>
    </>
  );
}
