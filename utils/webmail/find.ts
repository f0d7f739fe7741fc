/** Reads an adapter's data against a page: whose is it, and what is open in it. Cheap: asked again after changes. */
import type { Marks, MessageRule, RowRule, ThreadRule, WebmailPage } from '../core/webmail-page.ts';

/** The one adapter that reads any page with links to raw mails; asked only when no other knows the page. */
const lastId = 'generic';

/** The adapter of this page; `undefined` where none knows it. */
export function findPage(pages: readonly WebmailPage[], document: Document, url: URL): WebmailPage | undefined {
  const known = (page: WebmailPage) => isRecognised(page, document, url);
  return (
    pages.find(({ origins }) => origins.includes(url.origin)) ??
    pages.find((page) => page.id !== lastId && known(page)) ??
    pages.find((page) => page.id === lastId && known(page))
  );
}

/** Whether this adapter knows the page, by its address or by its marks. */
export function isRecognised({ origins, marks = [] }: WebmailPage, document: Document, url: URL): boolean {
  return origins.includes(url.origin) || marks.some((all) => hasMarks(all, document, url));
}

function hasMarks({ selectors, script, address }: Marks, document: Document, url: URL): boolean {
  return (
    (address === undefined || new RegExp(address).test(url.href)) &&
    selectors.every((selector) => document.querySelector(selector)) &&
    (script === undefined || [...document.scripts].some(({ text }) => text.includes(script)))
  );
}

/** The frame that shows the open message, where there is one. By id, which costs nothing on a page of any size. */
export function findFrame({ frames = [] }: WebmailPage, document: Document): HTMLIFrameElement | undefined {
  for (const id of frames) {
    const frame = document.getElementById(id);
    if (frame?.localName === 'iframe') return frame as HTMLIFrameElement;
  }
  return undefined;
}

/** The key of the open thread; `undefined` where none is open. A frame's address is its document's: the attribute `src` never changes. */
export function findThread(page: WebmailPage, document: Document, url: URL): string | undefined {
  const inner = findFrame(page, document)?.contentDocument;
  const places = inner ? ([[inner, inner.URL] as const, [document, url.href] as const] as const) : ([[document, url.href]] as const);
  for (const [place, address] of places) {
    for (const rule of page.thread) {
      const key = understood(() => keyBy(rule, place, address));
      if (key) return key;
    }
  }
  return undefined;
}

interface Named {
  readonly id: string;
  /** Absent where it counts whether it is shown or not. */
  readonly element?: Element;
}

/** The messages of the thread with this key as the page names them, those of views that it keeps hidden among them. Cheap: asked again after changes. */
export function findMessages({ messages: rule }: WebmailPage, document: Document, key: string): readonly Named[] {
  if (!rule) return [];
  if ('row' in rule) return findRows(rule, document, key);
  return [...document.querySelectorAll(rule.selector)].flatMap((element) => {
    const id = idBy(rule, element);
    return id ? [{ id, element }] : [];
  });
}

/** Ids of those that are shown, each once. Makes the browser compute styles. */
export function shownIds(messages: readonly Named[]): readonly string[] {
  return [...new Set(messages.filter(({ element }) => element?.checkVisibility?.() ?? true).map(({ id }) => id))];
}

/** Up to the thread's first row, then down to the next thread's: a list of any length costs no more than one thread. */
function findRows({ row: prefix, answer }: RowRule, document: Document, key: string): readonly Named[] {
  const at = key.lastIndexOf('/') + 1;
  const named: Named[] = [];
  let row: Element | null = document.getElementById(prefix + btoa(key.slice(at)).replace(/=+$/, ''));
  while (row?.matches(answer) && row.previousElementSibling) row = row.previousElementSibling;
  for (; row && (named.length === 0 || row.matches(answer)); row = row.nextElementSibling)
    named.push({ id: key.slice(0, at) + atob(row.id.slice(prefix.length)) });
  return named;
}

function idBy({ attributes, pattern = '.+' }: MessageRule, element: Element): string | undefined {
  for (const name of attributes) {
    const value = element.getAttribute(name);
    if (!value) continue;
    const { baseURI, ownerDocument } = element;
    const address = name === 'href' && URL.canParse(value, baseURI) ? new URL(value, baseURI) : undefined;
    if (address && address.origin !== new URL(ownerDocument.URL).origin) return undefined;
    return new RegExp(pattern).exec(address?.href ?? value)?.[0];
  }
  return undefined;
}

const address = /[^\s<>:;"(),?]{1,200}@[^\s<>;"(),?]{1,250}/;

/** Addresses of the people that the page names with the open thread, each once; none without a rule. */
export function findPeople(page: WebmailPage, document: Document): readonly string[] {
  const { people } = page;
  if (!people) return [];
  const place = findFrame(page, document)?.contentDocument ?? document;
  const texts = [...place.querySelectorAll(people.selector)].map((one) =>
    people.attribute ? one.getAttribute(people.attribute) : one.textContent,
  );
  return [...new Set(texts.flatMap((text) => address.exec((text ?? '').slice(0, 1_000))?.[0] ?? []))];
}

/** Selectors may come from settings: a rule that no browser understands gives nothing. */
function understood(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function keyBy(rule: ThreadRule, document: Document, address: string): string | undefined {
  if (rule.shown !== undefined && !document.querySelector(rule.shown)) return undefined;
  const read = rule.query ? queried(address, rule.query) : rule.selector ? attributeOf(document, rule.selector, rule.attribute) : address;
  if (!read || rule.pattern === undefined) return read;
  const match = new RegExp(rule.pattern, 's').exec(read);
  if (!match) return undefined;
  const groups = match.slice(1).map((group) => (rule.query || rule.selector ? group : decoded(group)));
  if (groups.length === 0) return match[0];
  if (rule.key === undefined) return groups.join('/');
  return rule.key.replace(/\$(\d)/g, (_, number) => groups[number - 1] ?? '');
}

function queried(address: string, names: readonly string[]): string | undefined {
  const values = names.map((name) => new URL(address).searchParams.get(name));
  return values.includes(null) ? undefined : values.join('/');
}

/** Webmails keep the views that were open before, hidden. */
function attributeOf(document: Document, selector: string, attribute = 'id'): string | undefined {
  const found = [...document.querySelectorAll(selector)];
  const shown = found.length > 1 ? found.find((element) => element.checkVisibility?.() ?? true) : found[0];
  return shown?.getAttribute(attribute) ?? undefined;
}

function decoded(group = ''): string {
  try {
    return decodeURIComponent(group);
  } catch {
    return group;
  }
}
