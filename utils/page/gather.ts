/** The whole thread of an open message, for webmails that can search by header but have no conversations. */
import { RelaisError } from '../core/errors.ts';
import type { Gap } from '../core/thread.ts';
import type { MessageRef } from '../webmail/adapter.ts';
import { type MailHeader, readMailHeader, rootOf } from './mail-header.ts';
import { mapPolitely } from './politely.ts';

export interface Gathering {
  readonly open: MessageRef;
  /** The raw source; `undefined` where the webmail refuses it. Each is asked for once. */
  source(message: MessageRef): Promise<ArrayBuffer | undefined>;
  /** Messages that name this Message-ID, in any folder; `complete` is false where not all of them were listed. */
  search(rootId: string): Promise<{ readonly messages: readonly MessageRef[]; readonly complete: boolean }>;
  /** Nobody sent this to anybody: a draft that was thrown away. */
  isUnsent(message: MessageRef, header: MailHeader): boolean;
  /** The search sees only messages of one subject: where a message names one that it did not find, that is told. */
  readonly bySubject?: true;
}

interface Member {
  readonly message: MessageRef;
  readonly header: MailHeader;
  /** Ids of the same message elsewhere. */
  readonly copies: string[];
}

/**
 * Each hit is confirmed by its own header, since servers search by parts of words and webmails put mails of one subject
 * together: it belongs where it names, or is named by, the open message or another one that belongs. Copies of one message
 * in several folders count once, the open one first. Oldest first. What fails becomes a gap; a signed-out session is thrown.
 */
export async function gatherThread(gathering: Gathering): Promise<{ messages: readonly MessageRef[]; gaps: readonly Gap[] }> {
  const { open } = gathering;
  const alone = (gaps: readonly Gap[]) => ({ messages: [open], gaps });
  const own = await headerOf(gathering, open);
  if (own === undefined) return alone([{ code: 'thread-not-searched' }]);
  const root = rootOf(own);
  if (root === undefined) return alone([]);

  let found: Awaited<ReturnType<Gathering['search']>>;
  try {
    found = await gathering.search(root);
  } catch (error) {
    if (mustStop(error)) throw error;
    return alone([{ code: 'thread-not-searched' }]);
  }

  // A search that does not even find the open message failed, or did not look where it lies.
  const isWhole = found.complete && found.messages.some((message) => message.id === open.id);
  const gaps: Gap[] = isWhole ? [] : [{ code: 'thread-not-searched' }];
  const others = found.messages.filter((message) => message.id !== open.id);
  const members = new Map<string, Member>([[own.messageId ?? open.id, { message: open, header: own, copies: [] }]]);
  const headers = await mapPolitely(others, (message) => headerOf(gathering, message));
  const related = relatedTo(own, headers);
  for (const [index, message] of others.entries()) {
    const header = headers[index];
    if (header === undefined) gaps.push({ code: 'message-missing', message: message.id });
    else if (related.has(header) && !gathering.isUnsent(message, header)) {
      const name = header.messageId ?? message.id;
      const known = members.get(name);
      if (known) known.copies.push(message.id);
      else members.set(name, { message, header, copies: [] });
    }
  }
  const isOpenEnded = [...members.values()].some(({ header }) => header.references.some((id) => !members.has(id)));
  if (gathering.bySubject && isWhole && isOpenEnded) gaps.push({ code: 'thread-not-searched' });
  const messages = [...members.values()].sort((one, other) => time(one) - time(other));
  return { messages: messages.map(({ message, copies }) => (copies.length > 0 ? { ...message, copies } : message)), gaps };
}

/** Undated mail comes last. */
function time(member: Member): number {
  return member.header.date ?? Number.MAX_SAFE_INTEGER;
}

/** Those that share an id with `own`, directly or through each other. */
function relatedTo(own: MailHeader, headers: readonly (MailHeader | undefined)[]): ReadonlySet<MailHeader> {
  const ids = new Set(idsOf(own));
  const related = new Set<MailHeader>();
  for (let before = -1; before < related.size; ) {
    before = related.size;
    for (const header of headers) {
      if (!header || related.has(header) || !idsOf(header).some((id) => ids.has(id))) continue;
      related.add(header);
      for (const id of idsOf(header)) ids.add(id);
    }
  }
  return related;
}

function idsOf({ messageId, references }: MailHeader): readonly string[] {
  return messageId === undefined ? references : [...references, messageId];
}

async function headerOf(gathering: Gathering, message: MessageRef): Promise<MailHeader | undefined> {
  try {
    const bytes = await gathering.source(message);
    return bytes === undefined ? undefined : readMailHeader(bytes);
  } catch (error) {
    if (mustStop(error)) throw error;
    return undefined;
  }
}

/** The session has ended, or nobody waits any more. */
function mustStop(error: unknown): boolean {
  return error instanceof RelaisError || (error instanceof Error && error.name === 'AbortError');
}
