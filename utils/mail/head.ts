/** What a message's headers say. */
import type { Message } from '../core/thread.ts';
import { readDate } from './dates.ts';
import { allHeaders, firstHeader, type Header } from './headers.ts';
import { readMessageId, readReferences } from './message-ids.ts';
import { readParticipants } from './participants.ts';
import { readWords } from './words.ts';

export type Head = Pick<Message, 'from' | 'to' | 'cc' | 'replyTo' | 'subject' | 'references'> & {
  readonly messageId?: string;
  readonly sentAt?: string;
};

/** People, subject, time and ids; what is missing or broken is empty or absent. */
export function readHead(headers: readonly Header[]): Head {
  const messageId = readMessageId(firstHeader(headers, 'message-id'));
  const sentAt = readDate(firstHeader(headers, 'date'));
  const people = (name: string) => readParticipants(allHeaders(headers, name));
  const from = people('from')[0] ?? people('sender')[0] ?? { address: '', name: '' };
  return {
    ...(messageId ? { messageId } : {}),
    ...(sentAt ? { sentAt } : {}),
    references: readReferences(firstHeader(headers, 'references'), firstHeader(headers, 'in-reply-to')).filter((id) => id !== messageId),
    from,
    to: people('to'),
    cc: people('cc'),
    replyTo: people('reply-to'),
    subject: readWords(firstHeader(headers, 'subject') ?? ''),
  };
}
