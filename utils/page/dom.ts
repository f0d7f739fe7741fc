/** Small readings of a page's elements. None changes anything. */
import type { PageMessage } from '../webmail/adapter.ts';

/** The element's own text without that of its children: labels for screen readers and links stand in those. */
export function ownText(element: Element | null): string {
  const texts = [...(element?.childNodes ?? [])].filter((node) => node.nodeType === 3);
  return squeeze(texts.map((node) => node.textContent).join(' '));
}

/** Text of the first match, on one line; empty where there is none. */
export function within(root: ParentNode, selector: string): string {
  return squeeze(root.querySelector(selector)?.textContent ?? '');
}

/** `Name <address>` of links whose `title` is the address. */
export function addressesIn(root: ParentNode | null, selector: string): string[] {
  return [...(root?.querySelectorAll(selector) ?? [])].flatMap((link) => {
    const name = squeeze(link.textContent ?? '');
    const address = link.getAttribute('title')?.trim() || (name.includes('@') ? name : '');
    if (!address) return [];
    return [name === '' || name === address ? address : `${quoted(name)} <${address}>`];
  });
}

/** Attachments that the page lists as links. */
export function attachmentsIn(root: ParentNode, links: string, names: string): NonNullable<PageMessage['attachments']> {
  return [...root.querySelectorAll<HTMLAnchorElement>(links)].map((link) => ({
    filename: within(link, names) || squeeze(link.textContent ?? ''),
    url: link.href,
  }));
}

function quoted(name: string): string {
  return /[^\p{L}\p{N} .'_-]/u.test(name) ? `"${name.replace(/[\\"]/g, '\\$&')}"` : name;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
