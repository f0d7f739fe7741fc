import { useMemo, useRef } from 'preact/hooks';
import type { ErrorRecord } from '../../utils/core/errors.ts';
import type { ListName } from '../../utils/core/ticket.ts';
import { plural, t } from '../../utils/i18n.ts';
import { formatSize } from '../../utils/ui/format.ts';
import { leftOutOf } from '../../utils/ui/overlay.ts';
import type { CaptureView, EditPatch, EndpointSummary, ListView } from '../../utils/views.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { ErrorWords, Notice } from '../Notice.tsx';
import { AttachmentList } from './AttachmentList.tsx';
import { Completeness } from './Completeness.tsx';
import { MessageList } from './MessageList.tsx';
import type { Template } from './NoteField.tsx';
import { SendBar } from './SendBar.tsx';
import { Collecting } from './Skeleton.tsx';
import { ThreadForm } from './ThreadForm.tsx';

interface Props {
  readonly capture: CaptureView;
  readonly endpoints: readonly EndpointSummary[];
  readonly endpoint: EndpointSummary | undefined;
  readonly templates: readonly Template[];
  readonly texts: Readonly<Record<string, string>>;
  readonly isSending: boolean;
  readonly problem: ErrorRecord | undefined;
  readonly now: number;
  readonly listOf: (list: ListName) => ListView | undefined;
  readonly onOpenList: (list: ListName) => void;
  readonly onEdit: (patch: EditPatch) => void;
  readonly onRead: (messageId: string) => void;
  readonly onSend: () => void;
  readonly onDiscard: () => void;
  readonly onAddSystem: () => void;
  readonly onRetry: (() => void) | undefined;
}

/** The open thread on its way to becoming a ticket. */
export function ThreadPanel(props: Props) {
  const { capture, endpoints, endpoint, texts, isSending, problem, now, onEdit, onRead, onSend, onDiscard, onAddSystem, onRetry } = props;
  const hasSystem = endpoints.length > 0;
  const latest = useRef(capture);
  latest.current = capture;
  // Drawn again only when the messages change: a keystroke in the note costs the same with a hundred of them.
  // The callbacks may be older than the last keystroke: they look at `latest`.
  const lists = useMemo(() => {
    const tick = (ids: readonly string[], ticked: boolean) => onEdit({ leftOut: ticking(latest.current, ids, ticked) });
    return (
      <>
        {capture.messages.length > 0 && <Completeness capture={capture} />}
        {capture.messages.length > 0 && <MessageList messages={capture.messages} texts={texts} now={now} onTick={tick} onRead={onRead} />}
        <AttachmentList messages={capture.messages} onTick={tick} />
      </>
    );
  }, [capture.messages, capture.gaps, texts, now]);
  return (
    <>
      {!hasSystem && (
        <Notice tone="info" icon="ticket">
          <p>{t('noSystemKept')}</p>
          <button type="button" class="primary" onClick={onAddSystem}>
            {t('addSystem')}
          </button>
        </Notice>
      )}
      {capture.status === 'failed' && (
        <Notice tone="bad" live={true}>
          <ErrorWords error={capture.error ?? { code: 'unexpected', message: '', details: {} }} />
          {onRetry && (
            <button type="button" onClick={onRetry}>
              {t('tryAgain')}
            </button>
          )}
        </Notice>
      )}
      <ThreadForm {...props} />
      {capture.status === 'collecting' || capture.status === 'preparing' ? (
        <Collecting received={capture.received} expected={capture.expected} isPreparing={capture.status === 'preparing'} />
      ) : (
        lists
      )}
      <div class="panel-foot">
        <ConfirmButton label={t('discard')} question={t('discardAsk')} onConfirm={onDiscard} />
      </div>
      <SendBar label={t('send')} isBusy={isSending} isDisabled={!canSend(capture, endpoints)} problem={problem} onSend={onSend}>
        {whatGoes(capture, endpoint)}
      </SendBar>
    </>
  );
}

/** What is left out once these are ticked or unticked. */
function ticking(capture: CaptureView, ids: readonly string[], ticked: boolean): readonly string[] {
  const leftOut = new Set(leftOutOf(capture));
  for (const id of ids) {
    if (ticked) leftOut.delete(id);
    else leftOut.add(id);
  }
  return [...leftOut];
}

/** May the thread go as it stands? The same for the button and for the keys. */
export function canSend(capture: CaptureView | undefined, endpoints: readonly EndpointSummary[]): boolean {
  return capture?.status === 'ready' && endpoints.length > 0 && capture.title.trim() !== '';
}

function whatGoes(capture: CaptureView, endpoint: EndpointSummary | undefined): string {
  if (capture.status === 'collecting' || capture.status === 'preparing') return t('stillReading');
  if (capture.status === 'failed') return '';
  if (endpoint === undefined) return t('waitsForSystem');
  if (capture.title.trim() === '') return t('titleMissing');
  const kept = capture.messages.filter(({ ticked }) => ticked);
  const files = kept.flatMap(({ attachments }) => attachments.filter(({ ticked }) => ticked));
  const bytes = files.reduce((sum, { size }) => sum + size, 0) + kept.reduce((sum, { original = 0 }) => sum + original, 0);
  const parts = [
    plural('messagesCount', kept.length),
    files.length > 0 ? plural('filesBare', files.length) : '',
    bytes > 0 ? formatSize(bytes) : '',
  ];
  return parts.filter(Boolean).join(' · ');
}
