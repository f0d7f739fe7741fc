/**
 * Horde's list of messages. Its rows name none, and only those near the visible part are in the page: Horde itself tells
 * which messages the mailbox has, in the person's own order, and the rows in the page are found again there, all in a row.
 */
import type { ListedThread } from '../core/captured.ts';
import type { PageContext } from '../webmail/adapter.ts';
import { squeeze } from './dom.ts';
import { type ListedMail, listMailbox } from './horde-requests.ts';

/** Not a search, which is a mailbox too, called `impsearch` and a zero byte: its numbers end with the session. */
const shownMailbox = /^#(?:mbox|msg):(?!aW1wc2VhcmNoA)([\w-]+)/;

export async function rowsOf(context: PageContext): Promise<readonly ListedThread[] | undefined> {
  const { document, url } = context;
  const mailbox = shownMailbox.exec(url.hash)?.[1];
  const shown = [...document.querySelectorAll('[id^="VProw_"]')];
  if (mailbox === undefined || shown.length === 0) return undefined;
  const listed = await listMailbox(context, mailbox);
  if (!listed) return undefined;
  const picked = pickedOf(listed.rows, shown);
  return listed.rows
    .filter(({ isDraft }) => !isDraft)
    .map((mail) => {
      const { buid, subject, from, when } = mail;
      return {
        message: { id: `${mailbox}/${buid}`, at: { mailbox, buid }, href: new URL(`#msg:${mailbox};${buid}`, url).href },
        subject,
        ...(from && { from }),
        ...(when && { when }),
        isTicked: picked.has(mail),
      };
    });
}

/** None where the rows are found nowhere, as when mail went meanwhile, or in two places. */
function pickedOf(mails: readonly ListedMail[], shown: readonly Element[]): ReadonlySet<ListedMail> {
  const words = shown.map((row) => ['.msgSubject', '.msgFrom'].map((part) => squeeze(row.querySelector(part)?.textContent ?? '')));
  const isAt = (place: number) =>
    words.every(([subject, name], index) => mails[place + index]?.subject === subject && mails[place + index]?.name === name);
  const places = [...mails.keys()].filter(isAt);
  const [place = 0] = places;
  if (places.length !== 1) return new Set();
  return new Set(shown.flatMap((row, index) => (row.matches('.vpRowSelected') ? (mails[place + index] ?? []) : [])));
}
