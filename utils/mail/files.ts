/** Files of a message: named, hashed, stored. */
import type { Attachment } from '../core/thread.ts';
import type { FoundFile } from './body.ts';
import { cleanFilename, uniqueFilename } from './filename.ts';
import { firstHeader, readHeaders } from './headers.ts';
import type { PrepareContext } from './interface.ts';
import { type PictureSize, sizeOfPicture } from './pictures.ts';
import { isRisky } from './risky.ts';
import { readWords } from './words.ts';

export interface FileStore {
  readonly captureId: string;
  readonly context: PrepareContext;
  /** Blob keys that are written already: the same logo in each message lies there once. */
  readonly written: Set<string>;
  /** Sizes of the pictures among them, by SHA-256. */
  readonly pictures: Map<string, PictureSize>;
}

export interface StoredAttachment {
  readonly attachment: Attachment;
  /** Not all of its bytes arrived. */
  readonly isDamaged: boolean;
}

/** Stores one file and says what it is. `shown` holds the Content-IDs that the body shows, `taken` the message's names. */
export async function storeFile(
  file: FoundFile,
  messageId: string,
  shown: { has(contentId: string): boolean },
  taken: Set<string>,
  store: FileStore,
): Promise<StoredAttachment> {
  const { number, contentId, mediaType } = file;
  const { bytes, damaged } = file.read();
  const stored = await storeBytes(bytes, mediaType, store);
  const picture = sizeOfPicture(bytes);
  if (picture) store.pictures.set(stored.sha256, picture);
  const filename = uniqueFilename(filenameOf(file, bytes), taken);
  return {
    attachment: {
      ...stored,
      id: `${messageId}/${number}`,
      filename,
      inline: contentId !== undefined && shown.has(contentId),
      ...(contentId ? { contentId } : {}),
      ...(isRisky(filename, mediaType, bytes) ? { risky: true } : {}),
    },
    isDamaged: damaged,
  };
}

/** What a file calls itself, made safe; a forwarded message is called by its subject. */
export function filenameOf({ name, mediaType, number }: FoundFile, bytes?: Uint8Array<ArrayBuffer>): string {
  return cleanFilename(name ?? (isMessage(mediaType) && bytes ? subjectInside(bytes) : undefined), mediaType, `part-${number}`);
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

function subjectInside(bytes: Uint8Array<ArrayBuffer>): string | undefined {
  const { headers } = readHeaders(bytes, 0, bytes.length, 65_536);
  const words = readWords(firstHeader(headers, 'subject') ?? '').replace(/[\\/]/g, '-');
  return words ? `${words}.eml` : undefined;
}
