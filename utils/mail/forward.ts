/** The mail inside a forwarded one: who wrote it, when, to whom, about what. */

import type { Forwarded, Participant } from '../core/thread.ts';
import { readDate } from './dates.ts';
import { hasAddress } from './evidence.ts';
import { type Line, lineOf } from './fold-lines.ts';
import type { Heading } from './quote-header.ts';
import { oneLine } from './words.ts';

/** What a heading tells. `undefined` where it names no author. */
export function readHeading(heading: Heading, text: string): Forwarded | undefined {
  const from = readPeople(heading.values.get('from') ?? '')[0];
  if (!from) return undefined;
  const date = oneLine(heading.values.get('date') ?? '');
  const sentAt = /[+-]\d{4}|GMT|UTC/.test(date) ? readDate(date) : undefined;
  return {
    from,
    to: readPeople(heading.values.get('to') ?? ''),
    cc: readPeople(heading.values.get('cc') ?? ''),
    subject: oneLine(heading.values.get('subject') ?? ''),
    date,
    ...(sentAt ? { sentAt } : {}),
    text,
  };
}

/** What a line such as `On 3 March 12:30, Ana <ana@example.org> wrote:` tells. */
export function readAttribution(line: string, text: string): Forwarded | undefined {
  const found = [...line.matchAll(/<?([^\s<>()[\]",;:@]+@[^\s<>()[\]",;:@]+)/gu)].at(-1);
  const address = found?.[1];
  if (!found || !address) return undefined;
  const before = line.slice(0, found.index).trim();
  const quoted = /["“„«'](?:[^"“”„«»]{1,80})["”“»']\s*$/u.exec(before);
  const digit = /^.*\d[^\p{L}]*(?:AM|PM|Uhr|GMT|UTC|CES?T|h)?(?![\p{L}])/u.exec(before)?.[0] ?? '';
  const name = quoted ? quoted[0] : before.slice(digit.length).replace(/^[^\p{Lu}\p{Lo}"]*/u, '');
  const date = before.slice(0, before.length - (quoted ? quoted[0].length : before.length - digit.length)).replace(/[\s,;]+$/, '');
  return { from: { address, name: cleanName(name) }, to: [], cc: [], subject: '', date: oneLine(date), text };
}

/**
 * People as headings name them: `Ana <ana@example.org>; Ben [mailto:ben@example.org]`, `Roe, Jane <jane@example.org>`,
 * `Ana (ana@example.org)`, or names alone. A comma divides only where an address stands before it.
 */
export function readPeople(value: string): Participant[] {
  const text = value
    .slice(0, 20_000)
    // `Ana<mailto:ana@example.org> <ana@example.org<mailto:ana@example.org>>`: the inner ones are links.
    .replace(/(?<=[^\s<>[\]]@[^\s<>[\]]{1,200})<mailto:[^\s<>]*>/giu, '')
    .replace(/<mailto:([^\s<>]*)>(?=\s*<)/giu, '')
    .replace(/[[(<](?:mailto:)?([^\s<>()[\]]+@[^\s<>()[\]]+)[\])>]/giu, '<$1>');
  const people: Participant[] = [];
  let name = '';
  for (const piece of text.split(/([,;])/)) {
    const address = /<([^\s<>]+@[^\s<>]+)>/.exec(piece)?.[1] ?? /(?<![^\s"'])[^\s<>"']+@[^\s<>"']+/.exec(piece)?.[0];
    if (!address) {
      if (piece === ';' && name.trim()) {
        people.push({ address: '', name: cleanName(name) });
        name = '';
      } else name += piece;
      continue;
    }
    const before = `${name}${piece.slice(0, piece.indexOf(address))}`.replace(/<$/, '');
    name = '';
    const shown = cleanName(before);
    people.push({ address, name: shown.toLowerCase() === address.toLowerCase() ? '' : shown });
  }
  if (cleanName(name)) people.push({ address: '', name: cleanName(name) });
  return people.slice(0, 1_000);
}

function cleanName(name: string): string {
  const text = oneLine(name)
    .replace(/^[\s,;<]+|[\s,;<]+$/g, '')
    .replace(/^["'“”„«»]+\s?|\s?["'“”„«»]+$/gu, '');
  return hasAddress(text) && /^\S+$/.test(text) ? '' : text;
}

/** A forwarded mail's lines as its author wrote them: without the `>` or the indent that forwarding put in front. */
export function unquoted(lines: readonly Line[], depth: number): Line[] {
  const filled = lines.filter(({ content }) => content !== '');
  const quotes = filled.filter((line) => line.depth > depth).length;
  const strip = quotes > 0 && filled[0] && filled[0].depth > depth ? depth + 1 : depth;
  const indent = filled.reduce((least, { raw }) => Math.min(least, /^ {0,16}/.exec(raw)?.[0].length ?? 0), 16);
  return lines.map((line) => {
    const mark = line.mark === 'quote' ? undefined : line.mark;
    if (strip > 0 && line.depth > 0) return lineOf(withoutQuotes(line.raw, strip), mark);
    return lineOf(strip === 0 ? line.raw.slice(indent) : line.raw, mark);
  });
}

function withoutQuotes(raw: string, levels: number): string {
  let at = 0;
  for (let level = 0; level < levels; level += 1) {
    const found = /^[ \t]{0,2}>/.exec(raw.slice(at, at + 3));
    if (!found) break;
    at += found[0].length;
  }
  return raw.slice(at).replace(/^ /, '');
}
