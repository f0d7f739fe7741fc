/** A thread as a mail that a person sends: for a ticket system that takes nothing else, and for one that stays dead. */
import { formatMailbox } from '../core/mailbox.ts';
import type { TicketDraft } from '../core/ticket.ts';
import { database } from './database.ts';

/** Windows hands a mail program no longer address, and says nothing. */
const longestAddress = 2_000;
const longestTitle = 150;
/** One character of a text, as it stands in an address. */
const mostEncoded = 9;

export interface MailWords {
  /** Names of the lines that say for whom and where. */
  readonly requester: string;
  readonly queue: string;
  /** Stands at the top. */
  readonly hint?: string;
}

/**
 * The address that opens a draft: title, and the texts of the messages as far as they fit. `to` is absent where the person
 * knows better. The note is internal and stays here. `undefined` where the delivery is gone.
 */
export async function mailtoOf(id: string, to: string | undefined, words: MailWords): Promise<string | undefined> {
  const draft = await (await database()).get('drafts', id);
  if (!draft) return undefined;
  const address = (most: number): string => {
    const { title, text } = mailOf(draft, words, most);
    const said = [`subject=${quoted(title.slice(0, longestTitle))}`, `body=${quoted(text.replace(/\r?\n/g, '\r\n'))}`];
    return `mailto:${quoted(to ?? '').replace('%40', '@')}?${said.join('&')}`;
  };
  let most = longestAddress;
  for (;;) {
    const over = address(most).length - longestAddress;
    if (over <= 0 || most === 0) return address(most);
    most = Math.max(0, most - Math.ceil(over / mostEncoded));
  }
}

/** What the mail says. Of the messages no more than `most` characters. */
export function mailOf(draft: TicketDraft, { requester, queue, hint }: MailWords, most = Number.POSITIVE_INFINITY) {
  const { title, articles, incomplete, reference } = draft;
  const lines = [`${requester}: ${formatMailbox(draft.requester)}`, draft.queue && `${queue}: ${draft.queue.label}`];
  const said = articles.map(({ from, sentAt, text }) => `${formatMailbox(from)} ${sentAt ?? ''}\n${text}`).join('\n\n---\n\n');
  const cut = said.length > most ? `${said.slice(0, most).replace(/[\ud800-\udbff]$/, '')} …` : said;
  const text = [hint, lines.filter(Boolean).join('\n'), cut, incomplete, `Ref: ${reference}`].filter(Boolean).join('\n\n');
  return { title, text };
}

function quoted(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
