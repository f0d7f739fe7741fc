import type { ComponentChildren } from 'preact';
import type { ErrorRecord } from '../../utils/core/errors.ts';
import { ErrorWords, Notice } from '../Notice.tsx';

interface Props {
  readonly label: string;
  readonly isBusy: boolean;
  readonly isDisabled: boolean;
  readonly problem?: ErrorRecord | undefined;
  readonly onSend: () => void;
  /** What goes, or why it can't yet. */
  readonly children: ComponentChildren;
}

/** Always in view: what goes, what went wrong, and the button. */
export function SendBar({ label, isBusy, isDisabled, problem, onSend, children }: Props) {
  const isMac = /Mac|iPhone/.test(navigator.platform);
  return (
    <footer class="send-bar">
      {problem && (
        <Notice tone="bad" live={true}>
          <ErrorWords error={problem} />
        </Notice>
      )}
      <div class="send-row">
        <div class="send-words" role="status">
          {children}
        </div>
        <span class="keys" aria-hidden="true">
          {isMac ? '⌘ ↵' : 'Ctrl ↵'}
        </span>
        <button
          type="button"
          class="primary"
          aria-keyshortcuts="Control+Enter Meta+Enter"
          aria-busy={isBusy}
          disabled={isDisabled || isBusy}
          onClick={onSend}
        >
          {label}
        </button>
      </div>
    </footer>
  );
}
