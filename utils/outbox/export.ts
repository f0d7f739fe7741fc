/**
 * Everything about deliveries and drafts as a `.zip` that opens anywhere: originals as `.eml`, files, and what was decided as
 * JSON.
 */
import type { Capture } from '../core/capture.ts';
import type { CapturedThread } from '../core/captured.ts';
import type { Delivery } from '../core/delivery.ts';
import type { StoredFile, Thread } from '../core/thread.ts';
import type { TicketDraft } from '../core/ticket.ts';
import { type ZipEntry, zipOf } from '../core/zip.ts';
import { database } from './database.ts';

/**
 * Reads only. One folder a thread: `thread.json`, `message-1.eml` …, `files/`. A file whose bytes are gone is named in
 * `thread.json` all the same. `beside` are files at the top.
 */
export async function exportZip(ids: readonly string[], beside: readonly ZipEntry[] = []): Promise<Blob> {
  const entries = await Promise.all(ids.map((id, index) => entriesOf(id, index + 1)));
  return zipOf([...entries.flat(), ...beside]);
}

/** Ids of every thread and note that is not delivered. */
export async function openIds(): Promise<readonly string[]> {
  const db = await database();
  const [captures, deliveries] = await Promise.all([db.getAll('captures'), db.getAll('deliveries')]);
  const delivered = new Set(deliveries.filter(({ state }) => state.status === 'delivered').map(({ id }) => id));
  return [...new Set([...deliveries, ...captures].map(({ id }) => id))].filter((id) => !delivered.has(id));
}

async function entriesOf(id: string, number: number): Promise<ZipEntry[]> {
  const db = await database();
  const [capture, captured, delivery, draft] = await Promise.all([
    db.get('captures', id),
    db.get('captured', id),
    db.get('deliveries', id),
    db.get('drafts', id),
  ]);
  const folder = `${String(number).padStart(3, '0')}-${safeName(delivery?.title ?? capture?.edits.title ?? capture?.thread?.title ?? '') || 'thread'}`;
  const entries: ZipEntry[] = [{ name: `${folder}/thread.json`, blob: json({ capture, delivery, draft }) }];
  const taken = new Set<string>();
  for (const { file, place } of filesOf(capture?.thread, draft, captured)) {
    const blob = await db.get('blobs', file.blob);
    if (blob) entries.push({ name: unique(`${folder}/${place}${safeName(file.filename) || 'file'}`, taken), blob });
  }
  return entries;
}

interface Place {
  readonly file: Pick<StoredFile, 'filename' | 'blob'>;
  readonly place: string;
}

/** Of a thread that nobody could read yet, or not at all, its sources. */
function* filesOf(thread: Thread | undefined, draft: TicketDraft | undefined, captured: CapturedThread | undefined): Generator<Place> {
  if (thread) {
    for (const { original, attachments } of thread.messages) {
      if (original) yield { file: original, place: '' };
      for (const file of attachments) yield { file, place: 'files/' };
    }
    return;
  }
  if (!draft) {
    for (const [at, { blob }] of captured?.messages.entries() ?? [])
      if (blob !== undefined) yield { file: { filename: `message-${at + 1}.eml`, blob }, place: '' };
    return;
  }
  for (const { files } of draft.articles) for (const file of files) yield { file, place: file.kind === 'original' ? '' : 'files/' };
}

function json(content: { capture: Capture | undefined; delivery: Delivery | undefined; draft: TicketDraft | undefined }): Blob {
  return new Blob([JSON.stringify(content, undefined, 2)], { type: 'application/json' });
}

/** Names come from mail: nothing in them may lead out of the folder that somebody unpacks into. */
function safeName(name: string): string {
  return name
    .replace(/[\p{C}\s/\\:*?"<>|]+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 80)
    .trim();
}

function unique(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.') > name.lastIndexOf('/') ? name.lastIndexOf('.') : name.length;
  // Where case makes no difference, a file would be unpacked over another.
  const folded = (one: string) => one.normalize('NFC').toLowerCase();
  let free = name;
  for (let count = 2; taken.has(folded(free)); count++) free = `${name.slice(0, dot)}-${count}${name.slice(dot)}`;
  taken.add(folded(free));
  return free;
}
