/** Horde 5 (IMP 6): dynamic view with its preview, own window, basic view. What is known of its pages: `docs/webmails.md`. */
import { addressesOf, within } from '../page/dom.ts';
import { gatherThread } from '../page/gather.ts';
import { rowsOf } from '../page/horde-list.ts';
import { fetchSource, searchThread } from '../page/horde-requests.ts';
import { readMailHeader } from '../page/mail-header.ts';
import { mapPolitely } from '../page/politely.ts';
import { forget, remember } from '../page/remember.ts';
import { all, first } from '../page/select.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findThread } from './find.ts';

/** Items of the toolbar begin eight pixels below its edge. */
const fit = {
  '--relais-height': '22px',
  '--relais-padding': '0 8px',
  '--relais-position': 'relative',
  '--relais-inset': '-4px auto auto',
} as const;

export const page: WebmailPage = {
  id: 'horde',
  name: 'Horde',
  origins: [],
  marks: [
    { selectors: ['#dimpmain, #msgData'], script: 'DimpCore.conf=' },
    { selectors: ['.horde-buttonbar a[href*="page=thread"]', '#horde-head'], address: '/imp/basic\\.php\\?' },
  ],
  slots: [
    { selector: '#dimpmain_folder_top .horde-buttonbar ul:has(#button_reply)', since: '2026-11', where: 'append', wrap: 'li', fit },
    { selector: '#msgData .horde-buttonbar ul:has(#reply_link)', since: '2026-11', where: 'append', wrap: 'li', fit },
    { selector: '.horde-buttonbar ul:has(> li > a[href*="page=thread"])', since: '2026-11', where: 'append', wrap: 'li', fit },
  ],
  people: { selector: '#msgHeaders a.address, #msgHeaderFrom a.address', attribute: 'title' },
  thread: [
    { pattern: '#msg:([\\w-]+);(\\d+)$', shown: '#previewMsg' },
    { query: ['mailbox', 'buid'], pattern: '^([\\w-]+)/(\\d+)$', shown: '#msgData, .horde-buttonbar a[href*="page=thread"]' },
  ],
  selectors: {
    subject: { css: ['#previewMsg .subject', '#msgData div.subject'], since: '2026-11' },
    from: { css: ['#msgHeaderFrom a.address'], since: '2026-11' },
    to: { css: ['#msgHeaderTo a.address'], since: '2026-11' },
    cc: { css: ['#msgHeaderCc a.address'], since: '2026-11' },
    html: { css: ['#messageBody iframe.htmlMsgData', '.messageBody iframe.htmlMsgData'], since: '2026-11' },
    body: { css: ['#messageBody', '.messageBody'], since: '2026-11' },
    attachment: { css: ['#partlist tr'], since: '2026-11' },
  },
};

function openIn({ document, page, url }: PageContext): MessageRef | undefined {
  const key = findThread(page, document, url);
  const [mailbox, buid] = key?.split('/') ?? [];
  return key && mailbox && buid ? { id: key, at: { mailbox, buid } } : undefined;
}

export const reader: WebmailReader = {
  async open(context, listed) {
    const open = listed ? { id: listed.id, at: listed.at } : openIn(context);
    if (!open) return undefined;
    const thread = await gatherThread({
      open,
      source: (message) => remember(context, message, () => sourceOf(context, message)),
      search: async (id) => {
        const hits = await searchThread(context, id);
        if (!hits) return { messages: [open], complete: false };
        const { mailbox, buids, complete } = hits;
        const found = buids.map((buid): MessageRef => ({ id: `${mailbox}/${buid}`, at: { mailbox, buid } }));
        return { complete, messages: await mapPolitely(found, (message) => named(context, open, message)) };
      },
      isUnsent: () => false,
    });
    const subject = listed ? '' : (first(context, 'subject')?.textContent?.trim() ?? '');
    return { key: open.id, ...(subject ? { subject } : {}), ...thread };
  },

  list: rowsOf,

  async source(context, message) {
    const source = await remember(context, message, () => sourceOf(context, message));
    forget(context, message);
    return source;
  },

  async read(context, message) {
    if (openIn(context)?.id !== message.id) return undefined;
    const [from] = addressesOf(all(context, 'from'));
    const frame = first(context, 'html') as HTMLIFrameElement | undefined;
    return {
      source: 'page',
      subject: first(context, 'subject')?.textContent?.trim() ?? '',
      ...(from ? { from } : {}),
      to: addressesOf(all(context, 'to')),
      cc: addressesOf(all(context, 'cc')),
      html: (frame?.contentDocument?.body ?? first(context, 'body'))?.innerHTML ?? '',
      attachments: all(context, 'attachment').flatMap((row) => {
        const filename = within(row, 'a:not(.downloadAtc)');
        const url = row.querySelector<HTMLAnchorElement>('a.downloadAtc')?.href;
        return filename ? [{ filename, ...(url ? { url } : {}) }] : [];
      }),
    };
  },
};

/**
 * The address may name another message than the one on screen, as Horde itself changes it late: the source must be from
 * the sender that is shown.
 */
async function sourceOf(context: PageContext, message: MessageRef): Promise<ArrayBuffer | undefined> {
  const source = await fetchSource(context, message.at.mailbox ?? '', message.at.buid ?? '');
  const shown = first(context, 'from');
  if (!source || !shown || message.id !== openIn(context)?.id) return source;
  const address = (shown.getAttribute('title') ?? shown.textContent ?? '').trim().toLowerCase();
  return new TextDecoder().decode(source).toLowerCase().includes(address) ? source : undefined;
}

/** A result has a number in the search only, which ends with the session: its Message-ID names it instead. */
async function named(context: PageContext, open: MessageRef, found: MessageRef): Promise<MessageRef> {
  const idOf = async (message: MessageRef) => {
    const source = await remember(context, message, () => sourceOf(context, message)).catch(() => undefined);
    return source && readMailHeader(source).messageId;
  };
  const id = await idOf(found);
  if (id === undefined) return found;
  if (id === (await idOf(open))) return open;
  const message = { id, at: found.at };
  void remember(context, message, () => remember(context, found, () => sourceOf(context, found)));
  forget(context, found);
  return message;
}
