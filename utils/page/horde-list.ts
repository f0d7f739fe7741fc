/**
 * Horde's list of messages. Its rows are numbered, and only those near the visible part are in the page: Horde itself tells
 * which message stands in which row, in the person's own order.
 */
import type { ListedThread } from '../core/captured.ts';
import type { PageContext } from '../webmail/adapter.ts';
import { squeeze } from './dom.ts';
import { listMailbox } from './horde-requests.ts';

/** Not a search, which is a mailbox too, called `impsearch` and a zero byte: its numbers end with the session. */
const shownMailbox = /^#(?:mbox|msg):(?!aW1wc2VhcmNoA)([\w-]+)/;

export async function rowsOf(context: PageContext): Promise<readonly ListedThread[] | undefined> {
  const { document, url } = context;
  const mailbox = shownMailbox.exec(url.hash)?.[1];
  if (mailbox === undefined || !document.querySelector('[id^="VProw_"]')) return undefined;
  const listed = await listMailbox(context, mailbox);
  return listed?.rows
    .filter(({ isDraft }) => !isDraft)
    .map(({ buid, row, subject, from, when }) => {
      const shown = document.getElementById(`VProw_${row}`);
      return {
        message: { id: `${mailbox}/${buid}`, at: { mailbox, buid }, href: new URL(`#msg:${mailbox};${buid}`, url).href },
        subject,
        ...(from && { from }),
        ...(when && { when }),
        // Mail that came or went since the page drew its rows has moved them.
        isTicked: shown?.matches('.vpRowSelected') === true && squeeze(shown.textContent ?? '').includes(subject),
      };
    });
}
