/** From what a webmail page handed over to a thread. Needs a document; runs where `prepare-port.ts` is answered. */

import type { CapturedMessage } from '../core/captured.ts';
import type { Gap, Message } from '../core/thread.ts';
import { markDecoration } from './decoration.ts';
import { originalFilename } from './filename.ts';
import type { FileStore } from './files.ts';
import type { Prepare } from './interface.ts';
import { missing, type PreparedMessage, readPage, readSource } from './message.ts';
import { findRequesters } from './requester.ts';
import { oldestFirst, threadReference, withoutDuplicates } from './thread.ts';
import { titleOf } from './title.ts';
import { oneLine } from './words.ts';

/** Understands a captured thread. Rejects only where storage does. */
export const prepare: Prepare = async (captured, context) => {
  const store: FileStore = { captureId: captured.captureId, context, written: new Set(), pictures: new Map() };
  const gaps: Gap[] = captured.gaps.map(({ code, message, detail }) => ({
    code,
    ...(message ? { message } : {}),
    ...(detail ? { detail } : {}),
  }));
  const read: PreparedMessage[] = [];
  // One after the other: a thread of 25 MB must not be in memory three times over.
  for (const message of withUniqueIds(captured.messages)) {
    const prepared = await prepareMessage(message, store);
    if (prepared) read.push(prepared);
    else gaps.push(missing(message));
  }

  const kept = oldestFirst(withoutDuplicates(read.map((prepared) => prepared.message)));
  const messages = markDecoration(nameOriginals(kept), store.pictures);
  const ids = new Set(messages.map((message) => message.id));
  for (const prepared of read) if (ids.has(prepared.message.id)) gaps.push(...prepared.gaps);

  const subject = messages[0]?.subject || pageSubject(messages, captured.subject);
  return {
    subject,
    title: titleOf(subject),
    reference: await threadReference(messages),
    messages,
    requesters: findRequesters(messages, { account: captured.account, internalDomains: context.internalDomains }),
    gaps,
  };
};

async function prepareMessage(captured: CapturedMessage, store: FileStore): Promise<PreparedMessage | undefined> {
  if (captured.blob) return readSource(captured, captured.blob, store);
  return captured.page ? readPage(captured, captured.page) : undefined;
}

/** The page's title of a thread counts only where no source tells: webmails put "(no subject)" there, in any language. */
function pageSubject(messages: readonly Message[], subject: string | undefined): string {
  return messages.some((message) => message.source === 'raw') ? '' : oneLine(subject ?? '');
}

/** Ids come from a page: twice the same would mix up two messages' files. */
function withUniqueIds(messages: readonly CapturedMessage[]): CapturedMessage[] {
  const seen = new Map<string, number>();
  return messages.map((message) => {
    const times = (seen.get(message.id) ?? 0) + 1;
    seen.set(message.id, times);
    return times === 1 ? message : { ...message, id: `${message.id}~${times}` };
  });
}

function nameOriginals(messages: readonly Message[]): Message[] {
  const taken = new Set<string>();
  return messages.map((message) =>
    message.original
      ? { ...message, original: { ...message.original, filename: originalFilename(message.subject, message.sentAt, taken) } }
      : message,
  );
}
