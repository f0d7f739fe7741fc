import { useState } from 'preact/hooks';
import { plural, t } from '../../utils/i18n.ts';
import { formatExactly, formatSize, formatWhen } from '../../utils/ui/format.ts';
import type { MessageText as MessageTextView, MessageView } from '../../utils/views.ts';
import { MessageText } from './MessageText.tsx';
import { SectionHead } from './SectionHead.tsx';

type Text = MessageTextView['stretches'];

interface Props {
  readonly messages: readonly MessageView[];
  /** Texts of messages that were opened. */
  readonly texts: Readonly<Record<string, Text>>;
  /** The ticket that the thread goes to and is in already: what it has is not sent again. */
  readonly inTicket: string | undefined;
  readonly now: number;
  readonly onTick: (ids: readonly string[], ticked: boolean) => void;
  readonly onRead: (id: string) => void;
}

/** Of a long thread the latest are shown first; the others are one click away. */
const latest = 6;

/** Every message of the thread, oldest first, to tick and to read. */
export function MessageList({ messages, texts, inTicket, now, onTick, onRead }: Props) {
  const [showsAll, setShowsAll] = useState(false);
  const open = inTicket === undefined ? messages : messages.filter(({ known }) => !known);
  const older = showsAll || messages.length <= latest + 2 ? 0 : messages.length - latest;
  return (
    <section class="list-section">
      <SectionHead
        id="messages"
        title={t('messagesTitle')}
        ids={open.map(({ id }) => id)}
        ticked={open.filter(({ ticked }) => ticked).length}
        onTick={onTick}
      />
      {older > 0 && (
        <button type="button" class="quiet list-more" onClick={() => setShowsAll(true)}>
          {plural('messagesOlder', older)}
        </button>
      )}
      <ul class="rows" aria-labelledby="messages">
        {messages.slice(older).map((message) => (
          <MessageRow
            key={message.id}
            message={message}
            text={texts[message.id]}
            inTicket={message.known ? inTicket : undefined}
            now={now}
            onTick={(ticked) => onTick([message.id], ticked)}
            onRead={() => onRead(message.id)}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly message: MessageView;
  readonly text: Text | undefined;
  readonly inTicket: string | undefined;
  readonly now: number;
  readonly onTick: (ticked: boolean) => void;
  readonly onRead: () => void;
}

function MessageRow({ message, text, inTicket, now, onTick, onRead }: RowProps) {
  const [isOpen, setOpen] = useState(false);
  const { from, sentAt, excerpt, source, ticked, attachments } = message;
  const files = attachments.filter(({ inline }) => !inline);
  return (
    <li class={ticked ? 'row' : 'row row-out'}>
      <label class="row-head">
        <input
          type="checkbox"
          checked={ticked}
          disabled={inTicket !== undefined}
          onChange={({ currentTarget }) => onTick(currentTarget.checked)}
        />
        <span class="row-name" dir="auto" title={from.address}>
          {from.name || from.address}
        </span>
        <time class="row-when" dateTime={sentAt} title={sentAt && formatExactly(sentAt)}>
          {formatWhen(sentAt, now) || t('noDate')}
        </time>
      </label>
      <button
        type="button"
        class="row-text"
        aria-expanded={isOpen}
        dir="auto"
        onClick={() => {
          if (!isOpen) onRead();
          setOpen(!isOpen);
        }}
      >
        {isOpen ? <span class="row-less">{t('messageFold')}</span> : excerpt || t('messageEmpty')}
      </button>
      {isOpen && <MessageText stretches={text ?? [{ kind: 'own', text: excerpt }]} />}
      {(source !== 'raw' || files.length > 0 || inTicket !== undefined) && (
        <div class="row-marks">
          {inTicket !== undefined && <span class="mark">{t('messageInTicket', inTicket)}</span>}
          {source !== 'raw' && <span class="mark mark-warning">{t(source === 'selection' ? 'sourceSelection' : 'sourcePage')}</span>}
          {files.length > 0 && (
            <span class="mark">{plural('filesCount', files.length, formatSize(files.reduce((sum, { size }) => sum + size, 0)))}</span>
          )}
        </div>
      )}
    </li>
  );
}
