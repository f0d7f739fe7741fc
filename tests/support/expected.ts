/** What a ticket must hold of a thread, taken from the mails themselves by another road than Relais goes. */
import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import type { DeskTicket } from '../demo/desk/tickets.ts';
import type { ShownThread } from '../demo/webmail/mails.ts';

/** Name, size and digest of every file of a ticket, sorted: what is compared when bytes must be equal. */
export function filesOf(ticket: DeskTicket): string[] {
  return ticket.articles.flatMap((article) => article.files.map((file) => fingerprint(kindOf(file.name), file.bytes))).sort();
}

/** The same, as the thread's mails have it: attachments by their names, originals as they are served. */
export async function filesIn(thread: ShownThread): Promise<string[]> {
  const found: string[] = [];
  for (const { raw } of thread.messages) {
    found.push(fingerprint('.eml', raw));
    for (const file of (await PostalMime.parse(raw)).attachments) {
      found.push(fingerprint(kindOf(file.filename ?? ''), Buffer.from(file.content as ArrayBuffer)));
    }
  }
  return found.sort();
}

/** Originals are named by Relais, files by their senders. */
function kindOf(name: string): string {
  return name.endsWith('.eml') ? '.eml' : name;
}

function fingerprint(name: string, bytes: Buffer): string {
  return `${name} ${bytes.byteLength} ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
}
