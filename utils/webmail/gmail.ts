/** Gmail, any account (`/mail/u/1/`) and delegated mailboxes (`/mail/b/…/u/0/`). Ids last there, class names do not. */
import { openShown, readShown } from '../page/shown.ts';
import { readRaw } from '../page/source.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';

export const page: WebmailPage = {
  id: 'gmail',
  name: 'Gmail',
  origins: ['https://mail.google.com'],
  elsewhere: ['https://mail-attachment.googleusercontent.com'],
  pace: [
    { requests: 7, ms: 1_000 },
    { requests: 50, ms: 10_000 },
  ],
  slots: [
    { selector: '[role="main"] .V8djrc.byY', since: '2026-07', where: 'append' },
    { selector: '[role="main"] h2[data-legacy-thread-id]', since: '2026-07', where: 'after' },
    { selector: '[role="main"] .ha h2', since: '2026-07', where: 'after' },
    { selector: '[gh="tm"] [gh="mtb"]', since: '2026-07', where: 'append' },
  ],
  people: { selector: '[role="main"] .adn span[email]', attribute: 'email' },
  // The token in the address tells nothing; rows of a list carry ids of threads that are not open.
  thread: [
    { selector: '[role="main"] h2[data-legacy-thread-id]', attribute: 'data-legacy-thread-id' },
    { selector: '[role="main"] [data-legacy-thread-id]:not(tr *)', attribute: 'data-legacy-thread-id' },
    { selector: '[role="main"] [data-thread-perm-id]:not(tr *)', attribute: 'data-thread-perm-id', pattern: '^thread-[af]:.*\\d' },
  ],
  messages: {
    selector: '[role="main"] div.adn[data-message-id]',
    attributes: ['data-legacy-message-id', 'data-message-id'],
    pattern: '[^#].*',
  },
  selectors: {
    view: { css: ['[role="main"]'], since: '2026-07' },
    message: { css: ['div.adn[data-message-id]', '[role="listitem"] [data-legacy-message-id]'], since: '2026-07', required: true },
    subject: { css: ['[role="main"] .ha h2', 'h2.hP'], since: '2026-07', required: true },
    from: { css: ['td.gF span[email]', 'h3.iw span[email]', 'span.gD[email]'], since: '2026-07', required: true },
    to: { css: ['.hb span[email]', 'span.g2[email]'], since: '2026-07' },
    body: { css: ['div.ii.gt div.a3s', 'div.a3s'], since: '2026-07', required: true },
    attachment: { css: ['.aZo[download_url]', '[download_url]'], since: '2026-07' },
  },
};

/** A message that was just sent has no short id yet. */
const idOf = (element: Element) =>
  element.getAttribute('data-legacy-message-id') || element.getAttribute('data-message-id')?.replace(/^#/, '');

export const reader: WebmailReader = {
  async open(context) {
    return openShown(context, idOf);
  },
  async source(context, message) {
    const raw = await readRaw(await context.fetch(sourceAddress(context, message)));
    return raw === 'page' ? undefined : raw;
  },
  async read(context, message) {
    return readShown(context, message, idOf);
  },
};

/** Redirects to the host that hands attachments out. The account is in the path. */
function sourceAddress({ url }: PageContext, { id }: MessageRef): URL {
  const address = new URL(url.pathname, url.origin);
  address.search = new URLSearchParams({
    view: 'att',
    ...(/^[0-9a-f]+$/.test(id) ? { th: id } : { permmsgid: id }),
    attid: '0',
    disp: 'comp',
    safe: '1',
    zw: '',
  }).toString();
  return address;
}
