/** Runs in a page of the extension: puts a thread and a list as large as people's worst into the extension's own database. */
import type { Capture } from '../../../utils/core/capture.ts';
import type { Attachment, Message, SafeHtml, StoredFile } from '../../../utils/core/thread.ts';
import { putCapture } from '../../../utils/outbox/captures.ts';
import { database } from '../../../utils/outbox/database.ts';

const client = { name: 'Client', address: 'client@client.example.net' };
const text = 'The display case we had in February has cracked over night, could you look into it? '.repeat(30);

const file = (filename: string, mediaType: string): StoredFile => ({
  filename,
  mediaType,
  size: 300_000,
  sha256: '0'.repeat(64),
  blob: `big/${filename}`,
});

/** A thread that was read: so many messages, the first of which have a file each. */
async function captured(id: string, messages: number, files: number): Promise<void> {
  const capture: Capture = {
    version: 1,
    id,
    createdAt: Date.now(),
    status: 'ready',
    origin: 'https://mail.example.org',
    url: 'https://mail.example.org/',
    webmail: 'roundcube',
    threadKey: id,
    expected: messages,
    received: messages,
    edits: {},
    sendWhenReady: false,
    thread: {
      subject: 'Big thread',
      title: 'Big thread',
      reference: 'relais-abcdefghij0123456789',
      messages: Array.from({ length: messages }, (_, at) => message(at, at < files)),
      requesters: [{ ...client, reason: 'first-external-author' }],
      gaps: [],
    },
  };
  await putCapture(capture);
}

function message(at: number, hasFile: boolean): Message {
  const attached: Attachment = { ...file(`photo-${at}.jpg`, 'image/jpeg'), id: `m${at}/1`, inline: false };
  return {
    id: `m${at}`,
    source: 'raw',
    messageId: `big.${at}@client.example.net`,
    references: at === 0 ? [] : ['big.0@client.example.net'],
    from: client,
    to: [{ name: 'Lead', address: 'lead@example.org' }],
    cc: [],
    replyTo: [],
    subject: 'Big thread',
    sentAt: new Date(Date.UTC(2026, 2, 1, 8, at)).toISOString(),
    text,
    folds: [],
    markdown: text,
    html: `<p>${text}</p>` as SafeHtml,
    attachments: hasFile ? [attached] : [],
    original: file(`m${at}.eml`, 'message/rfc822'),
  };
}

/** The list of queues as if it had just been read. */
async function queues(endpointId: string, count: number): Promise<void> {
  const choices = Array.from({ length: count }, (_, at) => ({ id: String(at), label: `Queue ${at} of the ${at % 2 ? 'north' : 'south'}` }));
  await (await database()).put('lists', { key: `${endpointId}/queues`, choices, readAt: Date.now() });
}

const popupBench = { captured, queues };
export type PopupBench = typeof popupBench;
Reflect.set(globalThis, 'popupBench', popupBench);
