/** SOGo 5: reading pane and own window. What is known of its pages: `docs/webmails.md`. */
import { formatMailbox } from '../core/mailbox.ts';
import { attachmentsIn } from '../page/dom.ts';
import { gatherThread } from '../page/gather.ts';
import { forget, remember } from '../page/remember.ts';
import { all, first } from '../page/select.ts';
import { accountIn } from '../page/sogo-account.ts';
import { rowsOf } from '../page/sogo-list.ts';
import { type Folder, fetchSource, listFolders, searchFolders } from '../page/sogo-requests.ts';
import { searchWords } from '../page/subject.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findThread } from './find.ts';

export const page: WebmailPage = {
  id: 'sogo',
  name: 'SOGo',
  origins: [],
  marks: [{ selectors: ['body[ng-app="SOGo.MailerUI"]', '[src*="/SOGo.woa/WebServerResources/"]'] }],
  slots: [
    {
      // Not the one of the source's card, which is hidden.
      selector: '#detailView md-card-actions:has([ng-click^="viewer.reply"])',
      since: '2026-11',
      where: 'append',
      fit: { '--relais-height': '36px', '--relais-color': 'rgba(0, 0, 0, .87)' },
    },
    { selector: '#detailView h5.sg-md-headline', since: '2026-11', where: 'after' },
  ],
  people: { selector: '#detailView a.md-caption' },
  // Number of the account, folder, uid; folder names are encoded three times. The address is there before the message is.
  thread: [{ pattern: '#!/Mail/(\\d+)/(?:virtual/)?([^/]+)/(\\d+)$', shown: '#detailView time.msg-date:not(:empty)' }],
  selectors: {
    subject: { css: ['#detailView h5.sg-md-headline'], since: '2026-11', required: true },
    sender: { css: ['#detailView a.md-caption[ng-click*="from"]'], since: '2026-11', required: true },
    body: { css: ['#detailView .mailer_htmlcontent', '#detailView .mailer_plaincontent'], since: '2026-11' },
  },
};

interface Shown {
  readonly key: string;
  readonly account: string;
  readonly open: MessageRef;
}

function shownIn({ document, page, url }: PageContext): Shown | undefined {
  const key = findThread(page, document, url);
  const [, account, folder, uid] = /^(\d+)\/(.+)\/(\d+)$/.exec(key ?? '') ?? [];
  if (!key || !account || !folder || !uid) return undefined;
  return { key, account, open: refOf(account, decoded(decoded(folder)), uid) };
}

/** A message of the list, as if it were open. */
function rowIn({ id, at: { account, folder, uid } }: MessageRef): Shown | undefined {
  return account && folder && uid ? { key: id, account, open: refOf(account, folder, uid) } : undefined;
}

const refOf = (account: string, folder: string, uid: string, type = ''): MessageRef => ({
  id: `${account}/${folder}/${uid}`,
  at: { account, folder, uid, type },
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const reader: WebmailReader = {
  async open(context, listed) {
    const shown = listed ? rowIn(listed) : shownIn(context);
    if (!shown) return undefined;
    const { key, account, open } = shown;
    const subject = listed ? (listed.at.subject ?? '') : (first(context, 'subject')?.textContent?.trim() ?? '');
    const thread = await gatherThread({
      open,
      bySubject: true,
      source: (message) => remember(context, message, () => sourceOf(context, message)),
      search: async (id) => {
        const words = searchWords(subject);
        if (words === '' || /["\\]/.test(id)) return { messages: [open], complete: false };
        const folders = (await listFolders(context, account)).filter(isSearched);
        const { found, complete } = await searchFolders(context, account, withFirst(folders, open.at.folder), { words, id });
        return { complete, messages: found.map(({ folder, uid }) => refOf(account, folder.path, uid, folder.type)) };
      },
      isUnsent: ({ at }, { received }) => at.type === 'trash' && !received,
    });
    const address = accountIn(context.document, account);
    return { key, ...(address ? { account: address } : {}), subject, ...thread };
  },

  list: (context) => rowsOf(context, decoded),

  async source(context, message) {
    const source = await remember(context, message, () => sourceOf(context, message));
    forget(context, message);
    return source;
  },

  async read(context, message) {
    if (shownIn(context)?.open.id !== message.id) return undefined;
    const sender = first(context, 'sender');
    const name = sender?.previousElementSibling?.textContent?.trim() ?? '';
    const address = sender?.textContent?.trim();
    return {
      source: 'page',
      subject: first(context, 'subject')?.textContent?.trim() ?? '',
      ...(address ? { from: formatMailbox({ name, address }) } : {}),
      html: all(context, 'body')
        .map((part) => part.outerHTML)
        .join('<hr>'),
      attachments: attachmentsIn(context.document, '#detailView a[href*="/asAttachment/"]', '.sg-attachment-name'),
    };
  },
};

function sourceOf(context: PageContext, { at }: MessageRef): Promise<ArrayBuffer | undefined> {
  return fetchSource(context, { account: at.account ?? '', folder: at.folder ?? '' }, at.uid ?? '');
}

/**
 * Not drafts; and not what lies below other folders, but for the account's own special ones: SOGo sometimes forgets the
 * sign between their names at the first question, finds no such folder and unsubscribes the person from the real one.
 */
function isSearched({ path, type }: Folder): boolean {
  return !['draft', 'templates'].includes(type) && (type !== 'folder' || !path.includes('/'));
}

/** The folder that is open is searched whatever the list says, and first. */
function withFirst(folders: readonly Folder[], path = ''): Folder[] {
  const own = folders.find((folder) => folder.path === path) ?? { path, type: '' };
  return [own, ...folders.filter((folder) => folder.path !== path)];
}
