/** The few sentences that go into a ticket, in the language that `say` speaks. */
import type { DraftWords } from './draft.ts';
import type { Gap, Thread } from './thread.ts';

/** The text of a key of the locales with its `$1`, `$2` … filled in. */
type Say = (key: string, ...values: string[]) => string;

export function ticketWords(say: Say): DraftWords {
  return {
    untitled(thread) {
      const from = thread.messages[0]?.from;
      return say('ticketUntitled', from?.name || from?.address || '');
    },
    incomplete(thread, leftOut) {
      const sentences = [
        missingMessages(say, thread),
        leftOutMessages(say, thread, leftOut),
        fromPage(say, thread),
        missingFiles(say, thread),
        unreadable(say, thread),
        encrypted(say, thread),
      ];
      return sentences.filter((sentence) => sentence !== '').join(' ');
    },
  };
}

function missingMessages(say: Say, { gaps, messages }: Thread): string {
  const missing = gaps.filter(({ code }) => code === 'message-missing').length;
  if (missing > 0) return say('ticketMessagesMissing', String(messages.length), String(messages.length + missing));
  return gaps.some(({ code }) => code === 'thread-not-searched') ? say('ticketThreadNotSearched') : '';
}

function leftOutMessages(say: Say, { messages }: Thread, leftOut: ReadonlySet<string>): string {
  const kept = messages.filter(({ id }) => !leftOut.has(id)).length;
  return kept < messages.length ? say('ticketMessagesLeftOut', String(kept), String(messages.length)) : '';
}

function fromPage(say: Say, { messages }: Thread): string {
  const count = messages.filter(({ original }) => original === undefined).length;
  return count > 0 ? say('ticketFromPage', String(count), String(messages.length)) : '';
}

/** Which ones, as far as their names are known. */
function missingFiles(say: Say, thread: Thread): string {
  const missing = gapsOf(thread, 'attachment-missing');
  const names = missing.flatMap(({ detail }) => detail ?? []);
  if (missing.length === 0) return '';
  const number = missing.length === 1 ? 'One' : 'Other';
  return names.length === missing.length
    ? say(`gapNamedFiles${number}`, String(missing.length), names.join(', '))
    : say(`gapFiles${number}`, String(missing.length));
}

function unreadable(say: Say, thread: Thread): string {
  const { size } = new Set(gapsOf(thread, 'unreadable-part').map(({ message }) => message));
  return size === 0 ? '' : say(`gapUnreadable${size === 1 ? 'One' : 'Other'}`, String(size));
}

/** Without it the ticket would show an empty article and not say why. */
function encrypted(say: Say, thread: Thread): string {
  return gapsOf(thread, 'encrypted').length === 0 ? '' : say('gapEncrypted');
}

function gapsOf({ gaps }: Thread, code: Gap['code']): readonly Gap[] {
  return gaps.filter((gap) => gap.code === code);
}
