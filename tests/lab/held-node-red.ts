/** What the flow in Node-RED took of a thread: its documents, as they came. */
import type { HeldArticle, HeldTicket } from './held.ts';
import type { TicketSystem } from './lab.ts';

interface Document {
  readonly title: string;
  readonly queue: string;
  readonly reference: string;
  readonly requester: { readonly address: string };
  readonly note: string;
  readonly incomplete: string;
  readonly articles: readonly {
    readonly text: string;
    readonly subject: string;
    readonly reference: string;
    readonly attachments: readonly { readonly name: string; readonly content: string }[];
  }[];
}

/** Every ticket whose title holds the mark. */
export async function heldByNodeRed({ baseUrl }: TicketSystem, mark: string): Promise<HeldTicket[]> {
  const answer = await fetch(`${baseUrl}/held?mark=${mark}`);
  if (!answer.ok) throw new Error(`Node-RED answered ${answer.status}`);
  const tickets = (await answer.json()) as { readonly id: number; readonly documents: readonly [Document, ...Document[]] }[];
  return tickets.map(({ id, documents }) => ({
    id: String(id),
    title: documents[0].title,
    queue: documents[0].queue,
    requester: documents[0].requester.address,
    articles: documents.flatMap(articlesOf),
  }));
}

/** The thread's reference and what is missing stand beside the first article; the note is a field of its own. */
function articlesOf({ reference, note, incomplete, articles }: Document): HeldArticle[] {
  const messages = articles.map((article, at) => ({
    text: [...(at === 0 ? [incomplete, reference] : []), article.text, article.reference].join('\n'),
    internal: false,
    subject: article.subject,
    files: article.attachments.map(({ name, content }) => ({ name, bytes: Buffer.from(content, 'base64') })),
  }));
  return note ? [...messages, { text: note, internal: true, subject: '', files: [] }] : messages;
}
