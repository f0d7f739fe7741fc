import { ChooseForm } from '../../components/handover/ChooseForm.tsx';
import { Progress } from '../../components/handover/Progress.tsx';
import { countOf, ThreadList } from '../../components/handover/ThreadList.tsx';
import { ErrorWords, Notice } from '../../components/Notice.tsx';
import { plural, t } from '../../utils/i18n.ts';
import { listKey } from '../popup/lists.ts';
import type { HandoverModel } from './model.ts';

interface Props {
  readonly model: HandoverModel;
  /** Opens another page of ours. */
  readonly onPage: (path: string) => void;
}

export function App({ model, onPage }: Props) {
  const view = model.view.value;
  const problem = model.problem.value;
  const isBusy = model.isBusy.value;
  return (
    <main class="handover">
      <header>
        <h1>{t('handoverTitle')}</h1>
        <p class="lead">{t('handoverLead')}</p>
      </header>
      {problem && (
        <Notice tone="bad" live={true}>
          <ErrorWords error={problem} />
          {view === undefined && model.list.value === undefined && (
            <button type="button" onClick={() => void model.readList()}>
              {t('tryAgain')}
            </button>
          )}
        </Notice>
      )}
      {view ? (
        <Progress
          view={view}
          isBusy={isBusy}
          onCancel={() => void model.cancel()}
          onResume={() => void model.resume()}
          onMore={() => void model.more()}
          onOutbox={() => onPage('/popup.html?tab=outbox')}
        />
      ) : (
        <Choose model={model} onPage={onPage} />
      )}
    </main>
  );
}

function Choose({ model, onPage }: Props) {
  const list = model.list.value;
  const endpoint = model.endpoint.value;
  const endpoints = model.shell.value?.endpoints ?? [];
  if (!list) return null;
  const count = countOf(list.rows, model.ticked.value);
  if (endpoint === undefined)
    return (
      <Notice tone="info">
        <p>{t('noSystemTitle')}</p>
        <button type="button" class="primary" onClick={() => onPage('/options.html#/systems/add')}>
          {t('addSystem')}
        </button>
      </Notice>
    );
  return (
    <>
      <ThreadList
        rows={list.rows}
        ticked={model.ticked.value}
        host={new URL(list.origin).host}
        isBusy={model.isBusy.value}
        onTick={model.tick}
        onReload={() => void model.readList()}
      />
      <ChooseForm
        edits={model.edits.value}
        endpoints={endpoints}
        endpoint={endpoint}
        templates={model.templates.value}
        listOf={(name) => model.lists.lists.value[listKey(endpoint.id, name)]}
        onOpenList={(name) => void model.lists.open(endpoint.id, name)}
        onEdit={model.edit}
        now={Date.now()}
      />
      <div class="handover-send">
        <button type="button" class="primary" disabled={count === 0 || model.isBusy.value} onClick={() => void model.start()}>
          {count === 0 ? t('send') : plural('handoverSend', count)}
        </button>
      </div>
    </>
  );
}
