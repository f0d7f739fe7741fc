import { breathe } from './breathe.ts';

const CR = 13;
const LF = 10;
const atATime = 1024 * 1024;

/**
 * Wire form (CRLF) to stored form (LF): the bytes as they lie in a maildir. Only where it can be turned back: a mail
 * with a line end that is not CRLF comes back as it is.
 */
export async function withStoredLineEnds(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  const wire = new Uint8Array(bytes);
  const stored = new Uint8Array(wire.length);
  let length = 0;
  for (let start = 0; start < wire.length; start += atATime) {
    if (start > 0) await breathe();
    const end = Math.min(start + atATime, wire.length);
    for (let index = start; index < end; index += 1) {
      const byte = wire[index] ?? 0;
      if (byte === LF) {
        if (wire[index - 1] !== CR) return bytes;
        length -= 1;
      }
      stored[length] = byte;
      length += 1;
    }
  }
  return stored.buffer.slice(0, length);
}
