/** A thread of the list that is read without being opened, with what was chosen for all that go with it. */
import type { DraftEdits } from '../core/capture.ts';
import type { ListedMessage } from '../core/captured.ts';

export interface HandedOver {
  readonly captureId: string;
  /** Of the webmail whose list it stands in. */
  readonly origin: string;
  readonly message: ListedMessage;
  /** What was chosen for all of them. */
  readonly edits: DraftEdits;
}

/** What was chosen for all threads, over what was typed about this one; no note is lost, nor said again when a thread is read again. */
export function together(typed: DraftEdits, chosen: DraftEdits): DraftEdits {
  const { note: before = '' } = typed;
  const { note: after = '' } = chosen;
  const note = before.endsWith(after) ? before : [before, after].filter(Boolean).join('\n\n');
  return { ...typed, ...chosen, ...(note !== '' && { note }) };
}

/** Where the thread is shown, as the list says it; nothing where the list says anything else. */
export function addressOf(handed: HandedOver | undefined, origin: string): { readonly url?: string } {
  const href = handed?.message.href;
  return href !== undefined && URL.canParse(href) && new URL(href).origin === origin ? { url: href } : {};
}
