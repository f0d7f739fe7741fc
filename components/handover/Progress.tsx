import type { HandedView, HandoverView } from '../../utils/handover-views.ts';
import { plural, t } from '../../utils/i18n.ts';
import { errorSentence, statusWords } from '../../utils/ui/words.ts';
import { Icon, type IconName } from '../Icon.tsx';
import { ErrorWords, Notice } from '../Notice.tsx';

interface Props {
  readonly view: HandoverView;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onResume: () => void;
  readonly onMore: () => void;
  readonly onOutbox: () => void;
}

/** How far a handover got, thread by thread. */
export function Progress({ view, isBusy, onCancel, onResume, onMore, onOutbox }: Props) {
  const { threads, isRunning, halted } = view;
  const ended = threads.filter(isOver).length;
  const troubled = threads.filter(needsPerson);
  const isLeft = threads.some(({ state }) => state.status === 'waiting' || state.status === 'failed');
  const act = (run: () => void) => () => isBusy || run();
  return (
    <section class="progress">
      <div class="progress-line">
        <progress max={threads.length} value={ended} aria-label={t('handoverTitle')} />
        <strong role="status">{t('handoverProgress', ended, threads.length)}</strong>
      </div>
      {isRunning && <p class="help">{t('handoverGoesOn')}</p>}
      {halted === 'cancelled' && (
        <Notice tone="info" live={true}>
          <p>{t('handoverCancelled')}</p>
        </Notice>
      )}
      {halted !== undefined && halted !== 'cancelled' && (
        <Notice tone="warning" live={true}>
          <ErrorWords error={halted} />
        </Notice>
      )}
      {troubled.length > 0 && !isRunning && (
        <Notice tone="warning">
          <p>{plural('handoverTrouble', troubled.length)}</p>
        </Notice>
      )}
      {troubled.length === 0 && ended === threads.length && (
        <Notice tone="good" live={true}>
          <p>{plural('handoverDone', threads.length)}</p>
        </Notice>
      )}
      <div class="progress-acts">
        {isRunning && (
          <button type="button" onClick={act(onCancel)}>
            {t('handoverCancel')}
          </button>
        )}
        {!isRunning && isLeft && (
          <button type="button" class="primary" onClick={act(onResume)}>
            {t('handoverResume')}
          </button>
        )}
        {!isRunning && (
          <button type="button" class={isLeft ? '' : 'primary'} onClick={act(onMore)}>
            {t('handoverMore')}
          </button>
        )}
        {troubled.some(({ delivery }) => delivery) && (
          <button type="button" onClick={onOutbox}>
            {t('handoverOutbox')}
          </button>
        )}
      </div>
      <ul class="rows">
        {threads.map((thread) => (
          <HandedRow key={thread.captureId} thread={thread} isOff={!isRunning} />
        ))}
      </ul>
    </section>
  );
}

function HandedRow({ thread, isOff }: { readonly thread: HandedView; readonly isOff: boolean }) {
  const { subject, from, state, delivery } = thread;
  const { icon, words, tone, url } = stateOf(thread, isOff);
  const error = state.status === 'failed' ? state.error : delivery?.error;
  return (
    <li class={`row handed-${tone}`}>
      <Icon name={icon} />
      <span class="row-words">
        <span class="row-subject">
          <bdi>{subject || t('untitled')}</bdi>
        </span>
        <span class="row-facts">
          {from !== undefined && <bdi>{from}</bdi>}
          {error && <span class="row-why">{errorSentence(error)}</span>}
        </span>
      </span>
      {url === undefined ? (
        <span class="row-state">{words}</span>
      ) : (
        <a class="row-state" href={url} target="_blank" rel="noreferrer">
          {words}
        </a>
      )}
    </li>
  );
}

interface Shown {
  readonly icon: IconName;
  readonly words: string;
  readonly tone: 'good' | 'bad' | 'calm';
  readonly url?: string | undefined;
}

function stateOf({ state, delivery }: HandedView, isOff: boolean): Shown {
  switch (state.status) {
    case 'waiting':
      return { icon: 'clock', words: t(isOff ? 'handoverNotRead' : 'handoverWaiting'), tone: 'calm' };
    case 'reading':
      return { icon: 'mail', words: t('handoverReading'), tone: 'calm' };
    case 'failed':
      return { icon: 'stop', words: t('handoverNotRead'), tone: 'bad' };
    case 'skipped':
      if (state.why === 'on-its-way') return { icon: 'check', words: t('handoverOnItsWay'), tone: 'calm' };
      return { icon: 'check', words: t('handoverNothingNew', state.number ?? ''), tone: 'calm', url: webAddress(state.url) };
    case 'taken': {
      const receipt = delivery?.receipt;
      if (receipt?.mailedTo !== undefined) return { icon: 'mail', words: t('mailedTo', receipt.mailedTo), tone: 'good' };
      if (receipt) return { icon: 'check', words: t('inTickets', receipt.number), tone: 'good', url: webAddress(receipt.url) };
      const isStopped = delivery?.status === 'stopped';
      return { icon: isStopped ? 'stop' : 'away', words: statusWords(delivery?.status ?? 'draft'), tone: isStopped ? 'bad' : 'calm' };
    }
  }
}

/** Settled: in a ticket, left alone, or waiting for a person. What the outbox still carries isn't. */
function isOver({ state, delivery }: HandedView): boolean {
  if (state.status === 'taken') return delivery === undefined || delivery.status === 'delivered' || delivery.status === 'stopped';
  return state.status === 'skipped' || state.status === 'failed';
}

function needsPerson({ state, delivery }: HandedView): boolean {
  return state.status === 'failed' || delivery?.status === 'stopped' || (delivery?.status === 'paused' && delivery.dueAt === undefined);
}

/** Only web pages are opened, whatever a ticket system says. */
function webAddress(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}
