/** Zimbra: classic client, standard HTML client, modern client. What is known of its pages: `docs/webmails.md`. */
import { addressesOf } from '../page/dom.ts';
import { isShown, listedReader } from '../page/listed.ts';
import { all, first } from '../page/select.ts';
import { zimbraHasEnded, zimbraSources } from '../page/zimbra-sources.ts';
import type { MessageRef, PageContext, WebmailPage, WebmailReader } from './adapter.ts';
import { findThread } from './find.ts';

/** The classic client hides its views by moving them far to the left. */
const seen = ':not([style*="-10000px"], [style*="-10000px"] *)';
const view = `.ZmConvView2${seen}`;
const header = `.MsgHeaderTable${seen}`;

export const page: WebmailPage = {
  id: 'zimbra',
  name: 'Zimbra',
  origins: [],
  marks: [
    { selectors: ['[class*="Dwt"]'], script: 'launchZCS' },
    { selectors: ['a#OPSHOWORIG'], address: '/h/' },
    { selectors: ['[src*="/modern/"], [href*="/modern/"]'], address: '^https?://[^/]+/modern/email/' },
  ],
  // The classic client lays its toolbars out by numbers: nothing may go in there.
  slots: [
    { selector: `${view} .Conv2Header`, since: '2026-11', where: 'append' },
    { selector: `${header} .SubjectCol`, since: '2026-11', where: 'append' },
    { selector: 'a#OPSHOWORIG', since: '2026-11', where: 'after' },
    { selector: 'main [role="toolbar"]', since: '2026-11', where: 'append' },
  ],
  thread: [
    {
      selector: `li.Row-selected[id^="zli__"]${seen}`,
      attribute: 'id',
      pattern: '__(-?(?:[\\da-f-]{36}:)?\\d+)$',
      shown: `${view}, ${header}`,
    },
    // In a tab of its own, without a list: the conversation's first message.
    { selector: `${view} .ZmMailMsgCapsuleView[id]`, attribute: 'id', pattern: '[a-zA-Z]((?:[\\da-f-]{36}:)?\\d+)$' },
    { query: ['id'], pattern: '^-?[\\w:-]+$', shown: 'a#OPSHOWORIG' },
    { pattern: '/modern/email/[^?#]*?(?:message/|conversation/(?=-))(-?[\\da-f-]*:?\\d+)' },
  ],
  selectors: {
    view: { css: [view], since: '2026-11' },
    message: { css: [`.ZmMailMsgCapsuleView[id]${seen}`], since: '2026-11' },
    open: { css: [`.ZmMailMsgCapsuleView.Expanded[id]${seen}`], since: '2026-11' },
    subject: { css: [`.Conv2Header${seen}`, `${header} .SubjectCol`], since: '2026-11' },
    from: { css: [`[id$="_from"]${seen} [title*="@"]`], since: '2026-11' },
    to: { css: [`[id$="_to"]${seen} [title*="@"]`], since: '2026-11' },
    cc: { css: [`[id$="_cc"]${seen} [title*="@"]`], since: '2026-11' },
    body: { css: [`[id$="_body"]${seen}`], since: '2026-11' },
  },
};

/** A capsule's id ends with the message's, after letters; a draft that was never saved has a negative one. */
function idIn(capsule: Element): string | undefined {
  const [, sign, id] = /(-?)((?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}:)?\d+)$/.exec(capsule.id) ?? [];
  return sign === '' ? id : undefined;
}

const refOf = (id: string): MessageRef => ({ id, at: { id } });

const viewOf = (context: PageContext): ParentNode => all(context, 'view').find(isShown) ?? context.document;

/** The message that is unfolded last, in the conversation that is on screen. */
function openIn(context: PageContext): { readonly open: MessageRef; readonly messages: readonly MessageRef[] } | undefined {
  const key = findThread(context.page, context.document, context.url);
  if (key === undefined) return undefined;
  const idsOf = (name: string) => all(context, name, viewOf(context)).flatMap((capsule) => idIn(capsule) ?? []);
  const ids = idsOf('message');
  const open = idsOf('open').at(-1) ?? ids.at(-1);
  // A conversation of one has its message's number, negative; elsewhere the row or the address is the message's.
  return open ? { open: refOf(open), messages: ids.map(refOf) } : { open: refOf(key.replace(/^-/, '')), messages: [] };
}

export const reader: WebmailReader = listedReader({
  async list(context) {
    const shown = openIn(context);
    const key = findThread(context.page, context.document, context.url);
    if (!shown || key === undefined) return undefined;
    const subject = first(context, 'subject', viewOf(context))?.textContent?.trim();
    const { open, messages } = shown;
    return { key, ...(subject ? { subject } : {}), open, messages: messages.length > 0 ? messages : [open], complete: messages.length > 0 };
  },
  sources: (context, { at }) => zimbraSources(context, at.id ?? ''),
  hasEnded: zimbraHasEnded,
  async read(context, message) {
    if (openIn(context)?.open.id !== message.id) return undefined;
    const view = viewOf(context);
    const root = all(context, 'message', view).find((capsule) => idIn(capsule) === message.id) ?? view;
    const body = first(context, 'body', root);
    if (!body) return undefined;
    const [from] = addressesOf(all(context, 'from', root));
    const frame = body.querySelector('iframe')?.contentDocument?.body;
    return {
      source: 'page',
      subject: first(context, 'subject', view)?.textContent?.trim() ?? '',
      ...(from ? { from } : {}),
      to: addressesOf(all(context, 'to', root)),
      cc: addressesOf(all(context, 'cc', root)),
      html: (frame ?? body).innerHTML,
    };
  },
});
