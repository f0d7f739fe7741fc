/** Puts an address into the mail that a person is writing: the one place where a page is written to, and only as they ask. */
import type { WebmailPage } from '../core/webmail-page.ts';
import { matches } from './select.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The webmail's field for Cc, unfolded where it was folded; else the field that the person stands in, if it takes a text of one line or more. */
export function findField(page: WebmailPage | undefined, document: Document): Field | HTMLElement | undefined {
  const compose = page?.compose;
  const [known] = compose ? matches(document, compose.cc) : [];
  if (known && compose && isField(known)) {
    if (compose.folded) for (const folded of matches(document, compose.folded.selector)) folded.classList.remove(compose.folded.class);
    if (compose.opener && !(known.checkVisibility?.() ?? true)) document.querySelector<HTMLElement>(compose.opener)?.click();
    return known;
  }
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  if (!(active instanceof HTMLElement)) return undefined;
  return isField(active) || active.isContentEditable ? active : undefined;
}

/** Behind what stands there, as if it were typed; nothing is added twice. Whether it stands there afterwards. */
export function addAddress(field: Field | HTMLElement, mailbox: string): boolean {
  const bare = /<(.*)>$/.exec(mailbox)?.[1] ?? mailbox;
  if (!isField(field)) return field.ownerDocument.execCommand('insertText', false, mailbox);
  if (field.value.toLowerCase().includes(bare.toLowerCase())) return true;
  const before = field.value.replace(/[\s,;]{1,100}$/, '');
  field.value = before === '' ? mailbox : `${before}, ${mailbox}`;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
  return true;
}

/** By name: an element of another window is of another class. */
function isField(element: Element): element is Field {
  const type = element.getAttribute('type') ?? 'text';
  return element.localName === 'textarea' || (element.localName === 'input' && ['text', 'email', 'search', ''].includes(type));
}
