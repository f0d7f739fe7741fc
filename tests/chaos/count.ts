/** Asks the servers themselves what they hold of each thread, and compares it with the mails. */
import { setTimeout as pause } from 'node:timers/promises';
import { referenceOf } from '../../utils/core/reference.ts';
import { type HeldArticle, type HeldTicket, heldBy } from '../lab/held.ts';
import type { TicketSystem } from '../lab/lab.ts';
import type { MadeThread } from './mails.ts';

export interface Trouble {
  readonly mark: string;
  readonly reference: string;
  readonly what: 'lost' | 'duplicated' | 'duplicated_article' | 'wrong_content';
  readonly detail: string;
}

export interface Counted {
  readonly tickets: number;
  readonly lost: number;
  /** Tickets beyond the first of a thread, and messages beyond the first within a ticket. */
  readonly duplicated: number;
  readonly duplicated_tickets: number;
  readonly duplicated_articles: number;
  /** Tickets with anything missing, out of order or changed. */
  readonly wrong_content: number;
  readonly troubles: readonly Trouble[];
}

const queue = 'Support';
/** Readers at once: the systems have few workers. */
const readers = 4;

/** `open`: titles of what is still in the outbox; what waits there is not lost. */
export async function count(threads: readonly MadeThread[], systems: readonly TicketSystem[], open: readonly string[]): Promise<Counted> {
  const troubles: Trouble[] = [];
  let tickets = 0;
  const left = [...threads];
  await Promise.all(
    Array.from({ length: readers }, async () => {
      for (let thread = left.shift(); thread; thread = left.shift()) {
        const { mark, root } = thread;
        const reference = await referenceOf(root);
        const held = (
          await Promise.all(systems.map(async (system) => (await asked(system, mark)).map((ticket) => ({ system, ticket }))))
        ).flat();
        tickets += held.length;
        const say = (what: Trouble['what'], detail: string) => troubles.push({ mark, reference, what, detail });
        // The fullest first: what a twin lacks is told once, by its being there.
        const [first, ...others] = held.sort((a, b) => b.ticket.articles.length - a.ticket.articles.length);
        if (!first && !open.some((title) => title.includes(mark))) say('lost', 'no ticket');
        for (const { system, ticket } of others)
          say('duplicated', `${system.system} ${ticket.id} beside ${first?.system.system} ${first?.ticket.id}`);
        if (first)
          for (const [what, detail] of compare(thread, reference, first.system, first.ticket))
            say(what, `${first.system.system} ${first.ticket.id}: ${detail}`);
      }
    }),
  );
  const marks = (what: Trouble['what']) => new Set(troubles.filter((trouble) => trouble.what === what).map(({ mark }) => mark)).size;
  const all = (what: Trouble['what']) => troubles.filter((trouble) => trouble.what === what).length;
  return {
    tickets,
    lost: all('lost'),
    duplicated: all('duplicated') + all('duplicated_article'),
    duplicated_tickets: all('duplicated'),
    duplicated_articles: all('duplicated_article'),
    wrong_content: marks('wrong_content'),
    troubles: troubles.sort((a, b) => a.mark.localeCompare(b.mark)),
  };
}

/** A system may be just starting again: asked until it answers, for two minutes. */
async function asked(system: TicketSystem, mark: string): Promise<HeldTicket[]> {
  const end = Date.now() + 120_000;
  for (;;) {
    try {
      return await heldBy(system, mark);
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(1_000);
    }
  }
}

type Finding = readonly ['duplicated_article' | 'wrong_content', string];

function compare(thread: MadeThread, reference: string, { system }: TicketSystem, ticket: HeldTicket): Finding[] {
  const found: Finding[] = [];
  const wrong = (detail: string) => found.push(['wrong_content', detail]);
  const title = system === 'znuny' ? ticket.title.replace(` [${reference}]`, '') : ticket.title;
  if (title !== thread.subject) wrong(`title “${ticket.title}”`);
  if (ticket.queue !== queue) wrong(`queue ${ticket.queue}`);
  if (ticket.requester !== thread.client) wrong(`requester ${ticket.requester}`);
  if (!ticket.articles[0]?.text.includes(`Ref: ${reference}`)) wrong('no reference in the first article');
  const articles = ticket.articles.filter(({ subject }) => !subject.endsWith('-f]'));
  const completions = ticket.articles.filter(({ subject }) => subject.endsWith('-f]'));
  let last = -1;
  for (const [place, message] of thread.messages.entries()) {
    const holding = articles.flatMap((article, at) => (holds(article, message.sentence) ? [at] : []));
    const [at, ...again] = holding;
    if (at === undefined) {
      wrong(`message ${place + 1} is missing`);
      continue;
    }
    for (const _ of again) found.push(['duplicated_article', `message ${place + 1} of ${thread.messages.length} again`]);
    if (at < last) wrong(`message ${place + 1} stands before message ${place}`);
    last = at;
    const holder = articles[at];
    const files = [...(holder?.files ?? []), ...completions.flatMap((article) => article.files)];
    const has = (bytes: Buffer) => files.some((file) => file.bytes.equals(bytes));
    if (!has(message.raw)) wrong(`the original of message ${place + 1} is ${has(trimmed(message.raw)) ? 'trimmed' : 'missing or changed'}`);
    for (const file of message.files) if (!has(file.bytes)) wrong(`file ${file.name} is missing or changed`);
  }
  const strangers = articles.filter((article) => !isOf(thread, article)).length;
  if (strangers > 0) wrong(`${strangers} articles that are no message of the thread`);
  return found;
}

function isOf({ messages }: MadeThread, article: HeldArticle): boolean {
  return messages.some(({ sentence }) => holds(article, sentence));
}

/** Systems break lines of formatted text where they like. */
function holds({ text }: HeldArticle, sentence: string): boolean {
  return text.replace(/\s+/g, ' ').includes(sentence);
}

function trimmed(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').trimEnd(), 'latin1');
}
