import { useEffect } from 'preact/hooks';
import { later } from '../../components/later.tsx';
import { ThreadEmpty } from '../../components/popup/ThreadEmpty.tsx';
import { ThreadPanel } from '../../components/popup/ThreadPanel.tsx';
import { ThreadSent } from '../../components/popup/ThreadSent.tsx';
import type { ListName } from '../../utils/core/ticket.ts';
import type { PopupView } from '../../utils/views.ts';
import type { PopupActs } from './App.tsx';
import { listKey } from './lists.ts';
import type { PopupModel } from './model.ts';

/** Seldom seen, and never at once. */
const emptyMore = later(async () => (await import('./EmptyMore.tsx')).EmptyMore);

interface Props {
  readonly model: PopupModel;
  readonly acts: PopupActs;
  readonly view: PopupView;
}

/** Which of its states the tab Thread is in. */
export function ThreadTab({ model, acts, view }: Props) {
  const { thread, lists } = model;
  const capture = thread.view.value;
  const endpoint = view.endpoints.find(({ id }) => id === capture?.endpointId) ?? view.endpoints[0];
  const offersQueues = endpoint?.lists.includes('queues') ?? false;
  const openList = (list: ListName) => {
    if (endpoint?.lists.includes(list)) lists.open(endpoint.id, list, capture?.queue).catch((thrown: unknown) => console.error(thrown));
  };

  // Queues at once, so that the list is there when the field is reached and a vanished queue is said in time.
  useEffect(() => {
    if (capture !== undefined && offersQueues) openList('queues');
  }, [capture === undefined, endpoint?.id, offersQueues]);

  // A capture that failed before anything was typed is no more than its error.
  const hasFailed = capture?.status === 'failed' && capture.note === '' && capture.messages.length === 0;
  if (capture === undefined || hasFailed)
    return (
      <ThreadEmpty
        error={capture?.error ?? view.error}
        hasSystem={view.endpoints.length > 0}
        origin={view.error?.code === 'unknown-webmail' || view.error?.code === 'permission-missing' ? acts.origin : undefined}
        onOptions={acts.openOptions}
        onTake={acts.takeThread}
        onRetry={acts.retry}
      >
        <emptyMore.View ask={acts.ask} tabId={acts.tabId} />
      </ThreadEmpty>
    );
  if (capture.status === 'submitted')
    return (
      <ThreadSent
        capture={capture}
        now={model.now.value}
        onOutbox={() => model.selectTab('outbox')}
        onAct={(row, act) => void model.actOnThread(row, act)}
        onClose={acts.close}
      />
    );
  return (
    <ThreadPanel
      capture={capture}
      endpoints={view.endpoints}
      endpoint={endpoint}
      templates={model.templates.value}
      source={model.source.value}
      texts={thread.texts.value}
      isSending={thread.isSending.value}
      problem={thread.problem.value}
      now={model.now.value}
      listOf={(list) => (endpoint ? lists.lists.value[listKey(endpoint.id, list, capture.queue)] : undefined)}
      onOpenList={openList}
      onEdit={thread.edit}
      onRead={(id) => void thread.read(id)}
      onSend={() => void thread.send()}
      onDiscard={() => void thread.discard()}
      onAddSystem={() => acts.openOptions('/systems/add')}
      onRetry={acts.retry}
    />
  );
}
