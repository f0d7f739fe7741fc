/**
 * The page rung of the ladder, for webmails that show a thread as a list of messages: by the names `message`, `subject`,
 * `from`, `to`, `cc`, `body`, `attachment` of the adapter's selectors, and `draft`, `more` where there are such things.
 */
import type { Gap } from '../core/thread.ts';
import type { MessageRef, OpenThread, PageContext, PageMessage } from '../webmail/adapter.ts';
import { findThread } from '../webmail/find.ts';
import { quoted, squeeze } from './dom.ts';
import { all, first, viewOf } from './select.ts';

interface Shown {
  readonly message: MessageRef;
  readonly element: Element;
}

type IdOf = (element: Element) => string | null | undefined;

/** Messages in the page, in its order. One without an id is named after its place: threads grow at their end. */
export function shownMessages(context: PageContext, key: string, idOf: IdOf): Shown[] {
  const drafts = new Set(all(context, 'draft'));
  const elements = all(context, 'message', viewOf(context)).filter((element) => !drafts.has(element));
  const seen = new Set<string>();
  return elements.flatMap((element, index) => {
    const id = idOf(element) || (elements.length === 1 ? key : `${key}#${index + 1}`);
    if (seen.has(id)) return [];
    seen.add(id);
    return { message: { id, at: {} }, element };
  });
}

/** The open thread as the page lists it; `undefined` where none is open or none of its messages is found. */
export function openShown(context: PageContext, idOf: IdOf, gaps: readonly Gap[] = []): OpenThread | undefined {
  const key = findThread(context.page, context.document, context.url);
  if (key === undefined) return undefined;
  const messages = shownMessages(context, key, idOf).map(({ message }) => message);
  const account = mailboxIn(context.document.title);
  const isPart = all(context, 'more').length > 0;
  return {
    key,
    ...(account ? { account } : {}),
    subject: subjectOf(context),
    messages: messages.length > 0 ? messages : [{ id: key, at: {} }],
    gaps: isPart ? [...gaps, { code: 'thread-not-searched' }] : gaps,
  };
}

/** What the page shows of one message; `undefined` for one that is folded away: its words are not in the page. */
export function readShown(
  context: PageContext,
  { id }: MessageRef,
  idOf: IdOf,
  personOf: (element: Element) => string | undefined = person,
): (PageMessage & { readonly source: 'page' }) | undefined {
  const key = findThread(context.page, context.document, context.url);
  const element = key === undefined ? undefined : shownMessages(context, key, idOf).find(({ message }) => message.id === id)?.element;
  const root = element && withBody(context, element);
  const html = root && all(context, 'body', root).map(markupOf).join('');
  if (!html) return undefined;
  const people = (name: string) => [...new Set(all(context, name, root).flatMap((one) => personOf(one) ?? []))];
  const from = people('from')[0];
  const sentAt = exactTime(first(context, 'date', root)?.getAttribute('datetime'));
  return {
    source: 'page',
    subject: subjectOf(context),
    ...(from ? { from } : {}),
    to: people('to'),
    cc: people('cc'),
    ...(sentAt ? { sentAt } : {}),
    html,
    attachments: all(context, 'attachment', root).flatMap(attachmentOf),
  };
}

/** Where only a message's head can be told, the body lies beside it: the ancestor that has both, and no other message. */
function withBody(context: PageContext, element: Element): Element {
  let root = element;
  while (all(context, 'body', root).length === 0) {
    const { parentElement } = root;
    if (!parentElement || all(context, 'message', parentElement).length > 1) return element;
    root = parentElement;
  }
  return root;
}

function subjectOf(context: PageContext): string {
  const subject = first(context, 'subject', viewOf(context));
  return squeeze(subject?.getAttribute('title') || subject?.textContent || '');
}

/** A frame's content, where it is of the same origin; else the element's own. */
function markupOf(body: Element): string {
  if (body.localName !== 'iframe') return body.innerHTML;
  return (body as HTMLIFrameElement).contentDocument?.body?.innerHTML ?? '';
}

/** `Name <address>`, an address, or a name alone, of an element that shows somebody. */
function person(element: Element): string | undefined {
  const text = squeeze(element.textContent ?? '').slice(0, 500);
  const told = ['email', 'data-email', 'title', 'href'].map((name) => element.getAttribute(name) ?? '');
  const address = [...told, text].map(mailboxIn).find(Boolean);
  const bare = address ? text.replace(address, '').replace(/[<>()\s]+$/, '') : text;
  return participant(squeeze(element.getAttribute('name') || bare), address);
}

/** A participant as `PageMessage` has it; `undefined` for nobody. */
export function participant(name: string, address: string | undefined): string | undefined {
  if (!address) return name ? quoted(name) : undefined;
  return name && name !== address ? `${quoted(name)} <${address}>` : address;
}

/** The last mail address in a short text. */
export function mailboxIn(text: string): string | undefined {
  return text
    .slice(0, 1_000)
    .replace(/^mailto:|\?.*$/gi, '')
    .split(/[\s<>()[\],;:"]+/)
    .findLast((word) => /^[^@]+@[^@.]+\.[^@]+$/.test(word));
}

function exactTime(value: string | null | undefined): string | undefined {
  return /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(value ?? '') ? (value ?? undefined) : undefined;
}

/** Chromium's `download_url` attribute is `type:name:address`. */
function attachmentOf(element: Element): NonNullable<PageMessage['attachments']>[number][] {
  const [, mediaType, named] = /^([^:]*):([^:]*):/.exec(element.getAttribute('download_url') ?? '') ?? [];
  const filename = (named && decoded(named)) || element.getAttribute('title') || squeeze(element.textContent ?? '');
  return filename ? [{ filename, ...(mediaType ? { mediaType } : {}) }] : [];
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
