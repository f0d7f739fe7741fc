/** Rules: which ticket system, queue and so on a thread gets by itself. Ordered; the first that matches wins. Pure. */
import * as v from 'valibot';
import { addressKey } from './mailbox.ts';
import type { Thread } from './thread.ts';

const words = v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300))), v.maxLength(500));
const choice = v.object({ id: v.string(), label: v.string() });

export const ruleSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/)),
  /** For the person; the conditions in words where it is empty. */
  name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100)), ''),
  /** All that are there must hold; of each list one entry is enough. */
  when: v.object({
    /** Who may be the requester: `ana@client.example`, or a domain `client.example` with those below it. */
    from: v.optional(words),
    /** The mailbox it lies in, or to which it was sent: an address or a domain. */
    mailbox: v.optional(words),
    /** Stand in the subject, in capitals or not, with accents or without. */
    subject: v.optional(words),
    /** Origins of webmails. */
    webmail: v.optional(words),
  }),
  give: v.object({
    endpointId: v.optional(v.string()),
    queue: v.optional(choice),
    priority: v.optional(choice),
    assignee: v.optional(choice),
    tags: v.optional(v.pipe(v.array(choice), v.maxLength(50))),
    /** Id of the note template that the note begins with. */
    template: v.optional(v.string()),
  }),
});
export type Rule = v.InferOutput<typeof ruleSchema>;

/** What a rule looks at. */
export interface RuleSubject {
  readonly thread: Pick<Thread, 'subject' | 'requesters' | 'messages'>;
  /** Origin of the webmail. */
  readonly origin: string;
  /** The mailbox, where the webmail tells it. */
  readonly account?: string | undefined;
}

/** A condition that holds, and what it holds by: `word` is the entry of the rule's list. */
export interface Met {
  readonly on: keyof Rule['when'];
  readonly word: string;
}

/** A rule that matches. `because` is empty where it has no condition. */
export interface RuleHit {
  readonly rule: Rule;
  readonly because: readonly Met[];
}

/** The first rule that matches; one without a condition matches everything, as the last one of a list may. */
export function ruleFor(rules: readonly Rule[], subject: RuleSubject): RuleHit | undefined {
  const holds = conditionsOf(subject);
  for (const rule of rules) {
    const because = metBy(rule, holds);
    if (because) return { rule, because };
  }
  return undefined;
}

const conditions = ['from', 'mailbox', 'subject', 'webmail'] as const satisfies readonly (keyof Rule['when'])[];
type Holds = Readonly<Record<(typeof conditions)[number], (word: string) => boolean>>;

function conditionsOf({ thread, origin, account }: RuleSubject): Holds {
  const clients = thread.requesters.map(({ address }) => address);
  const addressed = thread.messages.flatMap(({ to, cc }) => [...to, ...cc]).map(({ address }) => address);
  const mailboxes = account === undefined ? addressed : [account, ...addressed];
  const subject = plain(thread.subject);
  return {
    from: (word) => clients.some((address) => isAt(address, word)),
    mailbox: (word) => mailboxes.some((address) => isAt(address, word)),
    subject: (word) => subject.includes(plain(word)),
    webmail: (word) => word === origin,
  };
}

/** The entry by which each condition holds; `undefined` where one of them does not. */
function metBy({ when }: Rule, holds: Holds): readonly Met[] | undefined {
  const met: Met[] = [];
  for (const on of conditions) {
    const words = when[on];
    if (words === undefined) continue;
    const word = words.find(holds[on]);
    if (word === undefined) return undefined;
    met.push({ on, word });
  }
  return met;
}

/** `ana@client.example` is that address; `client.example` and `@client.example` are the domain and those below it. */
export function isAt(address: string, pattern: string): boolean {
  const known = addressKey(address);
  const wanted = addressKey(pattern);
  if (wanted.indexOf('@') > 0) return known === wanted;
  const domain = wanted.replace(/^@/, '');
  const host = known.slice(known.lastIndexOf('@') + 1);
  return host === domain || host.endsWith(`.${domain}`);
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
