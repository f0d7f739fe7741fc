/** Small, whole records for tests. */
import type { Capture } from '../../utils/core/capture.ts';
import type { Delivery } from '../../utils/core/delivery.ts';
import type { DraftWords } from '../../utils/core/draft.ts';
import type { Message, SafeHtml, StoredFile, Thread } from '../../utils/core/thread.ts';
import type { TicketDraft } from '../../utils/core/ticket.ts';

const client = { address: 'client@client.example.net', name: 'Client' };
const colleague = { address: 'lead@example.org', name: 'Lead' };

function file(filename: string, mediaType: string): StoredFile {
  return { filename, mediaType, size: 1_000, sha256: '0'.repeat(64), blob: `c1/${filename}` };
}

function message(id: string, from: Message['from'], sentAt: string): Message {
  return {
    id,
    source: 'raw',
    messageId: `${id}@client.example.net`,
    references: id === 'm1' ? [] : ['m1@client.example.net'],
    from,
    to: [from === client ? colleague : client],
    cc: [],
    replyTo: [],
    subject: id === 'm1' ? 'Devis' : 'Re: Devis',
    sentAt,
    text: `Bonjour, ${id}`,
    folds: [],
    markdown: `Bonjour, ${id}`,
    html: `<p>Bonjour, ${id}</p>` as SafeHtml,
    attachments:
      id === 'm1'
        ? [
            { ...file('devis.pdf', 'application/pdf'), id: 'm1/1', inline: false },
            { ...file('logo.png', 'image/png'), id: 'm1/2', inline: true, contentId: 'logo@client' },
          ]
        : [],
    original: file(`${id}.eml`, 'message/rfc822'),
  };
}

export const thread: Thread = {
  subject: 'Devis',
  title: 'Devis',
  reference: 'relais-abcdefghij0123456789',
  messages: [
    message('m1', client, '2026-03-02T09:00:00+01:00'),
    message('m2', colleague, '2026-03-02T10:00:00+01:00'),
    message('m3', client, '2026-03-02T11:00:00+01:00'),
  ],
  requesters: [{ ...client, reason: 'first-external-author' }],
  gaps: [],
};

export function captureOf(id: string): Capture {
  return {
    version: 1,
    id,
    createdAt: 1_000,
    status: 'ready',
    origin: 'https://mail.example.org',
    url: 'https://mail.example.org/?_task=mail',
    webmail: 'roundcube',
    threadKey: 'INBOX/1',
    expected: 3,
    received: 3,
    thread,
    edits: {},
    sendWhenReady: false,
  };
}

export function deliveryOf(id: string, change: Partial<Delivery> = {}): Delivery {
  return {
    version: 1,
    id,
    kind: 'thread',
    endpointId: 'rt',
    reference: thread.reference,
    createdAt: 1_000,
    action: { kind: 'create' },
    title: 'Devis',
    articles: [],
    state: { status: 'waiting', dueAt: 0 },
    attempts: 0,
    finished: {},
    ...change,
  };
}

/** What such a delivery sends: nothing but a title. */
export const draft: TicketDraft = {
  reference: 'relais-abcdefghij0123456789',
  title: 'Devis',
  requester: { address: 'client@client.example.net', name: '' },
  note: '',
  articles: [],
  incomplete: '',
  sourceUrl: '',
};

export const words: DraftWords = {
  untitled: ({ messages }) => `Mail from ${messages[0]?.from.name}`,
  incomplete: () => '',
};
