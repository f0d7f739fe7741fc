/** The one file of a zip that a webmail makes to hand out a message. */
import { captureLimits } from '../core/captured.ts';

/** Marks of the two records that are read, as little-endian numbers, and what is read of them. */
const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const endLength = 22;
const localLength = 30;

/** The content of the only file in this zip; `undefined` where it is no zip, holds several files, or one too large. */
export async function unzipOnly(zip: ArrayBuffer): Promise<ArrayBuffer | undefined> {
  const view = new DataView(zip);
  const end = findEnd(view);
  if (end === undefined || view.getUint16(end + 10, true) !== 1) return undefined;
  const entry = view.getUint32(end + 16, true);
  if (entry + endLength > end || view.getUint32(entry, true) !== entryMark) return undefined;
  const method = view.getUint16(entry + 10, true);
  const packed = view.getUint32(entry + 20, true);
  const local = view.getUint32(entry + 42, true);
  if (local + localLength > end) return undefined;
  const start = local + localLength + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > end) return undefined;
  const bytes = zip.slice(start, start + packed);
  if (method === 0) return bytes;
  return method === 8 ? inflate(bytes) : undefined;
}

/** Searched from the end: a comment may follow the record. */
function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - endLength; at >= 0; at -= 1) if (view.getUint32(at, true) === endMark) return at;
  return undefined;
}

/** A few kilobytes may unpack to gigabytes: counted while unpacking, whatever the zip says of itself. */
async function inflate(bytes: ArrayBuffer): Promise<ArrayBuffer | undefined> {
  const chunks: BlobPart[] = [];
  let length = 0;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return await new Blob(chunks).arrayBuffer();
      length += value.byteLength;
      if (length > captureLimits.bytes) {
        await reader.cancel();
        return undefined;
      }
      chunks.push(value);
    }
  } catch {
    return undefined;
  }
}
