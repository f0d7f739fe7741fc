/** The few sentences that the worker puts into a ticket. */
import { browser } from '../browser.ts';
import type { DraftWords } from '../core/draft.ts';
import type { Thread } from '../core/thread.ts';

const say = (key: string, ...values: string[]) => browser.i18n.getMessage(key, values);

export const words: DraftWords = {
  untitled(thread) {
    const from = thread.messages[0]?.from;
    return say('ticketUntitled', from?.name || from?.address || '');
  },
  incomplete(thread, leftOut) {
    const sentences = [missingMessages(thread), leftOutMessages(thread, leftOut), fromPage(thread)];
    return sentences.filter((sentence) => sentence !== '').join(' ');
  },
};

function missingMessages({ gaps, messages }: Thread): string {
  const missing = gaps.filter(({ code }) => code === 'message-missing').length;
  if (missing > 0) return say('ticketMessagesMissing', String(messages.length), String(messages.length + missing));
  return gaps.some(({ code }) => code === 'thread-not-searched') ? say('ticketThreadNotSearched') : '';
}

function leftOutMessages({ messages }: Thread, leftOut: ReadonlySet<string>): string {
  const kept = messages.filter(({ id }) => !leftOut.has(id)).length;
  return kept < messages.length ? say('ticketMessagesLeftOut', String(kept), String(messages.length)) : '';
}

function fromPage({ messages }: Thread): string {
  const count = messages.filter(({ original }) => original === undefined).length;
  return count > 0 ? say('ticketFromPage', String(count), String(messages.length)) : '';
}
