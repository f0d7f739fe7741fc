/** The few sentences that go into a ticket, in the language that `say` speaks. */
import type { DraftWords } from './draft.ts';
import type { Thread } from './thread.ts';

/** The text of a key of the locales with its `$1`, `$2` … filled in. */
type Say = (key: string, ...values: string[]) => string;

export function ticketWords(say: Say): DraftWords {
  return {
    untitled(thread) {
      const from = thread.messages[0]?.from;
      return say('ticketUntitled', from?.name || from?.address || '');
    },
    incomplete(thread, leftOut) {
      const sentences = [missingMessages(say, thread), leftOutMessages(say, thread, leftOut), fromPage(say, thread)];
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
