/**
 * SOGo's list of messages. Its rows name none, and only some of them are in the page: SOGo itself tells which messages the
 * folder has, in the person's own order, and the words in a row tell which of them it is.
 */
import type { ListedThread } from '../core/captured.ts';
import type { PageContext } from '../webmail/adapter.ts';
import { squeeze } from './dom.ts';
import { type ListedMail, listFolder } from './sogo-requests.ts';

/** Number of the account and folder, encoded three times. A search over several folders has another address. */
const shownFolder = /#!\/Mail\/(\d+)\/([^/]+)(?:\/\d+)?$/;

/** `decoded` undoes one encoding. */
export async function rowsOf(context: PageContext, decoded: (text: string) => string): Promise<readonly ListedThread[] | undefined> {
  const { document, url } = context;
  const [, account, shown] = shownFolder.exec(url.href) ?? [];
  if (!account || !shown || !document.querySelector('.sg-message-list-item')) return undefined;
  const folder = decoded(decoded(decoded(shown)));
  const mails = await listFolder(context, { account, folder });
  const picked = [...document.querySelectorAll('.sg-message-list-item:has(.sg-avatar-selected)')].map(wordsOf);
  return mails?.map((mail) => ({
    message: {
      // As the address of the open message names it.
      id: `${account}/${decoded(shown)}/${mail.uid}`,
      at: { account, folder, uid: mail.uid, subject: mail.subject.slice(0, 2_000) },
      href: new URL(`#!/Mail/${account}/${shown}/${mail.uid}`, url).href,
    },
    subject: mail.subject,
    ...(mail.from && { from: mail.from }),
    ...(mail.when && { when: mail.when }),
    isTicked: isPicked(mail, mails, picked),
  }));
}

type Words = Pick<ListedMail, 'subject' | 'when' | 'size'> & { readonly name: string };

function wordsOf(row: Element): Words {
  const text = (selector: string) => squeeze([...row.querySelectorAll(selector)].at(-1)?.textContent ?? '');
  return {
    subject: text('.sg-tile-subject'),
    name: text('.sg-md-subhead > div:first-child > span'),
    when: text('.sg-tile-date'),
    size: text('.sg-tile-size'),
  };
}

const isSame = (mail: ListedMail, { subject, name, when, size }: Words) =>
  squeeze(mail.subject) === subject && mail.when === when && mail.size === size && mail.names.includes(name);

/** Messages that look alike are picked together or not at all: none that the person didn't pick. */
function isPicked(mail: ListedMail, mails: readonly ListedMail[], picked: readonly Words[]): boolean {
  const alike = picked.filter((words) => isSame(mail, words));
  const [words] = alike;
  return words !== undefined && mails.filter((other) => isSame(other, words)).length <= alike.length;
}
