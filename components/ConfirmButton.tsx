import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../utils/i18n.ts';

interface Props {
  readonly label: string;
  /** What is lost, as a question. */
  readonly question: string;
  /** Before the question is put. */
  readonly onAsk?: () => void;
  readonly onConfirm: () => void;
  readonly class?: string;
}

/** A button that asks in its own place before it does something that can't be taken back. */
export function ConfirmButton({ label, question, onAsk, onConfirm, class: extra = 'quiet' }: Props) {
  const [isAsking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (isAsking) keep.current?.focus();
    else if (wasAsking.current) first.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  if (!isAsking)
    return (
      <button
        ref={first}
        type="button"
        class={extra}
        onClick={() => {
          onAsk?.();
          setAsking(true);
        }}
      >
        {label}
      </button>
    );
  const stopOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    setAsking(false);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend into a row of buttons
    <span class="confirm" role="group" aria-label={question} onKeyDown={stopOnEscape}>
      <span>{question}</span>
      <span class="confirm-answers">
        <button
          type="button"
          class="danger"
          onClick={() => {
            setAsking(false);
            onConfirm();
          }}
        >
          {label}
        </button>
        <button ref={keep} type="button" class="quiet" onClick={() => setAsking(false)}>
          {t('keep')}
        </button>
      </span>
    </span>
  );
}
