/** A message as Markdown, for ticket systems that take nothing else. */
import { gfm } from '@joplin/turndown-plugin-gfm';
import TurndownService from 'turndown';
import { imageName } from './text.ts';

/** The library joins its pieces anew for each child: beyond this it would take seconds. */
const limits = { elements: 8_000, characters: 400_000 } as const;

let service: TurndownService | undefined;

/** Markdown of a sanitised body; empty where it is too much, and its text must do. */
export function markdownOf(body: HTMLElement): string {
  const characters = body.textContent?.length ?? 0;
  if (characters > limits.characters || body.getElementsByTagName('*').length > limits.elements) return '';
  service ??= makeService();
  return service.turndown(body).trim();
}

/** Plain text as Markdown that reads the same: its marks are letters, its lines end where they did. */
export function markdownOfText(text: string): string {
  return text
    .replace(/[\\`*_[\]<]/g, '\\$&')
    .replace(/^(\s{0,3})([#+-]|\d{1,9}(?=[.)]))/gm, (_, blank: string, mark: string) =>
      /\d/.test(mark) ? `${blank}${mark}\\` : `${blank}\\${mark}`,
    )
    .replace(/([^\s\n])[ \t]*\n(?=[^\n])/g, '$1  \n');
}

function makeService(): TurndownService {
  const made = new TurndownService({ headingStyle: 'atx', bulletListMarker: '-', codeBlockStyle: 'fenced', emDelimiter: '*', hr: '---' });
  made.use(gfm);
  // An address inside the mail leads nowhere outside of it.
  made.addRule('image', { filter: 'img', replacement: (_, node) => named(node as Element) });
  made.addRule('hidden', { filter: (node) => /(?:^|;)\s*display:\s*none/i.test(node.getAttribute('style') ?? ''), replacement: () => '' });
  return made;
}

function named(image: Element): string {
  const name = imageName(image).replace(/[\\`*_[\]<]/g, '\\$&');
  return name ? `\\[${name}\\]` : '';
}
