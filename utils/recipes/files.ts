/**
 * Stored files in requests. An expression's `$file(file)` gives a short mark; only when the body is put together do the
 * bytes take its place, in pieces, so that megabytes pass neither through expressions nor through one long text.
 */
import type { Article, ArticleFile, TicketDraft } from '../core/ticket.ts';
import { base64Bytes } from './base64.ts';
import type { Recipe } from './recipe.ts';

type ReadBlob = (key: string) => Promise<Blob>;
/** A multiple of three, so that the pieces' base64 can be joined. */
const pieceBytes = 3 * 128 * 1024;

export interface FileMarks {
  /** The function `$file`. `undefined` for anything but a file of the draft: no expression can reach other stored bytes. */
  readonly file: (file: unknown) => string | undefined;
  /** Text and files in turn. */
  readonly split: (text: string) => readonly (string | ArticleFile)[];
}

/** Marks for the files of one draft. The mark holds a secret of this run: no mail can contain one. */
export function marksFor(draft: TicketDraft | undefined): FileMarks {
  const files = new Map(draft?.articles.flatMap((article) => article.files).map((file) => [file.blob, file]) ?? []);
  const blobs = [...files.keys()];
  const nonce = crypto.randomUUID();
  const pattern = new RegExp(`\u{e000}${nonce}:(\\d+)\u{e001}`);
  return {
    file: (file) => {
      const blob = typeof file === 'object' && file !== null && 'blob' in file ? file.blob : undefined;
      const at = typeof blob === 'string' ? blobs.indexOf(blob) : -1;
      return at < 0 ? undefined : `\u{e000}${nonce}:${at}\u{e001}`;
    },
    split: (text) =>
      text.split(pattern).flatMap((part, at): readonly (string | ArticleFile)[] => {
        if (at % 2 === 0) return part === '' ? [] : [part];
        const file = files.get(blobs[Number(part)] ?? '');
        return file === undefined ? [] : [file];
      }),
  };
}

/** A blob's base64 as parts for a larger blob; `encode` is applied to each piece. */
export async function base64Parts(blob: Blob, encode?: (text: string) => string): Promise<Blob[]> {
  const parts: Blob[] = [];
  for (let at = 0; at < blob.size; at += pieceBytes) {
    const piece = new Uint8Array(await blob.slice(at, at + pieceBytes).arrayBuffer());
    const encoded = base64Bytes(piece);
    parts.push(new Blob([encode === undefined ? encoded : encode(new TextDecoder().decode(encoded))]));
  }
  return parts;
}

/** Bytes of a file; throws when the store holds something else than what was captured. */
export async function bytesOf(file: ArticleFile, readBlob: ReadBlob): Promise<Blob> {
  const blob = await readBlob(file.blob);
  if (blob.size !== file.size) throw new Error(`The stored file ${file.id} has ${blob.size} bytes instead of ${file.size}`);
  return blob;
}

/** The draft with the files that this system takes, and a sentence for each that it doesn't. */
export function fitFiles(
  draft: TicketDraft,
  limits: Recipe['limits'],
): { readonly draft: TicketDraft; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const fit = (article: Article): Article => {
    let total = 0;
    const files = article.files.flatMap((file): readonly ArticleFile[] => {
      const refusal = whyNot(file, total, limits);
      if (refusal !== undefined) {
        warnings.push(refusal);
        return [];
      }
      total += file.size;
      return [file.kind === 'original' && limits.originals === 'rename' ? { ...file, filename: `${file.filename}.txt` } : file];
    });
    return { ...article, files };
  };
  return { draft: { ...draft, articles: draft.articles.map(fit) }, warnings };
}

function whyNot(file: ArticleFile, before: number, limits: Recipe['limits']): string | undefined {
  if (file.size === 0 && !limits.emptyFiles) return `“${file.filename}” is empty and was left out`;
  if (file.kind === 'original' && limits.originals === 'none')
    return `The original “${file.filename}” was left out: this system takes none`;
  if (limits.fileBytes !== undefined && file.size > limits.fileBytes)
    return `“${file.filename}” is over the limit of ${megabytes(limits.fileBytes)} and was left out`;
  if (limits.totalBytes !== undefined && before + file.size > limits.totalBytes) {
    return `“${file.filename}” was left out: the files of one message may have ${megabytes(limits.totalBytes)} together`;
  }
  return undefined;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 104_857.6) / 10} MB`;
}
