/** From messages to a thread: order, duplicates, reference. */
import { randomReference, referenceOf } from '../core/reference.ts';
import type { Message, Source } from '../core/thread.ts';

const best: readonly Source[] = ['raw', 'api', 'page', 'selection'];

/** Each Message-ID once, from the best source; of equals the first. Messages without one are all kept. */
export function withoutDuplicates(messages: readonly Message[]): Message[] {
  const kept = new Map<string, Message>();
  messages.forEach((message, index) => {
    const key = message.messageId ? `id ${message.messageId}` : `at ${index}`;
    const known = kept.get(key);
    if (!known || best.indexOf(message.source) < best.indexOf(known.source)) kept.set(key, message);
  });
  return [...kept.values()];
}

/**
 * Oldest first. Of messages with the same time the one that is answered comes first. A message without a time stands
 * behind the one it answers, else where the webmail had it.
 */
export function oldestFirst(messages: readonly Message[]): Message[] {
  const times = effectiveTimes(messages);
  const sorted = messages.map((message, index) => ({ message, time: times[index] ?? 0, index }));
  sorted.sort((a, b) => a.time - b.time || a.message.references.length - b.message.references.length || a.index - b.index);
  return parentsFirst(sorted).map((entry) => entry.message);
}

/** The thread's reference: from the root that the oldest message names, random only where no message has any id. */
export async function threadReference(oldestFirstMessages: readonly Message[], random: () => string = randomReference): Promise<string> {
  for (const message of oldestFirstMessages) {
    const root = message.references[0] ?? message.messageId;
    if (root) return referenceOf(root);
  }
  return random();
}

function effectiveTimes(messages: readonly Message[]): number[] {
  const byId = new Map<string, number>();
  for (const message of messages) if (message.messageId && message.sentAt) byId.set(message.messageId, Date.parse(message.sentAt));
  const first = Math.min(
    ...messages.filter((message) => message.sentAt).map((message) => Date.parse(message.sentAt ?? '')),
    Number.MAX_SAFE_INTEGER,
  );
  let before = first;
  return messages.map((message) => {
    const parents = message.references.map((id) => byId.get(id)).filter((time) => time !== undefined);
    before = message.sentAt ? Date.parse(message.sentAt) : parents.length > 0 ? Math.max(...parents) : before;
    return before;
  });
}

/** Within each run of equal times, moves a message behind those of the run that it refers to. */
function parentsFirst<Entry extends { readonly message: Message; readonly time: number }>(entries: readonly Entry[]): Entry[] {
  const out: Entry[] = [];
  let start = 0;
  while (start < entries.length) {
    let end = start + 1;
    while (end < entries.length && entries[end]?.time === entries[start]?.time) end += 1;
    out.push(...orderRun(entries.slice(start, end)));
    start = end;
  }
  return out;
}

function orderRun<Entry extends { readonly message: Message }>(run: readonly Entry[]): Entry[] {
  if (run.length < 2) return [...run];
  const byId = new Map(run.map((entry) => [entry.message.messageId ?? '', entry]));
  const placed = new Set<Entry>();
  const visit = (entry: Entry, above: ReadonlySet<Entry>) => {
    if (placed.has(entry) || above.has(entry)) return;
    // Only the direct parent is followed, which is enough and keeps mutual references from going round.
    const parent = entry.message.references.map((id) => byId.get(id)).findLast((found) => found && found !== entry);
    if (parent) visit(parent, new Set([...above, entry]));
    placed.add(entry);
  };
  for (const entry of run) visit(entry, new Set());
  return [...placed];
}
