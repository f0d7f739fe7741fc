/**
 * Archives of stored files: nothing is compressed, since most of it is base64 of what was compressed already. So the size is known
 * before the bytes are read, no byte is copied, and the same files give the same archive: the only date in it is the format's first day.
 */
import { RelaisError } from './errors.ts';

export interface ZipEntry {
  /** Path in the archive, parted by `/`. */
  readonly name: string;
  readonly blob: Blob;
}

const headBytes = 30;
const directoryBytes = 46;
const endBytes = 22;
/** What the format without its extension to 64 bits can count. */
const most = 0xffff_ffff;

/** Bytes of an archive that holds one file. */
export function zipSize(name: string, size: number): number {
  return headBytes + directoryBytes + endBytes + 2 * new TextEncoder().encode(name).length + size;
}

/** Throws `too-large` where the format can't hold it. */
export async function zipOf(entries: readonly ZipEntry[]): Promise<Blob> {
  const files: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let offset = 0;
  let length = 0;
  for (const { name, blob } of entries) {
    const path = new TextEncoder().encode(name);
    // Version 2.0, names in UTF-8, stored, 1980-01-01, checksum, size twice, length of the name, nothing else.
    const facts = [
      [20, 2],
      [0x0800, 2],
      [0, 4],
      [0x21, 2],
      [await checksum(blob), 4],
      [blob.size, 4],
      [blob.size, 4],
      [path.length, 2],
      [0, 2],
    ] as const;
    files.push(record([[0x0403_4b50, 4], ...facts]), path, blob);
    directory.push(record([[0x0201_4b50, 4], [20, 2], ...facts, [0, 4], [0, 2], [0, 4], [offset, 4]]), path);
    offset += headBytes + path.length + blob.size;
    length += directoryBytes + path.length;
  }
  if (offset + length > most || entries.length > 0xffff) throw new RelaisError('too-large', 'More than a zip archive can hold');
  const count = entries.length;
  const end = record([
    [0x0605_4b50, 4],
    [0, 4],
    [count, 2],
    [count, 2],
    [length, 4],
    [offset, 4],
    [0, 2],
  ]);
  return new Blob([...files, ...directory, end], { type: 'application/zip' });
}

/** Numbers of so many bytes each, the lowest byte first. */
function record(fields: readonly (readonly [value: number, bytes: number])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(fields.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** at) & 255)));
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1;
  return value;
});

/** CRC-32. */
async function checksum(blob: Blob): Promise<number> {
  let value = -1;
  const reader = blob.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    for (const byte of piece.value) value = (value >>> 8) ^ (table[(value ^ byte) & 255] ?? 0);
  }
  return ~value >>> 0;
}
