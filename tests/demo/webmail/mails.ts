/** Mails on disk or in memory, put together as threads the way a webmail shows them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime, { type Address, type Email } from 'postal-mime';

export interface ShownMessage {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly date: string;
  readonly subject: string;
  readonly text: string;
  /** The mail's own markup with inline images as `data:` addresses; the page shows it in a sandboxed frame. */
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly size: number }[];
  readonly raw: Buffer;
}

export interface ShownThread {
  readonly id: string;
  readonly messages: readonly ShownMessage[];
}

/** Reads every `.eml` below a folder. */
export function readMails(folder: string): Buffer[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'));
  return files.sort().map((name) => readFileSync(join(folder, name)));
}

/** Threads by the first Message-ID of References, newest thread first, oldest message first within. */
export async function threadsOf(mails: readonly Buffer[]): Promise<ShownThread[]> {
  const threads = new Map<string, ShownMessage[]>();
  for (const [index, raw] of mails.entries()) {
    const mail = await parsed(raw);
    const root = mail.references?.split(/\s+/)[0] || mail.messageId || `none-${index}`;
    threads.set(root, [...(threads.get(root) ?? []), shown(`m${index + 1}`, mail, raw)]);
  }
  const list = [...threads.values()].map((messages) => messages.sort((a, b) => a.date.localeCompare(b.date)));
  list.sort((a, b) => (b.at(-1)?.date ?? '').localeCompare(a.at(-1)?.date ?? ''));
  return list.map((messages) => ({ id: messages[0]?.id.replace('m', 't') ?? 't0', messages }));
}

/** A webmail shows what it can of a broken mail, and so does this one. */
async function parsed(raw: Buffer): Promise<Email> {
  try {
    return await PostalMime.parse(raw);
  } catch {
    return { ...(await PostalMime.parse('Subject: (unreadable)\r\n\r\n')), text: raw.toString('latin1').slice(0, 2000) };
  }
}

function shown(id: string, mail: Email, raw: Buffer): ShownMessage {
  const files = mail.attachments.map((file) => ({ ...file, bytes: Buffer.from(file.content as ArrayBuffer) }));
  let html = mail.html ?? '';
  for (const file of files) {
    const cid = file.contentId?.replace(/^<|>$/g, '');
    if (cid) html = html.replaceAll(`cid:${cid}`, `data:${file.mimeType};base64,${file.bytes.toString('base64')}`);
  }
  return {
    id,
    from: named(mail.from ? [mail.from] : []),
    to: named(mail.to ?? []),
    cc: named(mail.cc ?? []),
    date: mail.date ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html,
    attachments: files
      .filter((file) => !file.related)
      .map((file) => ({ name: file.filename ?? 'unnamed', type: file.mimeType, size: file.bytes.byteLength })),
    raw,
  };
}

function named(addresses: readonly Address[]): string {
  return addresses.map((one) => (one.name ? `${one.name} <${one.address}>` : (one.address ?? ''))).join(', ');
}
