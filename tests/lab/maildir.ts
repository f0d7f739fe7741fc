/** The lab's mails as they lie on disk, to hold captures against; and what happens to mails behind a webmail's back. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/extension.ts';

const run = promisify(execFile);
const lab = join(process.env.LAB_DIR ?? '/tmp/relais-lab', 'webmail');
export const account = process.env.LAB_USER ?? 'camille@example.org';

/** Message-ID of a mail, without angle brackets; empty where it has none. */
export const idIn = (bytes: Buffer): string => /^message-id:\s*<([^>]+)>/im.exec(bytes.toString('latin1'))?.[1] ?? '';

/** Every mail of the person and of the shared mailbox by its Message-ID; one may lie in several folders. */
export function mailsOnDisk(): Map<string, Buffer> {
  const folders = [join(lab, 'mail', account), join(lab, 'mail', 'shared')].filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }));
  return new Map(
    files
      .filter((entry) => entry.isFile() && /^(cur|new)$/.test(basename(entry.parentPath)))
      .map((file) => readFileSync(join(file.parentPath, file.name)))
      .map((bytes) => [idIn(bytes), bytes]),
  );
}

/** Files mails of a thread of their own into the mailbox, by folder; received ones, so that in the bin they still count. */
export async function fileThread(mark: string, folders: readonly string[]): Promise<readonly string[]> {
  const staged = temporaryFolder('thread');
  const ids = folders.map((_, index) => `${mark}-${index}@mail.example.net`);
  for (const [index, folder] of folders.entries()) {
    const references = ids.slice(0, index).map((id) => `<${id}>`);
    const lines = [
      'Received: from mx.example.net by mail.example.org; Mon, 9 Mar 2026 08:00:00 +0000',
      `Date: Mon, 9 Mar 2026 ${String(8 + index).padStart(2, '0')}:00:00 +0000`,
      'From: Odile Marchetti <odile@example.com>',
      `To: Camille Vernier <${account}>`,
      `Subject: ${index === 0 ? '' : 'Re: '}Moved and deleted ${mark}`,
      `Message-ID: <${ids[index]}>`,
      ...(index === 0 ? [] : [`In-Reply-To: ${references.at(-1)}`, `References: ${references.join(' ')}`]),
      '',
      `Message ${index} of ${mark}.`,
      '',
    ];
    mkdirSync(join(staged, folder), { recursive: true });
    writeFileSync(join(staged, folder, `${index}.eml`), lines.join('\n'));
  }
  await run(join(import.meta.dirname, 'webmail', 'bin', 'seed'), [staged]);
  return ids;
}

/** Moves a mail to another folder, as a phone would. */
export async function moveMail(id: string, from: string, to: string): Promise<void> {
  await doveadm('move', '-u', account, to, 'mailbox', from, 'header', 'Message-ID', id);
}

/** A second mail of the same bytes in another folder, as a filter or a person makes it. */
export async function copyMail(id: string, from: string, to: string): Promise<void> {
  await doveadm('copy', '-u', account, to, 'mailbox', from, 'header', 'Message-ID', id);
}

/** Takes a folder away with all that lies in it. */
export async function removeFolder(folder: string): Promise<void> {
  await doveadm('mailbox', 'delete', '-s', '-u', account, folder);
}

/** Deletes a mail for good. */
export async function expungeMail(id: string, from: string): Promise<void> {
  await doveadm('expunge', '-u', account, 'mailbox', from, 'header', 'Message-ID', id);
}

/** Takes every mail of a thread that was filed by `fileThread` away again, wherever it lies by now. */
export async function clearThread(mark: string): Promise<void> {
  await doveadm('expunge', '-u', account, 'mailbox', '*', 'subject', mark);
}

/** Puts a folder back among those that webmails search. */
export async function subscribe(folder: string): Promise<void> {
  await doveadm('mailbox', 'subscribe', '-u', account, folder);
}

/** Number of a mail in its folder. */
export async function uidOf(id: string, folder: string): Promise<number> {
  const found = await doveadm('search', '-u', account, 'mailbox', folder, 'header', 'Message-ID', id);
  return Number(found.trim().split(/\s+/)[1]);
}

/** How many mails of a folder nobody has read. */
/** Unread mails in a folder; with a mark, only those that have it in their subject. */
export async function countUnread(folder: string, mark = ''): Promise<number> {
  return (await doveadm('search', '-u', account, 'mailbox', folder, 'unseen', 'subject', mark)).split('\n').filter(Boolean).length;
}

async function doveadm(...words: readonly string[]): Promise<string> {
  return (await run('doveadm', ['-c', join(lab, 'dovecot', 'dovecot.conf'), ...words])).stdout;
}
