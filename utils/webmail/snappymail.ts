/** SnappyMail (and RainLoop, which it comes from): one message at a time. What is known of it: `docs/webmails.md`. */
import { parseMailbox } from '../core/mailbox.ts';
import { fetchJson, listedReader } from '../page/listed.ts';
import { once } from '../page/remember.ts';
import { all, first } from '../page/select.ts';
import type { PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findThread } from './find.ts';

export const page: WebmailPage = {
  id: 'snappymail',
  name: 'SnappyMail',
  origins: [],
  marks: [{ selectors: ['#rl-app', '#V-MailMessageView'] }],
  slots: [
    { selector: '#V-MailMessageView .message-fixed-button-toolbar', since: '2026-11', where: 'append' },
    { selector: '#V-MailMessageView .top-toolbar', since: '2026-11', where: 'append' },
    { selector: '#V-MailMessageView .subjectParent', since: '2026-11', where: 'append' },
  ],
  // Behind the folder, `~` and the number of the thread in its list.
  thread: [{ pattern: '#/mailbox/([^/~]+)(?:~\\d+)?/m(\\d+)', shown: '#V-MailMessageView .messageView' }],
  selectors: {
    // The links of the menu, there while the message is shown; those of attachments say `Download` as well.
    raw: { css: ['#V-MailMessageView a[href*="?/Raw/"][href*="ViewAsPlain"]'], since: '2026-11', required: true },
    subject: { css: ['#V-MailMessageView .subjectParent .subject'], since: '2026-11', required: true },
    from: { css: ['#V-MailMessageView .informationShort .from[title]'], since: '2026-11' },
    date: { css: ['#V-MailMessageView time.date[datetime]', '#V-MailMessageView time[datetime]'], since: '2026-11' },
    body: { css: ['#V-MailMessageView .bodyText .b-text-part', '#V-MailMessageView .bodyText'], since: '2026-11' },
    attachment: { css: ['#V-MailMessageView .attachmentItem[title]'], since: '2026-11' },
  },
};

const subjectIn = (context: PageContext) => first(context, 'subject')?.textContent?.trim() ?? '';

/** Its numbers for a token and a log-in that hold no more. */
const endings: readonly unknown[] = [101, 102];

const isSignedOut = once(async (context) => {
  const told = (await fetchJson(context, new URL('?/Json/&q[]=/0/Quota/', context.url))) as { ErrorCode?: unknown } | undefined;
  return told === undefined || endings.includes(told?.ErrorCode);
});

export const reader: WebmailReader = listedReader({
  async list(context) {
    const key = findThread(context.page, context.document, context.url);
    if (key === undefined) return undefined;
    const open = { id: key, at: {} };
    return { key, subject: subjectIn(context), open, messages: [open], complete: false };
  },

  /** The link for reading shows the source as text; the same key downloads the mail itself. */
  sources(context, { id }) {
    const href = first(context, 'raw')?.getAttribute('href');
    if (!href || findThread(context.page, context.document, context.url) !== id) return [];
    return [new URL(href.replace('ViewAsPlain', 'Download'), context.url), new URL(href, context.url)];
  },

  // Whatever fails is answered with an empty web page; asked for data, the webmail says why.
  async hasEnded(context, { status, url }) {
    return status === 200 && url.includes('?/Raw/') ? isSignedOut(context) : undefined;
  },

  async read(context, { id }) {
    if (findThread(context.page, context.document, context.url) !== id) return undefined;
    const from = first(context, 'from')?.getAttribute('title') ?? '';
    const sentAt = first(context, 'date')?.getAttribute('datetime') ?? '';
    return {
      source: 'page',
      subject: subjectIn(context),
      ...(parseMailbox(from) ? { from } : {}),
      ...(/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(sentAt) ? { sentAt } : {}),
      html: first(context, 'body')?.innerHTML ?? '',
      attachments: all(context, 'attachment').flatMap((item) => {
        const filename = item.querySelector('.attachmentName')?.textContent?.trim() || item.getAttribute('title')?.trim();
        return filename ? [{ filename }] : [];
      }),
    };
  },
});
