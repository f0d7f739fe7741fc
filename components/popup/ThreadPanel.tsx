import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ErrorRecord } from '../../utils/core/errors.ts';
import type { Gap } from '../../utils/core/thread.ts';
import type { ListName } from '../../utils/core/ticket.ts';
import { plural, t } from '../../utils/i18n.ts';
import { formatSize } from '../../utils/ui/format.ts';
import { isBeingRead, leftOutOf } from '../../utils/ui/overlay.ts';
import type { CaptureView, EditPatch, EndpointSummary, ListView, MessageText, MessageView } from '../../utils/views.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { later } from '../later.tsx';
import { ErrorWords, Notice } from '../Notice.tsx';
import { AttachmentList } from './AttachmentList.tsx';
import { Completeness } from './Completeness.tsx';
import { MessageList } from './MessageList.tsx';
import type { Template } from './NoteField.tsx';
import { SendBar } from './SendBar.tsx';
import { Collecting } from './Skeleton.tsx';
import { ThreadForm } from './ThreadForm.tsx';
import { isNumber, type TicketSource } from './TicketField.tsx';

interface Props {
  readonly capture: CaptureView;
  readonly endpoints: readonly EndpointSummary[];
  readonly endpoint: EndpointSummary | undefined;
  readonly templates: readonly Template[];
  readonly source: TicketSource;
  readonly texts: Readonly<Record<string, MessageText['stretches']>>;
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

/** Loaded when it is asked for. */
export const preview = later(async () => (await import('./ThreadPreview.tsx')).ThreadPreview);

/** The open thread on its way to becoming a ticket. */
export function ThreadPanel(props: Props) {
  const { capture, endpoints, endpoint, texts, isSending, problem, now, onEdit, onRead, onSend, onDiscard, onAddSystem, onRetry } = props;
  const hasSystem = endpoints.length > 0;
  const inTicket = ticketOf(capture);
  const [isPreview, setPreview] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasPreview = useRef(false);
  useEffect(() => {
    // Back where the person came from.
    if (wasPreview.current && !isPreview) opener.current?.focus();
    wasPreview.current = isPreview;
  }, [isPreview]);
  const latest = useRef(capture);
  latest.current = capture;
  const today = new Date(now).toDateString();
  // Drawn again only when the messages change, or the day: a keystroke in the note costs the same with a hundred of them.
  // The callbacks may be older than the last keystroke: they look at `latest`.
  const lists = useMemo(() => {
    const tick = (ids: readonly string[], ticked: boolean) => onEdit({ leftOut: ticking(latest.current, ids, ticked) });
    return (
      <>
        {capture.messages.length > 0 && <Completeness capture={capture} />}
        {capture.messages.length > 0 && (
          <MessageList messages={capture.messages} texts={texts} inTicket={inTicket} now={now} onTick={tick} onRead={onRead} />
        )}
        <AttachmentList messages={openTo(capture)} onTick={tick} />
      </>
    );
  }, [capture.messages, capture.gaps, texts, today, inTicket]);
  const sendBar = (
    <SendBar label={t('send')} isBusy={isSending} isDisabled={!canSend(capture, endpoints)} problem={problem} onSend={onSend}>
      {isSending && isBeingRead(capture) ? t('sendsWhenRead') : whatGoes(capture, endpoint)}
    </SendBar>
  );
  if (isPreview && endpoint)
    return (
      <>
        <preview.View
          capture={capture}
          endpoint={endpoint}
          messages={openTo(capture).filter(({ ticked }) => ticked)}
          texts={texts}
          onRead={onRead}
          onBack={() => setPreview(false)}
        />
        {sendBar}
      </>
    );
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
      {isBeingRead(capture) ? (
        <Collecting received={capture.received} expected={capture.expected} isPreparing={capture.status === 'preparing'} />
      ) : (
        lists
      )}
      <div class="panel-foot">
        {capture.status === 'ready' && endpoint && (
          <button ref={opener} type="button" class="quiet" onClick={() => setPreview(true)}>
            {t('preview')}
          </button>
        )}
        <ConfirmButton label={t('discard')} question={t('discardAsk')} onConfirm={onDiscard} />
      </div>
      {sendBar}
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
  if (capture?.status !== 'ready' || endpoints.length === 0) return false;
  const { target, title, note } = capture;
  if (target.kind === 'new') return title.trim() !== '';
  return isNumber(target.number) && (note.trim() !== '' || openTo(capture).some(({ ticked }) => ticked));
}

/** Number of the ticket that the thread is in already, where that is where it goes. */
function ticketOf({ target, known }: CaptureView): string | undefined {
  return target.kind === 'append' && target.ticketId === known?.ticketId ? known.number : undefined;
}

/** The messages that may go: all, or those that came since. */
function openTo(capture: CaptureView): readonly MessageView[] {
  return ticketOf(capture) === undefined ? capture.messages : capture.messages.filter(({ known }) => !known);
}

function whatGoes(capture: CaptureView, endpoint: EndpointSummary | undefined): string {
  if (isBeingRead(capture)) return t('stillReading');
  if (capture.status === 'failed') return '';
  if (endpoint === undefined) return t('waitsForSystem');
  const { target, title, note, gaps } = capture;
  if (target.kind === 'new' && title.trim() === '') return t('titleMissing');
  if (target.kind === 'append' && !isNumber(target.number)) return t('ticketMissing');
  const messages = openTo(capture);
  const number = ticketOf(capture);
  if (number !== undefined && messages.length === 0) return note.trim() === '' ? t('nothingNew', number) : t('noteOnly', number);
  const kept = messages.filter(({ ticked }) => ticked);
  const filesOf = (some: readonly MessageView[]) =>
    some.flatMap(({ attachments }) => attachments.filter(({ inline, decoration }) => !inline && !decoration));
  const going = kept.flatMap(({ attachments }) => attachments.filter(({ ticked }) => ticked));
  const bytes = [...going.map(({ size }) => size), ...kept.map(({ original = 0 }) => original)].reduce((sum, size) => sum + size, 0);
  const missing = (code: Gap['code']) => gaps.filter((gap) => gap.code === code).length;
  const allFiles = filesOf(messages).length + missing('attachment-missing');
  return [
    plural('messagesGoing', messages.length + missing('message-missing'), kept.length),
    allFiles > 0 ? plural('filesGoing', allFiles, filesOf(kept).filter(({ ticked }) => ticked).length) : '',
    bytes > 0 ? formatSize(bytes) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
