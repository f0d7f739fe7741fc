/**
 * Any page that offers its messages as links of type `message/rfc822`: archives, small webmails, the demo.
 * The open thread is those links, in document order.
 */
import { RelaisError } from '../core/errors.ts';
import { forget, remember } from '../page/remember.ts';
import { readRaw } from '../page/source.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findThread } from './find.ts';

const links = 'a[type^="message/rfc822" i][href], link[type^="message/rfc822" i][href]';

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
  // The address; its fragment only where the page uses it as a route, since `#message-3` is the same thread.
  thread: [{ pattern: '^[^#]+(?:#[!/].*)?', shown: links }],
  messages: { selector: links, attributes: ['href'], pattern: '^[^#]+' },
};

export const reader: WebmailReader = {
  async open({ document, page, url }) {
    const found = [...document.querySelectorAll(links)].map((link) => new URL(link.getAttribute('href') ?? '', document.baseURI));
    const key = findThread(page, document, url);
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

  async source(context, message) {
    const source = await remember(context, message, () => fetchSource(context, message));
    forget(context, message);
    return source;
  },
};

async function fetchSource(context: PageContext, message: MessageRef): Promise<ArrayBuffer | undefined> {
  const raw = await readRaw(await context.fetch(message.at.href ?? message.id));
  if (raw === 'page') throw new RelaisError('webmail-signed-out', 'A link to a mail answered with a web page');
  return raw;
}
