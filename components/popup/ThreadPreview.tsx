import { useEffect, useRef } from 'preact/hooks';
import { plural, t } from '../../utils/i18n.ts';
import { formatExactly, formatSize } from '../../utils/ui/format.ts';
import type { CaptureView, EndpointSummary, MessageText as MessageTextView, MessageView } from '../../utils/views.ts';
import { Icon } from '../Icon.tsx';
import { Completeness } from './Completeness.tsx';
import { MessageText } from './MessageText.tsx';
import { noteHint, takesNote } from './note-words.ts';

export interface ThreadPreviewProps {
  readonly capture: CaptureView;
  readonly endpoint: EndpointSummary;
  /** The messages that go. */
  readonly messages: readonly MessageView[];
  readonly texts: Readonly<Record<string, MessageTextView['stretches']>>;
  readonly onRead: (messageId: string) => void;
  readonly onBack: () => void;
}

/** Texts of so many are asked for at once; of a longer thread the others are when they are opened. */
const openAtFirst = 10;

/** What the ticket system will be given, in the order in which it will stand there. Nothing can be changed here. */
export function ThreadPreview({ capture, endpoint, messages, texts, onRead, onBack }: ThreadPreviewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
    for (const { id } of messages.slice(0, openAtFirst)) onRead(id);
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc leads back from anywhere in it, as the button does
    <div
      class="preview"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onBack();
      }}
    >
      <button type="button" class="quiet preview-back" onClick={onBack}>
        {t('previewBack')}
      </button>
      <h2 ref={heading} tabIndex={-1}>
        {t('arrivesTitle', endpoint.name)}
      </h2>
      <dl class="preview-facts">
        {factsOf(capture, endpoint).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      <Completeness capture={capture} />
      <ol class="rows" aria-label={t('messagesTitle')}>
        {messages.map((message, index) => (
          <Article key={message.id} message={message} text={texts[message.id]} isOpen={index < openAtFirst} onRead={onRead} />
        ))}
      </ol>
      {capture.note.trim() !== '' && takesNote(endpoint, '') && (
        <section class="preview-note">
          <h3>{t('fieldNote')}</h3>
          <p class="preview-text" dir="auto">
            {capture.note.trim()}
          </p>
          <p class={endpoint.internalNotes ? 'help' : 'help help-bad'}>{noteHint(endpoint)}</p>
        </section>
      )}
    </div>
  );
}

/** Name and value of what is said of the ticket itself; of one that exists, which it is. */
function factsOf(capture: CaptureView, { fields }: EndpointSummary): readonly (readonly [string, string])[] {
  const { target, title, requester, queue, priority, assignee, type, tags = [] } = capture;
  if (target.kind === 'append')
    return [[t('fieldTicket'), target.title === undefined ? `#${target.number}` : `#${target.number} ${target.title}`]];
  const chosen = { queue: queue?.label, priority: priority?.label, assignee: assignee?.label, type: type?.label };
  const names = { queue: t('fieldQueue'), priority: t('fieldPriority'), assignee: t('fieldAssignee'), type: t('fieldType') };
  const facts: [string, string | undefined][] = [
    [t('fieldTitle'), title],
    [t('fieldRequester'), requester],
    ...(['queue', 'priority', 'assignee', 'type'] as const)
      .filter((field) => fields.includes(field))
      .map((field): [string, string | undefined] => [names[field], chosen[field]]),
    [t('fieldTags'), tags.map(({ label }) => label).join(', ')],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

interface ArticleProps {
  readonly message: MessageView;
  readonly text: MessageTextView['stretches'] | undefined;
  readonly isOpen: boolean;
  readonly onRead: (messageId: string) => void;
}

function Article({ message: { id, from, sentAt, excerpt, attachments, original }, text, isOpen, onRead }: ArticleProps) {
  const going = attachments.filter(({ ticked }) => ticked);
  const files = going.filter(({ inline }) => !inline);
  const pictures = going.filter(({ inline }) => inline);
  return (
    <li class="row">
      <details open={isOpen} onToggle={({ currentTarget }) => currentTarget.open && onRead(id)}>
        <summary class="row-head">
          <span class="row-name" dir="auto">
            {from.name && from.name !== from.address ? `${from.name} <${from.address}>` : from.address}
          </span>
        </summary>
        {sentAt !== undefined && <p class="help">{formatExactly(sentAt)}</p>}
        <div class="preview-text">
          <MessageText stretches={text ?? [{ kind: 'own', text: excerpt }]} />
        </div>
        <ul class="preview-files">
          {files.map((file) => (
            <li key={file.id} class="along">
              <Icon name="clip" />
              <span dir="auto">{file.filename}</span> {formatSize(file.size)}
            </li>
          ))}
          {pictures.length > 0 && (
            <li class="along">
              <Icon name="clip" />
              {plural('picturesAlong', pictures.length, formatSize(pictures.reduce((sum, { size }) => sum + size, 0)))}
            </li>
          )}
          {original !== undefined && (
            <li class="along">
              <Icon name="mail" />
              {t('previewOriginal')} {formatSize(original)}
            </li>
          )}
        </ul>
      </details>
    </li>
  );
}
