/** The thread that a preview shows: two messages, a file, and everything chosen. */
import type { SafeHtml } from '../../core/thread.ts';
import type { Article, ArticleFile, TicketDraft } from '../../core/ticket.ts';

const reference = 'relais-samplethread00000000';
const client = { address: 'client@example.org', name: 'A client' };
const team = { address: 'team@example.com', name: 'The team' };

const contents: Readonly<Record<string, string>> = {
  first: 'From: client@example.org',
  second: 'From: team@example.com',
  picture: 'A picture',
};

/** The bytes of the sample's files. */
export async function readSample(key: string): Promise<Blob> {
  return new Blob([contents[key] ?? '']);
}

function file(blob: string, filename: string, mediaType: string, kind: ArticleFile['kind']): ArticleFile {
  return { id: blob, blob, filename, mediaType, kind, size: (contents[blob] ?? '').length, sha256: '0'.repeat(64) };
}

function article(id: string, from: Article['from'], to: Article['from'], text: string, files: readonly ArticleFile[]): Article {
  return {
    id,
    reference: `${reference}-m${id}`,
    messageId: `${id}@example.org`,
    from,
    to: [to],
    cc: [],
    subject: 'The label printer is offline',
    sentAt: id === 'first' ? '2026-03-02T09:15:00Z' : '2026-03-02T10:40:00Z',
    text,
    markdown: text,
    // Words of our own, without any markup.
    html: `<p>${text}</p>` as SafeHtml,
    files,
  };
}

export const sampleDraft: TicketDraft = {
  reference,
  title: 'The label printer is offline',
  requester: client,
  queue: { id: '12', label: 'Queue' },
  priority: { id: '2', label: 'Priority' },
  assignee: { id: '7', label: 'Assignee' },
  note: 'A note for colleagues',
  articles: [
    article('first', client, team, 'Good morning, the label printer shows no light.', [
      file('picture', 'printer.png', 'image/png', 'attachment'),
      file('first', 'first.eml', 'message/rfc822', 'original'),
    ]),
    article('second', team, client, 'Thank you, somebody will be there at noon.', [
      file('second', 'second.eml', 'message/rfc822', 'original'),
    ]),
  ],
  incomplete: '',
  sourceUrl: 'https://mail.example.org/thread/1',
};

/** What is added to a ticket: the later message. */
export const sampleAddition: TicketDraft = { ...sampleDraft, articles: sampleDraft.articles.slice(1) };
