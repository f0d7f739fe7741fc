/** HTML as readable plain text: paragraphs, lists, tables, quotes and links keep their shape. */
import type { SafeHtml } from '../core/thread.ts';
import { type Line, lineOf } from './fold-lines.ts';
import { limits } from './limits.ts';
import { Lines, type Place } from './lines.ts';
import { tidyText } from './plain.ts';
import type { Hints } from './quote-structure.ts';

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

/** A body as lines, with the places of its nodes in them. */
export interface TextOfMarkup {
  readonly lines: readonly Line[];
  readonly places: readonly Place[];
}

/** Plain text of sanitised HTML, LF line ends. Links give their address where it is not what they say. */
export function textOf(html: SafeHtml): string {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  return tidyText(joined(readMarkup(body, new WeakMap()).lines));
}

/** The same, line by line, of a sanitised body whose nodes carry these hints. */
export function readMarkup(body: HTMLElement, hints: Hints): TextOfMarkup {
  const lines = new Lines();
  walkChildren(body, { lines, hints }, 0);
  lines.endLine();
  let top = 0;
  while (top < lines.done.length && lines.done[top]?.trim() === '') top += 1;
  return {
    lines: lines.done.slice(top).map((line, index) => lineOf(tidyLine(line), lines.marks[index + top])),
    places: lines.places.map(({ node, first, last }) => ({ node, first: first - top, last: last - top })),
  };
}

/** The text that lines make. */
export function joined(lines: readonly Line[]): string {
  return lines.map(({ raw }) => raw).join('\n');
}

function tidyLine(line: string): string {
  return line.replace(/[\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{7f}\u{feff}]/gu, '').toWellFormed();
}

/** Words of markup that can't be sanitised, without any shape. What looks like a tag is left out, not understood. */
export function wordsOf(html: string): string {
  const words = html.slice(0, limits.html).replace(/<[^>]*>?/g, ' ');
  return tidyText(collapse(new DOMParser().parseFromString(words, 'text/html').body.textContent ?? '')).trim();
}

interface Reading {
  readonly lines: Lines;
  readonly hints: Hints;
}

function walkChildren(parent: Node, reading: Reading, depth: number): void {
  for (let child = parent.firstChild; child; child = child.nextSibling) walk(child, reading, depth + 1);
}

function walk(node: Node, reading: Reading, depth: number): void {
  const { lines, hints } = reading;
  const hint = hints.get(node);
  const before = lines.mark;
  if (hint === 'start' || hint === 'rule') lines.nextMark = hint;
  else if (hint && before !== 'quote') lines.mark = hint;
  if (node.nodeType === Node.TEXT_NODE) lines.word(collapse(node.nodeValue ?? ''), node);
  else if (node instanceof Element) {
    if (depth > deepest) lines.word(collapse(node.textContent ?? ''), node);
    else if (!/(?:^|;)\s*display:\s*none/i.test(node.getAttribute('style') ?? '')) element(node, reading, depth);
  }
  lines.mark = before;
}

function element(node: Element, reading: Reading, depth: number): void {
  const { lines } = reading;
  const shape = shapes[node.tagName];
  if (shape) {
    shape(node, reading, depth);
    return;
  }
  const isParagraph = paragraphs.has(node.tagName);
  const isBlock = blocks.has(node.tagName);
  if (isParagraph) lines.blank();
  else if (isBlock) lines.endLine();
  walkChildren(node, reading, depth);
  if (isParagraph) lines.blank();
  else if (isBlock) lines.endLine();
}

type Shape = (node: Element, reading: Reading, depth: number) => void;

const shapes: Readonly<Record<string, Shape>> = {
  BR: (_, { lines }) => lines.breakLine(),
  HR: (node, { lines }) => {
    lines.endLine();
    lines.word('---', node);
    lines.endLine();
    lines.nextMark ??= 'rule';
  },
  IMG: image,
  A: link,
  PRE: (node, { lines }) => {
    lines.blank();
    lines.verbatim((node.textContent ?? '').replace(/\r\n?/g, '\n'), node);
    lines.blank();
  },
  BLOCKQUOTE: (node, reading, depth) => {
    // Some programs indent with it, and draw no line: that is no quote.
    const isIndent = reading.hints.get(node) === 'indent' && /border:\s*(?:none|0)/i.test(node.getAttribute('style') ?? '');
    reading.lines.blank();
    reading.lines.within(isIndent ? '    ' : '> ', '', () => walkChildren(node, reading, depth));
    reading.lines.blank();
  },
  LI: (node, reading, depth) => {
    const marker = markerOf(node, reading.lines);
    reading.lines.within(' '.repeat(marker.length), marker, () => walkChildren(node, reading, depth));
  },
  UL: list,
  OL: list,
  TR: row,
};

/** A list inside a list follows its line; one of its own stands apart. */
function list(node: Element, reading: Reading, depth: number): void {
  const edge = () => (node.parentElement?.closest('li') ? reading.lines.endLine() : reading.lines.blank());
  edge();
  walkChildren(node, reading, depth);
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
function row(node: Element, reading: Reading, depth: number): void {
  const { lines } = reading;
  const cells = [...node.children];
  lines.endLine();
  // Tables inside tables arrange a page; besides, their text would be built once for each of them.
  const isLayout = cells.some((cell) => cell.querySelector('table'));
  const filled = isLayout ? undefined : cells.map((cell) => cellText(cell, depth)).filter((text) => text.trim() !== '');
  if (filled?.every((text) => !text.includes('\n') && text.length <= 120)) lines.verbatim(beside(filled), node);
  else {
    for (const cell of cells) {
      walkChildren(cell, reading, depth + 1);
      lines.endLine();
    }
  }
  lines.endLine();
}

/** `Subject: Hello` reads better without a stroke between. */
function beside(cells: readonly string[]): string {
  const [label, value] = cells;
  return cells.length === 2 && label !== undefined && /[:：]$/.test(label) ? `${label} ${value}` : cells.join(' | ');
}

function cellText(cell: Element, depth: number): string {
  const own = new Lines();
  walkChildren(cell, { lines: own, hints: new WeakMap() }, depth + 1);
  return own.toString();
}

function image(node: Element, { lines }: Reading): void {
  const name = imageName(node);
  if (name) lines.word(`[${name}]`, node);
}

/** What an image is called where only words can stand: its alternative, else its file. */
export function imageName(node: Element): string {
  const alternative = collapse(node.getAttribute('alt') ?? '').trim();
  const source = node.getAttribute('src') ?? '';
  return alternative || /^cid:([^@/]{1,120}\.[a-z0-9]{2,4})(?:@|$)/i.exec(source)?.[1] || (source.startsWith('cid:') ? source : '');
}

function link(node: Element, reading: Reading, depth: number): void {
  const { lines } = reading;
  walkChildren(node, reading, depth);
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
