/** Open-Xchange App Suite 7.10 and 8. What is known of its pages: `docs/webmails.md`. */
import { within } from '../page/dom.ts';
import { isShown, listedReader } from '../page/listed.ts';
import { all, first } from '../page/select.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findThread } from './find.ts';

export const page: WebmailPage = {
  id: 'open-xchange',
  name: 'Open-Xchange App Suite',
  origins: [],
  marks: [
    { selectors: ['[data-app-name^="io.ox/"], #io-ox-core'], address: '/appsuite/' },
    { selectors: ['article.mail-detail[data-cid]', '.thread-view-list'] },
  ],
  slots: [
    { selector: '[data-toolbar="io.ox/mail/links/inline"]', since: '2026-11', where: 'append', wrap: 'li' },
    { selector: '.thread-view-list h1.subject', since: '2026-11', where: 'after' },
  ],
  thread: [{ selector: '.thread-view-list article.mail-detail[data-cid]', attribute: 'data-cid' }],
  selectors: {
    message: { css: ['.thread-view-list article.mail-detail[data-cid]'], since: '2026-11', required: true },
    open: { css: ['.thread-view-list article.mail-detail.expanded[data-cid]'], since: '2026-11' },
    subject: { css: ['.thread-view-list h1.subject', 'h1.subject'], since: '2026-11' },
    sender: { css: ['.detail-view-header .person-link', '.person-link'], since: '2026-11' },
    body: { css: ['section.body iframe.mail-detail-frame', '.mail-detail-content'], since: '2026-11' },
    attachment: { css: ['section.attachments a[data-downloadurl]'], since: '2026-11' },
    // Pictures and links of the page to its own API, which name the session as each of its requests must.
    api: { css: ['[src*="/api/"][src*="session="]', '[href*="/api/"][href*="session="]'], since: '2026-11' },
  },
};

/** Folder and number, divided by the last dot. */
function refOf(article: Element): MessageRef {
  const id = article.getAttribute('data-cid') ?? '';
  const [, folder = '', number = ''] = /^(.*)\.([^.]*)$/s.exec(id) ?? [];
  return { id, at: { folder, number } };
}

const shownIn = (context: PageContext, name: string) => all(context, name).filter(isShown);

/** Where the API is, and the session that its requests name beside the cookie: from addresses that stand in the page, nowhere else. */
function apiOf(context: PageContext): { readonly root: string; readonly session: string } | undefined {
  const named = all(context, 'api').map((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '');
  for (const address of named) {
    const found = URL.canParse(address, context.url) ? new URL(address, context.url) : undefined;
    const root = /^.*?\/api\//.exec(found?.pathname ?? '')?.[0];
    const session = found?.searchParams.get('session');
    if (root && session && found?.origin === context.url.origin) return { root, session };
  }
  return undefined;
}

export const reader: WebmailReader = listedReader({
  async list(context) {
    const key = findThread(context.page, context.document, context.url);
    const messages = shownIn(context, 'message').map(refOf);
    const expanded = shownIn(context, 'open')[0];
    const open = expanded ? refOf(expanded) : messages[0];
    if (key === undefined) return undefined;
    const [, folder = '', number = ''] = /^(.*)\.([^.]*)$/s.exec(key) ?? [];
    const alone = { id: key, at: { folder, number } };
    const subject = first(context, 'subject')?.textContent?.trim();
    return {
      key,
      ...(subject ? { subject } : {}),
      open: open ?? alone,
      messages: messages.length > 0 ? messages : [alone],
      complete: messages.length > 0,
    };
  },

  sources(context, { at }) {
    const api = apiOf(context);
    if (!api) return [];
    const query = { action: 'get', folder: at.folder ?? '', id: at.number ?? '', src: '1', save: '1', session: api.session };
    return [new URL(`${api.root}mail?${new URLSearchParams(query)}`, context.url.origin)];
  },

  // Errors come with status 200, as scripts in older versions; those of sessions have names that begin alike.
  async hasEnded(_, answer) {
    if (!/\b(?:json|javascript)\b/i.test(answer.headers.get('content-type') ?? '')) return undefined;
    const told = (await answer.json().catch(() => undefined)) as { code?: unknown } | null | undefined;
    return (typeof told?.code === 'string' && told.code.startsWith('SES-')) || undefined;
  },

  async read(context, { id }) {
    const article = shownIn(context, 'message').find((candidate) => candidate.getAttribute('data-cid') === id);
    const body = article && first(context, 'body', article);
    if (!body) return undefined;
    const frame = body.localName === 'iframe' ? (body as HTMLIFrameElement).contentDocument?.body : body;
    const sender = first(context, 'sender', article)?.getAttribute('title') ?? '';
    const subject = within(context.document, page.selectors?.subject?.css[0] ?? '');
    return {
      source: 'page',
      ...(subject ? { subject } : {}),
      ...(sender.includes('@') ? { from: sender } : {}),
      html: frame?.innerHTML ?? '',
      attachments: all(context, 'attachment', article).flatMap((link) => {
        // `type:name:address`, the name encoded.
        const name = /^[^:]*:([^:]*):/.exec(link.getAttribute('data-downloadurl') ?? '')?.[1];
        return name ? [{ filename: name }] : [];
      }),
    };
  },
});
