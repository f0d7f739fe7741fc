/** The heading that programs copy above the mail they quote or forward: `From: …`, `Sent: …`, `To: …`, in any language. */
import { hasAddress, hasDate, hasTime } from './evidence.ts';
import { type Line, skipBlank } from './fold-lines.ts';
import { announced, labelWords, type Role, roleOf } from './quote-words.ts';

/** A heading as it stands: `values` hold what is written behind each label. */
export interface Heading {
  /** First line that belongs to it, a rule or an announcement above included. */
  readonly start: number;
  /** First line below it. */
  readonly end: number;
  readonly values: ReadonlyMap<Role, string>;
  /** What stands above it says that the mail was forwarded, or that it is an original. */
  readonly announced?: 'forward' | 'original';
  /** How many `>` stand before its lines. */
  readonly depth: number;
}

interface Entry {
  readonly role?: Role;
  value: string;
}

const mostEntries = 15;
const mostLines = 60;
/** `*From:* Ana`, `Kopie (CC): Ana`, `发件人：Ana`; not `https://` and not a sentence. */
const entry = /^[*_ ]{0,4}([\p{L}\p{M}][\p{L}\p{M} ./’'´()-]{0,28}?)[*_]{0,2}\s?[:：](?!\/\/)[*_]{0,2}\s*(.*)$/u;
/** Rules that programs draw, in letters. */
const rule = /^[-_=*─—–⎯ ]{3,}$/;
const ruled = /^[-_=*─—]{2,}\s*(\S.{0,78}?)\s*[-_=*─—]{2,}$/;

function readEntry(text: string): { role: Role | undefined; value: string } | undefined {
  const found = entry.exec(text);
  const label = found?.[1];
  if (!label || label.split(/\s+/).length > 4) return undefined;
  return { role: roleOf(label), value: (found[2] ?? '').replace(/^\|\s*/, '').trim() };
}

/** The heading whose first label stands at `at`; nothing above `floor` belongs to it. */
export function headingAt(lines: readonly Line[], at: number, floor: number): Heading | undefined {
  const first = lines[at];
  if (!first || !readEntry(first.content)) return undefined;
  const { entries, end } = readEntries(lines, at, first.depth);
  const above = lookAbove(lines, at, floor);
  const isMarked = above.announced !== undefined || first.mark === 'start' || first.mark === 'rule' || lines[above.start]?.mark === 'start';
  if (!isHeading(entries, isMarked, above.start < at)) return undefined;
  const values = new Map<Role, string>();
  for (const { role, value } of entries) if (role && !values.has(role)) values.set(role, value);
  fillUnknown(entries, values);
  return { start: above.start, end, values, depth: first.depth, ...(above.announced ? { announced: above.announced } : {}) };
}

/** A heading all in one line, behind its announcement: `---- Forwarded message ---- From: …To: …Subject: …`. */
export function headingInLine(lines: readonly Line[], at: number): Heading | undefined {
  const line = lines[at];
  const found = /^[-_=]{3,}\s*(\S[^-_=]{2,60}?)\s*[-_=]{3,}\s*(\S.*)$/u.exec(line?.content ?? '');
  const what = announced(found?.[1] ?? '');
  if (!line || !what) return undefined;
  inLine ??= new RegExp(`(?:^|(?<=[^\\p{L}])|(?<=\\p{Lu}))(${labelWords.join('|')})\\s?[:：]\\s`, 'giu');
  const rest = found?.[2] ?? '';
  const values = new Map<Role, string>();
  let last: { role: Role; from: number } | undefined;
  for (const match of rest.matchAll(inLine)) {
    const role = roleOf(match[1] ?? '');
    if (!role || values.has(role) || last?.role === role) continue;
    if (last) values.set(last.role, rest.slice(last.from, match.index).trim());
    last = { role, from: match.index + match[0].length };
  }
  if (last) values.set(last.role, rest.slice(last.from).trim());
  return hasAddress(values.get('from') ?? '') ? { start: at, end: at + 1, values, depth: line.depth, announced: what } : undefined;
}

let inLine: RegExp | undefined;

function readEntries(lines: readonly Line[], at: number, depth: number): { entries: Entry[]; end: number } {
  const entries: Entry[] = [];
  let end = at;
  for (let next = at; next < lines.length && next < at + mostLines; next += 1) {
    const line = lines[next];
    if (!line || line.depth !== depth) break;
    if (line.content === '') {
      // Some conversions put an empty line between the labels; a word that is no label begins the mail itself.
      const after = lines[next + 1];
      const known = after?.depth === depth ? readEntry(after.content)?.role : undefined;
      if (!known || entries.some(({ role }) => role === known)) break;
      continue;
    }
    const found = readEntry(line.content);
    const last = entries.at(-1);
    if (found && entries.length < mostEntries && isNew(found.role, entries, lines[next + 1]))
      entries.push({ ...(found.role ? { role: found.role } : {}), value: found.value });
    else if (last && continues(last, line.content)) last.value = `${last.value} ${line.content}`;
    else break;
    end = next + 1;
  }
  return { entries, end };
}

/** A label twice is text. So is a word that is no label, where labels are known, unless another label follows. */
function isNew(role: Role | undefined, entries: readonly Entry[], below: Line | undefined): boolean {
  if (role) return !entries.some((other) => other.role === role);
  return !entries.some((other) => other.role === 'from') || readEntry(below?.content ?? '')?.role !== undefined;
}

/** Long lists of people are broken at any place, and an address may stand below its name. */
function continues(last: Entry, text: string): boolean {
  if (last.role === 'subject' || last.role === 'date') return false;
  return (
    /[,;<]$/.test(last.value) || /^[<[(]?[^\s@]*@|^<|^>/.test(text) || (last.role !== undefined && hasAddress(text) && text.length < 120)
  );
}

function lookAbove(lines: readonly Line[], at: number, floor: number): { start: number; announced?: 'forward' | 'original' } {
  let start = at;
  let what: 'forward' | 'original' | undefined;
  const isQuoted = lines[at]?.mark === 'quote';
  for (let next = at - 1, blanks = 0; next >= floor && next > at - 8 && blanks <= 2; next -= 1) {
    const line = lines[next];
    if (!line || (line.mark === 'quote' && !isQuoted)) break;
    if (line.content === '') {
      blanks += 1;
      continue;
    }
    const words = announced(ruled.exec(line.content)?.[1] ?? (/[:：]$/.test(line.content) ? line.content : ''));
    if (!words && !rule.test(line.content) && !(ruled.test(line.content) && line.content.length < 80)) break;
    what ??= words;
    start = next;
    blanks = 0;
  }
  return { start, ...(what ? { announced: what } : {}) };
}

/** Whether these labels can only be a mail's. Web forms and travel plans have a `From:` and a `Date:` too. */
function isHeading(entries: readonly Entry[], isMarked: boolean, isRuled: boolean): boolean {
  const of = (role: Role) => entries.find((found) => found.role === role)?.value;
  const known = new Set(entries.flatMap(({ role }) => (role ? [role] : [])));
  const from = of('from');
  if (from !== undefined && from !== '' && !(hasDate(from) && !hasAddress(from))) {
    const isAddressed = hasAddress(from) || hasAddress(of('to') ?? '') || hasAddress(of('cc') ?? '');
    const isDated = hasDate(of('date') ?? '') || hasTime(of('date') ?? '');
    if (isMarked && known.size >= 2) return true;
    if (isRuled && known.size >= 2 && isAddressed && (isDated || known.size >= 3)) return true;
    if (known.size >= 3 && isAddressed && (isDated || known.size >= 4 || known.has('subject'))) return true;
    if (known.size >= 4 && hasTime(of('date') ?? '') && known.has('subject')) return true;
  }
  // A language that we don't know: the shape decides, and something above must say that a mail begins here.
  const isPerson = entries.slice(0, 2).some(({ value }) => /<[^\s<>]+@[^\s<>]+>|mailto:/.test(value));
  const isTimed = entries.some(({ value }) => hasDate(value) && hasTime(value) && value.length < 80);
  return entries.length >= 3 && isTimed && (isMarked ? entries.some(({ value }) => hasAddress(value)) : isRuled && isPerson);
}

/** In a language that we don't know the first address is the author's, the next the recipients'. */
function fillUnknown(entries: readonly Entry[], values: Map<Role, string>): void {
  for (const { role, value } of entries) {
    if (role) continue;
    const guess: Role | undefined = hasAddress(value)
      ? (['from', 'to', 'cc'] as const).find((free) => !values.has(free))
      : hasDate(value) && hasTime(value)
        ? 'date'
        : 'subject';
    if (guess && !values.has(guess)) values.set(guess, value);
  }
}

/** A line such as `-----Original Message-----` with nothing known below it. */
export function announcementAt(lines: readonly Line[], at: number): 'forward' | 'original' | undefined {
  const words = ruled.exec(lines[at]?.content ?? '')?.[1];
  return words && skipBlank(lines, at + 1) < lines.length ? announced(words) : undefined;
}
