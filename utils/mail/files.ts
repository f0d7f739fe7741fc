/** Files of a message: named, hashed, stored. */
import type { Attachment } from '../core/thread.ts';
import { encodingOfTransfer, type FilePart } from './body.ts';
import { cleanFilename, uniqueFilename } from './filename.ts';
import { firstHeader } from './headers.ts';
import type { PrepareContext } from './interface.ts';
import { decodeTransfer } from './transfer.ts';
import { readWords } from './words.ts';

export interface FileStore {
  readonly captureId: string;
  readonly context: PrepareContext;
  /** Blob keys that are written already: the same logo in each message lies there once. */
  readonly written: Set<string>;
}

export interface StoredAttachment {
  readonly attachment: Attachment;
  /** Not all of its bytes arrived. */
  readonly isDamaged: boolean;
}

/** Stores one part's bytes and says what it is. `shown` holds the Content-IDs that the body shows, `taken` the message's names. */
export async function storeFile(
  file: FilePart,
  messageId: string,
  shown: ReadonlySet<string>,
  taken: Set<string>,
  store: FileStore,
): Promise<StoredAttachment> {
  const { part, number } = file;
  const { bytes, damaged } = decodeTransfer(part.body, encodingOfTransfer(part));
  const contentId = firstHeader(part.headers, 'content-id')?.trim().replace(/^<|>$/g, '').slice(0, 1_000);
  const stored = await storeBytes(bytes, part.mediaType, store);
  return {
    attachment: {
      ...stored,
      id: `${messageId}/${number}`,
      filename: uniqueFilename(filenameOf(file, bytes), taken),
      inline: contentId !== undefined && shown.has(contentId),
      ...(contentId ? { contentId } : {}),
    },
    isDamaged: damaged,
  };
}

/** What a part calls itself, made safe; a forwarded message is called by its subject. */
export function filenameOf({ part, number }: FilePart, bytes?: Uint8Array): string {
  const given = part.disposition.params.get('filename') ?? part.type.params.get('name');
  const name = given ?? (isMessage(part.mediaType) && bytes ? subjectInside(bytes) : undefined);
  return cleanFilename(name, part.mediaType, `part-${number}`);
}

/** Lower-case hex of the bytes' SHA-256. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function storeBytes(bytes: Uint8Array<ArrayBuffer>, mediaType: string, store: FileStore) {
  const hash = await sha256(bytes);
  // The name is the content: preparing the same capture again writes the same keys and leaves nothing behind.
  const blob = `${store.captureId}/file-${hash}`;
  if (!store.written.has(blob)) await store.context.writeBlob(blob, new Blob([bytes], { type: mediaType }));
  store.written.add(blob);
  return { mediaType, size: bytes.length, sha256: hash, blob };
}

function isMessage(mediaType: string): boolean {
  return mediaType === 'message/rfc822' || mediaType === 'message/global';
}

function subjectInside(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder().decode(bytes.subarray(0, 65_536)).split(/\r?\n\r?\n/)[0] ?? '';
  const subject = /^subject:[ \t]*(.*(?:\r?\n[ \t].*)*)/im.exec(start)?.[1];
  const words = subject ? readWords(subject.replace(/\r?\n/g, '')).replace(/[\\/]/g, '-') : '';
  return words ? `${words}.eml` : undefined;
}
