/** One message, from its source or from what a page showed of it. */
import type { CapturedMessage, CapturedPage } from '../core/captured.ts';
import type { Attachment, Gap, Message, StoredFile } from '../core/thread.ts';
import { readAttachedMail } from './attached-mail.ts';
import { type Body, readBody } from './body.ts';
import { readIsoTime } from './dates.ts';
import { type FileStore, filenameOf, sha256, storeFile } from './files.ts';
import { readHead } from './head.ts';
import { type Header, readHeaders } from './headers.ts';
import { limits } from './limits.ts';
import { readMessageId } from './message-ids.ts';
import { readParticipant, readParticipants } from './participants.ts';
import { readParts, type Source } from './parts.ts';
import { picturesIn } from './pictures.ts';
import { renderBody } from './render.ts';
import { oneLine } from './words.ts';

export interface PreparedMessage {
  readonly message: Message;
  readonly gaps: readonly Gap[];
}

/** Reads a source. However broken, it is a message with its original; what could not be read is a gap. */
export async function readSource(captured: CapturedMessage, blob: string, store: FileStore): Promise<PreparedMessage> {
  const source = await store.context.readBlob(blob);
  const bytes = new Uint8Array(await source.arrayBuffer());
  const gaps: Gap[] = [];
  const gap = (code: Gap['code'], detail?: string) => gaps.push({ code, message: captured.id, ...(detail ? { detail } : {}) });

  const { headers, body, leftOut } = understand(bytes);
  if (!body || headers.length === 0) gap('unreadable-part');
  if (leftOut > 0) gap('unreadable-part', String(leftOut));
  const head = readHead(headers);
  const rendered = renderBody(body?.pieces ?? [], head.subject);
  for (const what of rendered.leftOut) gap('unreadable-part', what);
  for (const { code, file } of body?.troubles ?? []) gap(code, code === 'encrypted' ? undefined : filenameOf(file));

  const files = body?.files ?? [];
  const shown = picturesIn(rendered.shown.html);
  const forwarded = rendered.shown.forwarded ?? readAttachedMail(files);
  const taken = new Set<string>();
  const attachments: Attachment[] = [];
  for (const file of files.slice(0, limits.attachments)) {
    const { attachment, isDamaged } = await storeFile(file, captured.id, shown, taken, store);
    attachments.push(attachment);
    if (isDamaged) gap('unreadable-part', attachment.filename);
  }
  if (files.length > limits.attachments) gap('attachment-missing', String(files.length - limits.attachments));
  if (!head.messageId) gap('no-message-id');

  // Its name waits for the order of the thread; see `prepare`.
  const original: StoredFile = {
    filename: 'message.eml',
    mediaType: 'message/rfc822',
    size: bytes.length,
    sha256: await sha256(bytes),
    blob,
  };
  return {
    message: {
      id: captured.id,
      source: captured.source,
      ...head,
      ...rendered.shown,
      ...(forwarded ? { forwarded } : {}),
      attachments,
      original,
    },
    gaps,
  };
}

/** Takes what a page showed. Always told apart from an original, and its files are only known by name. */
export function readPage(captured: CapturedMessage, page: CapturedPage): PreparedMessage {
  const subject = oneLine(page.subject ?? '');
  const rendered = renderBody([{ ...(page.text?.trim() ? { text: page.text } : {}), ...(page.html ? { html: page.html } : {}) }], subject);
  const messageId = readMessageId(page.messageId);
  const sentAt = readIsoTime(page.sentAt);
  const message: Message = {
    id: captured.id,
    source: captured.source === 'raw' ? 'page' : captured.source,
    ...(messageId ? { messageId } : {}),
    references: [],
    from: readParticipant(page.from),
    to: readParticipants(page.to ?? []),
    cc: readParticipants(page.cc ?? []),
    replyTo: [],
    subject,
    ...(sentAt ? { sentAt } : {}),
    ...rendered.shown,
    attachments: [],
  };
  const gaps: Gap[] = [{ code: 'not-the-original', message: captured.id }];
  for (const what of rendered.leftOut) gaps.push({ code: 'unreadable-part', message: captured.id, detail: what });
  for (const { filename } of page.attachments ?? [])
    gaps.push({ code: 'attachment-missing', message: captured.id, detail: oneLine(filename) });
  if (!messageId) gaps.push({ code: 'no-message-id', message: captured.id });
  return { message, gaps };
}

interface Understood {
  readonly headers: readonly Header[];
  readonly body?: Body;
  readonly leftOut: number;
}

/** A fault of ours in reading the structure must not cost the message: its headers are tried by themselves. */
function understand(bytes: Uint8Array<ArrayBuffer>): Understood {
  try {
    const source: Source = readParts(bytes);
    return { headers: source.root.headers, body: readBody(source.root), leftOut: source.leftOut };
  } catch {
    return { headers: readHeaders(bytes, 0, bytes.length, limits.headerBytes).headers, leftOut: 0 };
  }
}

/** Marks that nothing of the message could be had. */
export function missing(captured: CapturedMessage): Gap {
  return { code: 'message-missing', message: captured.id };
}
