/** HTML as readable plain text: paragraphs, lists, tables, quotes and links keep their shape. */
import type { SafeHtml } from '../core/thread.ts';
import { limits } from './limits.ts';
import { Lines } from './lines.ts';
import { tidyText } from './plain.ts';

/** Deeper than any mail; below it the words are kept without their shape, so that no nesting exhausts the stack. */
const deepest = 300;

const paragraphs = new Set(['P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'DL', 'DIR', 'TABLE', 'FIGURE']);
const blocks = new Set([
  'DIV',
  'ADDRESS',
  'ARTICLE',
  'ASIDE',
  'CAPTION',
  'CENTER',
  'DD',
  'DT',
  'FIGCAPTION',
  'FOOTER',
  'HEADER',
  'LI',
  'MAIN',
  'NAV',
  'SECTION',
  'TBODY',
  'TFOOT',
  'THEAD',
  'TR',
]);

/** Plain text of sanitised HTML, LF line ends. Links give their address where it is not what they say. */
export function textOf(html: SafeHtml): string {
  const lines = new Lines();
  walkChildren(new DOMParser().parseFromString(html, 'text/html').body, lines, 0);
  return tidyText(lines.toString());
}

/** Words of markup that can't be sanitised, without any shape. What looks like a tag is left out, not understood. */
export function wordsOf(html: string): string {
  const words = html.slice(0, limits.html).replace(/<[^>]*>?/g, ' ');
  return tidyText(collapse(new DOMParser().parseFromString(words, 'text/html').body.textContent ?? '')).trim();
}

function walkChildren(parent: Node, lines: Lines, depth: number): void {
  for (let child = parent.firstChild; child; child = child.nextSibling) walk(child, lines, depth + 1);
}

function walk(node: Node, lines: Lines, depth: number): void {
  if (node.nodeType === Node.TEXT_NODE) lines.word(collapse(node.nodeValue ?? ''));
  else if (node instanceof Element) {
    if (depth > deepest) lines.word(collapse(node.textContent ?? ''));
    else if (!/(?:^|;)\s*display:\s*none/i.test(node.getAttribute('style') ?? '')) element(node, lines, depth);
  }
}

function element(node: Element, lines: Lines, depth: number): void {
  const shape = shapes[node.tagName];
  if (shape) {
    shape(node, lines, depth);
    return;
  }
  const isParagraph = paragraphs.has(node.tagName);
  const isBlock = blocks.has(node.tagName);
  if (isParagraph) lines.blank();
  else if (isBlock) lines.endLine();
  walkChildren(node, lines, depth);
  if (isParagraph) lines.blank();
  else if (isBlock) lines.endLine();
}

type Shape = (node: Element, lines: Lines, depth: number) => void;

const shapes: Readonly<Record<string, Shape>> = {
  BR: (_, lines) => lines.breakLine(),
  HR: (_, lines) => {
    lines.endLine();
    lines.word('---');
    lines.endLine();
  },
  IMG: image,
  A: link,
  PRE: (node, lines) => {
    lines.blank();
    lines.verbatim((node.textContent ?? '').replace(/\r\n?/g, '\n'));
    lines.blank();
  },
  BLOCKQUOTE: (node, lines, depth) => {
    lines.blank();
    lines.within('> ', '', () => walkChildren(node, lines, depth));
    lines.blank();
  },
  LI: (node, lines, depth) => {
    const marker = markerOf(node, lines);
    lines.within(' '.repeat(marker.length), marker, () => walkChildren(node, lines, depth));
  },
  UL: list,
  OL: list,
  TR: row,
};

/** A list inside a list follows its line; one of its own stands apart. */
function list(node: Element, lines: Lines, depth: number): void {
  const edge = () => (node.parentElement?.closest('li') ? lines.endLine() : lines.blank());
  edge();
  walkChildren(node, lines, depth);
  edge();
}

function markerOf(item: Element, lines: Lines): string {
  const list = item.parentElement;
  if (list?.tagName !== 'OL') return '- ';
  const start = Number.parseInt(list.getAttribute('start') ?? '', 10);
  const number = lines.numbers.get(list) ?? (Number.isNaN(start) ? 1 : start);
  lines.numbers.set(list, number + 1);
  return `${number}. `;
}

/** Cells of one line each stand side by side; a table that only arranges a page is read cell by cell. */
function row(node: Element, lines: Lines, depth: number): void {
  const cells = [...node.children];
  lines.endLine();
  // Tables inside tables arrange a page; besides, their text would be built once for each of them.
  const texts = cells.some((cell) => cell.querySelector('table')) ? undefined : cells.map((cell) => cellText(cell, depth));
  const filled = texts?.filter((text) => text.trim() !== '');
  if (filled?.every((text) => !text.includes('\n') && text.length <= 120)) lines.verbatim(filled.join(' | '));
  else {
    for (const [index, cell] of cells.entries()) {
      if (texts) lines.verbatim(texts[index] ?? '');
      else walkChildren(cell, lines, depth + 1);
      lines.endLine();
    }
  }
  lines.endLine();
}

function cellText(cell: Element, depth: number): string {
  const own = new Lines();
  walkChildren(cell, own, depth + 1);
  return own.toString();
}

function image(node: Element, lines: Lines): void {
  const alternative = collapse(node.getAttribute('alt') ?? '').trim();
  const source = node.getAttribute('src') ?? '';
  const name = alternative || (source.startsWith('cid:') ? source : '');
  if (name) lines.word(`[${name}]`);
}

function link(node: Element, lines: Lines, depth: number): void {
  walkChildren(node, lines, depth);
  const address = node.getAttribute('href') ?? '';
  const shown = collapse(node.textContent ?? '').trim();
  if (address === '' || shown === '' || /^data:/i.test(address)) return;
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/^(?:https?:\/\/|mailto:|tel:)(?:www\.)?/, '')
      .replace(/^www\./, '')
      .replace(/\/$/, '')
      .replace(/\s+/g, '');
  if (bare(address) !== bare(shown)) lines.word(` <${address.replace(/^(?:mailto|tel):/i, '')}>`);
}

/** HTML's blanks are one; a no-break space is a letter. */
function collapse(text: string): string {
  return text.replace(/[ \t\r\n\f]+/g, ' ');
}
