/** Roundcube's list of messages, the same markup in every skin. */
import type { ListedThread } from '../core/captured.ts';
import type { PageContext } from '../webmail/adapter.ts';
import { readRow } from './listing.ts';

const parts = { subject: 'a[href*="_uid="]', from: '.rcmContactAddress', when: '.date' };

/** Each row names its message in the address of its link: `_uid=7`, or `_uid=7-INBOX` in a search over several folders. */
export async function rowsOf({ document, url }: PageContext): Promise<readonly ListedThread[] | undefined> {
  if (!document.getElementById('messagelist')) return undefined;
  return [...document.querySelectorAll('#messagelist tr.message')].flatMap((row) => {
    const link = row.querySelector(parts.subject)?.getAttribute('href');
    const address = link && URL.canParse(link, url.href) ? new URL(link, url) : undefined;
    const [, uid, folder] = /^(\d+)(?:-(.+))?$/s.exec(address?.searchParams.get('_uid') ?? '') ?? [];
    const mailbox = folder ?? address?.searchParams.get('_mbox');
    if (!address || !uid || !mailbox) return [];
    const message = { id: `${mailbox}/${uid}`, at: { mailbox, uid }, href: address.href };
    return [{ message, ...readRow(row, parts), isTicked: row.classList.contains('selected') }];
  });
}

/** The list shows what a search found: the session holds it, and it is the person's own. */
export function isSearching(document: Document): boolean {
  return Boolean(document.querySelector<HTMLInputElement>('input[name="_q"]')?.value);
}
