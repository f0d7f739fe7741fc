/**
 * Any page that offers its messages as links of type `message/rfc822`: archives, small webmails, the demo.
 * The open thread is those links, in document order; a list is rows with a checkbox and a link to such a page.
 */
import { RelaisError } from '../core/errors.ts';
import { squeeze } from '../page/dom.ts';
import { readRow } from '../page/listing.ts';
import { forget, remember } from '../page/remember.ts';
import { readRaw } from '../page/source.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findThread } from './find.ts';

const links = 'a[type^="message/rfc822" i][href], link[type^="message/rfc822" i][href]';

const box = 'input[type="checkbox"]';
const rowsWithBox = `:is(li, tr, [role="row"]):has(${box}):has(a[href])`;
const parts = { subject: '.subject', from: '.from', when: 'time, .date' };

export const page: WebmailPage = {
  id: 'generic',
  name: 'Any page with links to mails',
  origins: [],
  marks: [{ selectors: [links] }],
  slots: [
    { selector: '[data-relais-slot]', since: '2026-11', where: 'append' },
    { selector: '[role="toolbar"]', since: '2026-11', where: 'append' },
    { selector: 'a[type^="message/rfc822" i][href]', since: '2026-11', where: 'before' },
    { selector: 'h1', since: '2026-11', where: 'after' },
  ],
  people: { selector: 'a[href^="mailto:"]', attribute: 'href' },
  // The address; its fragment only where the page uses it as a route, since `#message-3` is the same thread.
  thread: [{ pattern: '^[^#]+(?:#[!/].*)?', shown: links }],
  messages: { selector: links, attributes: ['href'], pattern: '^[^#]+' },
};

export const reader: WebmailReader = {
  async open(context, listed) {
    const { document, page, url } = listed ? await pageOf(context, listed) : context;
    const base = new URL(document.querySelector('base[href]')?.getAttribute('href') ?? '', url);
    const found = [...document.querySelectorAll(links)].map((link) => new URL(link.getAttribute('href') ?? '', base));
    const key = listed?.id ?? findThread(page, document, url);
    if (key === undefined) return undefined;
    const here = found.filter((link) => link.origin === url.origin);
    const elsewhere = found.filter((link) => link.origin !== url.origin);
    const addresses = [...new Set(here.map((link) => link.href.replace(/#.*/, '')))];
    return {
      key,
      subject: document.title.trim(),
      messages: addresses.map((href) => ({ id: href, at: { href } })),
      gaps: elsewhere.map((link) => ({ code: 'message-missing' as const, detail: link.host })),
    };
  },

  async list({ document, url }) {
    const rows = [...document.querySelectorAll(rowsWithBox)].flatMap((row) => {
      const link = row.querySelector<HTMLAnchorElement>('a[href]');
      if (!link || new URL(link.href).origin !== url.origin) return [];
      const id = link.href.replace(/#(?![!/]).*/, '');
      const isTicked = row.querySelector<HTMLInputElement>(box)?.checked ?? false;
      const shown = readRow(row, parts);
      const subject = shown.subject || squeeze(link.textContent ?? '');
      return [{ message: { id, at: {}, href: id }, ...shown, subject, isTicked }];
    });
    return rows.length > 0 ? rows : undefined;
  },

  async source(context, message) {
    const source = await remember(context, message, () => fetchSource(context, message));
    forget(context, message);
    return source;
  },
};

/** The page that shows a row's thread, without showing it: nothing in it runs or loads. */
async function pageOf(context: PageContext, { id }: MessageRef): Promise<PageContext> {
  const response = await context.fetch(id);
  const url = new URL(response.url || id);
  return { ...context, url, document: new DOMParser().parseFromString(await response.text(), 'text/html') };
}

async function fetchSource(context: PageContext, message: MessageRef): Promise<ArrayBuffer | undefined> {
  const raw = await readRaw(await context.fetch(message.at.href ?? message.id));
  if (raw === 'page') throw new RelaisError('webmail-signed-out', 'A link to a mail answered with a web page');
  return raw;
}
