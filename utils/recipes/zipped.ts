/**
 * Originals for systems that refuse `.eml` but take `.zip`. Nothing is compressed: the point is the name, and so the size is
 * known before the bytes are read, and the bytes are the same every time.
 */
import { Zip, ZipPassThrough } from 'fflate';
import type { ArticleFile } from '../core/ticket.ts';

/** What lies in the archive. */
export interface Zipped {
  readonly filename: string;
  readonly size: number;
}

/** Headers, data descriptor and end of an archive with one stored file, without its name (which stands twice). */
const frameBytes = 30 + 16 + 46 + 22;
/** The first day that the format knows: a time of today would make other bytes of the same mail. */
const firstDay = '1980-01-01T12:00:00';

/** The file as it is sent: an archive that holds it. */
export function zippedAs(file: ArticleFile): ArticleFile & { readonly zipped: Zipped } {
  const { filename, size } = file;
  const nameBytes = new TextEncoder().encode(filename).length;
  return {
    ...file,
    filename: `${filename}.zip`,
    mediaType: 'application/zip',
    size: size + frameBytes + 2 * nameBytes,
    zipped: { filename, size },
  };
}

/** The archive itself. */
export async function zipped(blob: Blob, { filename }: Zipped): Promise<Blob> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const archive = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part as Uint8Array<ArrayBuffer>);
  });
  const file = new ZipPassThrough(filename);
  file.mtime = firstDay;
  archive.add(file);
  file.push(bytes, true);
  archive.end();
  return new Blob(parts, { type: 'application/zip' });
}
