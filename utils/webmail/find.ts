import type { WebmailPage } from './adapter.ts';

/** The one adapter that reads any page with links to raw mails; asked only when no other knows the page. */
const lastId = 'generic';

/** The adapter of this page; `undefined` where none knows it. */
export function findPage(pages: readonly WebmailPage[], document: Document, url: URL): WebmailPage | undefined {
  const own = pages.find((page) => page.id !== lastId && page.recognise(document, url));
  return own ?? pages.find((page) => page.id === lastId && page.recognise(document, url));
}
