/** What a ticket system holds of a thread, asked over its own REST interface and brought to one shape. */
import { heldByNodeRed } from './held-node-red.ts';
import { heldByRedmine } from './held-redmine.ts';
import type { TicketSystem } from './lab.ts';

export interface HeldFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface HeldArticle {
  readonly text: string;
  /** The client can not see it. */
  readonly internal: boolean;
  readonly subject: string;
  readonly files: readonly HeldFile[];
}

export interface HeldTicket {
  readonly id: string;
  readonly title: string;
  readonly queue: string;
  readonly requester: string;
  /** As the system names them; absent where it has none. */
  readonly type?: string;
  readonly priority?: string;
  readonly articles: readonly HeldArticle[];
}

/** Every ticket whose title holds the mark. */
export function heldBy(system: TicketSystem, mark: string): Promise<HeldTicket[]> {
  return { rt: heldByRt, znuny: heldByZnuny, redmine: heldByRedmine, 'node-red': heldByNodeRed }[system.system](system, mark);
}

async function heldByRt({ api, token }: TicketSystem, mark: string): Promise<HeldTicket[]> {
  const ask = async <Answer>(path: string): Promise<Answer> => {
    const answer = await fetch(`${api}/${path}`, { headers: { authorization: `token ${token}` } });
    if (!answer.ok) throw new Error(`RT answered ${answer.status} to ${path}`);
    return (await answer.json()) as Answer;
  };
  interface Ticket {
    readonly id: string;
    readonly Subject: string;
    readonly Queue: { readonly Name: string };
    readonly Requestor: readonly { readonly id: string }[];
  }
  const query = encodeURIComponent(`Subject LIKE '${mark}'`);
  const { items } = await ask<{ items: Ticket[] }>(`tickets?query=${query}&fields=Subject,Queue,Requestor&fields[Queue]=Name`);
  return Promise.all(
    items.map(async (ticket) => {
      const history = await ask<{ items: { id: string; Type: string; Data?: string }[] }>(
        `ticket/${ticket.id}/history?fields=Type,Data&per_page=100`,
      );
      const articles: HeldArticle[] = [];
      for (const transaction of history.items.filter(({ Type }) => ['Create', 'Comment', 'Correspond'].includes(Type))) {
        const list = await ask<{ items: { id: string }[] }>(`transaction/${transaction.id}/attachments?per_page=100`);
        const parts = await Promise.all(
          list.items.map(({ id }) =>
            ask<{ Filename?: string; ContentType: string; Content?: string; Subject?: string }>(`attachment/${id}`),
          ),
        );
        const bytes = (part: { readonly Content?: string }) => Buffer.from(part.Content ?? '', 'base64');
        articles.push({
          text: parts
            .filter((part) => !part.Filename && /^text\//.test(part.ContentType))
            .map((part) => bytes(part).toString('utf8'))
            .join('\n'),
          internal: transaction.Type === 'Comment',
          subject: parts.find((part) => part.Subject)?.Subject ?? '',
          files: parts.flatMap((part) => (part.Filename ? [{ name: part.Filename, bytes: bytes(part) }] : [])),
        });
      }
      return {
        id: ticket.id,
        title: ticket.Subject,
        queue: ticket.Queue.Name,
        requester: ticket.Requestor.map(({ id }) => id).join(),
        articles,
      };
    }),
  );
}

async function heldByZnuny({ api, user, password }: TicketSystem, mark: string): Promise<HeldTicket[]> {
  const ask = async <Answer>(path: string): Promise<Answer> => {
    const answer = await fetch(`${api}/${path}`, { headers: { 'X-OTRS-Header-UserLogin': user, 'X-OTRS-Header-Password': password } });
    return (await answer.json()) as Answer;
  };
  interface Article {
    readonly Body: string;
    readonly Subject: string;
    readonly IsVisibleForCustomer: number | string;
    readonly Attachment?: readonly { readonly Filename: string; readonly Content: string }[];
  }
  interface Ticket {
    readonly TicketID: number;
    readonly Title: string;
    readonly Queue: string;
    readonly CustomerUserID: string;
    readonly Type: string;
    readonly Priority: string;
    readonly Article: readonly Article[];
  }
  // A search that Znuny does not understand gives every ticket: only titles that hold the mark count.
  const { TicketID: ids = [] } = await ask<{ TicketID?: string[] }>(`Ticket?Title=${encodeURIComponent(`*${mark}*`)}`);
  const tickets = await Promise.all(ids.map((id) => ask<{ Ticket: Ticket[] }>(`Ticket/${id}?AllArticles=1&Attachments=1`)));
  return tickets
    .flatMap(({ Ticket }) => Ticket)
    .filter(({ Title }) => Title.includes(mark))
    .map((ticket) => ({
      id: String(ticket.TicketID),
      title: ticket.Title,
      queue: ticket.Queue,
      requester: ticket.CustomerUserID,
      type: ticket.Type,
      priority: ticket.Priority,
      articles: ticket.Article.map((article) => ({
        text: article.Body,
        internal: Number(article.IsVisibleForCustomer) === 0,
        subject: article.Subject,
        files: (article.Attachment ?? []).map(({ Filename, Content }) => ({ name: Filename, bytes: Buffer.from(Content, 'base64') })),
      })),
    }));
}
