/** Originals for systems that refuse `.eml` but take `.zip`: the point is the name. */
import type { ArticleFile } from '../core/ticket.ts';
import { zipOf, zipSize } from '../core/zip.ts';

/** What lies in the archive. */
export interface Zipped {
  readonly filename: string;
  readonly size: number;
}

/** The file as it is sent: an archive that holds it. */
export function zippedAs(file: ArticleFile): ArticleFile & { readonly zipped: Zipped } {
  const { filename, size } = file;
  return {
    ...file,
    filename: `${filename}.zip`,
    mediaType: 'application/zip',
    size: zipSize(filename, size),
    zipped: { filename, size },
  };
}

/** The archive itself. */
export function zipped(blob: Blob, { filename }: Zipped): Promise<Blob> {
  return zipOf([{ name: filename, blob }]);
}
