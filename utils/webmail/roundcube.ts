/**
 * Roundcube 1.6, skins elastic, larry and classic: list with preview frame, message page, attached messages.
 * What is known of its pages: `docs/webmails.md`.
 */
import { addressesOf, attachmentsIn, textWithout, within } from '../page/dom.ts';
import { gatherThread } from '../page/gather.ts';
import { forget, remember } from '../page/remember.ts';
import { type Env, envOf } from '../page/roundcube-answers.ts';
import { isSearching, rowsOf } from '../page/roundcube-list.ts';
import { fetchSource, isPart, keepPlace, searchThread } from '../page/roundcube-requests.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findFrame, findThread } from './find.ts';

export const page: WebmailPage = {
  id: 'roundcube',
  name: 'Roundcube',
  origins: [],
  marks: [{ selectors: ['script[src*="program/js/app."]'], script: 'new rcube_webmail(' }],
  slots: [
    {
      selector: '#toolbar-menu:has(a.reply)', // elastic
      since: '2026-11',
      where: 'append',
      wrap: 'li',
      fit: {
        '--relais-direction': 'column',
        '--relais-height': '58px',
        '--relais-padding': '8px 6px 9px',
        '--relais-icon': '22px',
        '--relais-font': '12.6px',
        '--relais-border': '0',
      },
    },
    {
      selector: '#messagetoolbar.toolbar:has(a.reply)', // larry
      since: '2026-11',
      where: 'append',
      fit: {
        '--relais-direction': 'column',
        '--relais-height': '41px',
        '--relais-padding': '3px 4px 0',
        '--relais-icon': '22px',
        '--relais-font': '10px',
        '--relais-border': '0',
        '--relais-color': '#555',
      },
    },
    {
      selector: '#messagetoolbar:has(a.reply)', // classic
      since: '2026-11',
      where: 'append',
      fit: { '--relais-height': '32px', '--relais-padding': '0 6px', '--relais-icon': '22px', '--relais-float': 'inline-start' },
    },
  ],
  frames: ['messagecontframe', 'messagepartframe'],
  compose: { cc: '#_cc', folded: { selector: '#compose_cc.hidden', class: 'hidden' }, opener: '#cc-link' },
  people: { selector: '.rcmContactAddress:not(#messagebody *)', attribute: 'title' },
  thread: [
    // A result of a search over several folders; `49.2` is a message attached to 49.
    { query: ['_uid'], pattern: '^([\\d.]+)-(.+)$', key: '$2/$1', shown: '#messagebody' },
    { query: ['_mbox', '_uid'], pattern: '^(.+)/([\\d.]+)$', shown: '#messagebody' },
  ],
  // Only a first message has the sign that folds its answers; in a list without threads no row has that class.
  messages: { row: 'rcmrow', answer: '.thread:not(:has([id^="rcmexpando"]))' },
};

interface Shown {
  readonly document: Document;
  readonly uid: string;
  readonly mailbox: string;
  /** A list of search results is open: the session's search is the person's own. */
  readonly searching: boolean;
}

/** The message on screen, in the frame or in the document itself. */
function shownIn({ document, page, url }: PageContext): Shown | undefined {
  const [, mailbox, uid] = /^(.+)\/([\d.]+)$/s.exec(findThread(page, document, url) ?? '') ?? [];
  if (!mailbox || !uid) return undefined;
  const inner = findFrame(page, document)?.contentDocument;
  const holder = inner?.querySelector('#messagebody') ? inner : document;
  const address = holder === document ? url : new URL(holder.URL);
  return { document: holder, uid, mailbox, searching: address.searchParams.has('_search') };
}

/** A message of the list, as if it were on screen. */
function rowIn({ document }: PageContext, { at: { mailbox, uid } }: MessageRef): Shown | undefined {
  return mailbox && uid ? { document, mailbox, uid, searching: isSearching(document) } : undefined;
}

const idOf = ({ mailbox, uid }: Pick<Shown, 'mailbox' | 'uid'>) => `${mailbox}/${uid}`;
const refOf = ({ mailbox, uid }: Pick<Shown, 'mailbox' | 'uid'>): MessageRef => ({ id: idOf({ mailbox, uid }), at: { mailbox, uid } });

export const reader: WebmailReader = {
  async open(context, listed) {
    const shown = listed ? rowIn(context, listed) : shownIn(context);
    if (!shown) return undefined;
    const open = refOf(shown);
    const env: Env = { ...envOf(context.document), ...envOf(shown.document) };
    const gather = () =>
      gatherThread({
        open,
        source: (message) => remember(context, message, () => fetchSource(context, message.at)),
        search: async (rootId) => {
          if (isPart(open.at) || shown.searching) return { messages: [open], complete: !shown.searching };
          const { rows, complete } = await searchThread(context, rootId);
          return { complete, messages: rows.map(refOf).filter(({ id, at }) => id === open.id || at.mailbox !== env.drafts_mailbox) };
        },
        isUnsent: ({ at }, { received }) => at.mailbox === env.trash_mailbox && !received,
      });
    const thread = await (shown.searching ? gather() : keepPlace(context, shown.mailbox, gather));
    const account = [env.username, within(context.document, '.username')].find((name) => name?.includes('@'));
    const subject = listed ? {} : { subject: subjectIn(shown.document) };
    return { key: open.id, ...subject, ...(account ? { account } : {}), ...thread };
  },

  list: rowsOf,
  async source(context, message) {
    const source = await remember(context, message, () => fetchSource(context, message.at));
    forget(context, message);
    return source;
  },

  async read(context, message) {
    const shown = shownIn(context);
    if (!shown || idOf(shown) !== message.id) return undefined;
    // A forwarded message shows a header table of its own inside the body.
    const people = (field: string) => addressesOf(outsideBody(shown.document, `td.header.${field} a.rcmContactAddress`));
    const from = people('from')[0];
    return {
      source: 'page',
      subject: subjectIn(shown.document),
      ...(from ? { from } : {}),
      to: people('to'),
      cc: people('cc'),
      html: shown.document.querySelector('#messagebody')?.innerHTML ?? '',
      attachments: attachmentsIn(shown.document, '#attachment-list > li a.filename', '.attachment-name'),
    };
  },
};

/** A mail without a subject has translated words there, which nothing tells from a real one. */
function subjectIn(document: Document): string {
  const places = '#message-header .subject, h2.subject, h3.subject, td.header.subject';
  const place = outsideBody(document, places)[0];
  return place ? textWithout(place, '.voice, a') : '';
}

function outsideBody(document: Document, selector: string): Element[] {
  return [...document.querySelectorAll(selector)].filter((found) => !found.closest('#messagebody'));
}
