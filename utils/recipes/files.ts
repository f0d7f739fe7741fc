/**
 * Stored files in requests. An expression's `$file(file)` gives a short mark; only when the body is put together do the
 * bytes take its place, in pieces, so that megabytes pass neither through expressions nor through one long text.
 */
import type { Article, ArticleFile, TicketDraft } from '../core/ticket.ts';
import { base64Bytes } from './base64.ts';
import type { Recipe } from './recipe.ts';
import { type Zipped, zipped, zippedAs } from './zipped.ts';

type ReadBlob = (key: string) => Promise<Blob>;
/** A multiple of three, so that the pieces' base64 can be joined. */
const pieceBytes = 3 * 128 * 1024;

/** A file as it is sent; `zipped` where it travels in an archive of its own. */
type SentFile = ArticleFile & { readonly zipped?: Zipped };

export interface FileMarks {
  /** The function `$file`. `undefined` for anything but a file of the draft: no expression can reach other stored bytes. */
  readonly file: (file: unknown) => string | undefined;
  /** Text and files in turn. */
  readonly split: (text: string) => readonly (string | SentFile)[];
}

/** Marks for the files of one draft. The mark holds a secret of this run: no mail can contain one. */
export function marksFor(draft: TicketDraft | undefined): FileMarks {
  const files = new Map<string, SentFile>(draft?.articles.flatMap((article) => article.files).map((file) => [file.blob, file]) ?? []);
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
      text.split(pattern).flatMap((part, at): readonly (string | SentFile)[] => {
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
export async function bytesOf(file: SentFile, readBlob: ReadBlob): Promise<Blob> {
  const blob = await readBlob(file.blob);
  const size = file.zipped?.size ?? file.size;
  if (blob.size !== size) throw new Error(`The stored file ${file.id} has ${blob.size} bytes instead of ${size}`);
  return file.zipped === undefined ? blob : zipped(blob, file.zipped);
}

interface Fitted {
  readonly draft: TicketDraft;
  readonly warnings: readonly string[];
}

/** The draft with the files that this system takes, and a sentence for each that it doesn't: for the receipt, and in the draft for the ticket. */
export function fitFiles(draft: TicketDraft, limits: Recipe['limits']): Fitted {
  const { draft: fit, warnings } = limits.files ? withFiles(draft, limits) : withoutFiles(draft);
  return { draft: { ...fit, incomplete: [fit.incomplete, ...warnings].filter(Boolean).join(' ') }, warnings };
}

function withFiles(draft: TicketDraft, limits: Recipe['limits']): Fitted {
  const warnings: string[] = [];
  const fit = (article: Article): Article => {
    let total = 0;
    const files = article.files.flatMap((given): readonly SentFile[] => {
      const file = asTaken(given, limits);
      const refusal = whyNot(file, total, limits);
      if (refusal !== undefined) {
        warnings.push(refusal);
        return [];
      }
      total += file.size;
      return [file];
    });
    return { ...article, files };
  };
  return { draft: { ...draft, articles: draft.articles.map(fit) }, warnings };
}

/** The draft as a system gets it that takes no file at all. */
function withoutFiles(draft: TicketDraft): Fitted {
  const names = draft.articles.flatMap(({ files }) => files.map(({ filename }) => `“${filename}”`));
  const articles = draft.articles.map((article) => ({ ...article, files: [] }));
  return {
    draft: { ...draft, articles },
    warnings: names.length === 0 ? [] : [`This system takes no files: ${names.join(', ')} left out`],
  };
}

/** An original under the name, or in the wrapping, in which this system takes it. */
function asTaken(file: ArticleFile, { originals }: Recipe['limits']): SentFile {
  if (file.kind !== 'original') return file;
  if (originals === 'rename') return { ...file, filename: `${file.filename}.txt` };
  return originals === 'zip' ? zippedAs(file) : file;
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
