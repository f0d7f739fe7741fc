/** Small readings of a page's elements. None changes anything. */
import type { PageMessage } from '../webmail/adapter.ts';

/** The element's text on one line, leaving out what lies in matches of `selector`: labels for screen readers, links. */
export function textWithout(element: Element, selector: string): string {
  const walker = element.ownerDocument.createTreeWalker(
    element,
    4 /* text nodes; the constant has no name in every world that this runs in */,
  );
  const texts: string[] = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement?.closest(selector)) texts.push(walker.currentNode.textContent ?? '');
  return squeeze(texts.join(''));
}

/** Text of the first match, on one line; empty where there is none. */
export function within(root: ParentNode, selector: string): string {
  return squeeze(root.querySelector(selector)?.textContent ?? '');
}

/** `Name <address>` of links whose `title` is the address, each once. */
export function addressesOf(links: Iterable<Element>): string[] {
  const all = [...links].flatMap((link) => {
    const name = squeeze(link.textContent ?? '');
    const address = link.getAttribute('title')?.trim() || (name.includes('@') ? name : '');
    if (!address) return [];
    return [name === '' || name === address ? address : `${quoted(name)} <${address}>`];
  });
  return [...new Set(all)];
}

/** Attachments that the page lists as links. */
export function attachmentsIn(root: ParentNode, links: string, names: string): NonNullable<PageMessage['attachments']> {
  return [...root.querySelectorAll<HTMLAnchorElement>(links)].map((link) => ({
    filename: within(link, names) || squeeze(link.textContent ?? ''),
    url: link.href,
  }));
}

/** A name fit to stand before `<address>`. */
export function quoted(name: string): string {
  return /[^\p{L}\p{N} .'_-]/u.test(name) ? `"${name.replace(/[\\"]/g, '\\$&')}"` : name;
}

/** On one line. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
