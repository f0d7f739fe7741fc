/** The line above a quote that says who wrote it: "On 3 March, Ana <ana@example.org> wrote:". */
import { beginsWithDay, hasAddress, hasDate, hasTime } from './evidence.ts';
import type { Line } from './fold-lines.ts';
import { opening, saysWrote } from './quote-words.ts';

/** Programs break it at 72 characters; names and addresses make it long. */
const mostLines = 4;
const longest = 400;
/** People who introduce a quote by hand write so; programs don't. */
const self =
  /(?<![\p{L}\p{M}])(?:I|ich|je|j’ai|yo|io|ik|jeg|jag|eu|ja|já|я|ben|[Yy]ou|du|Sie|[Vv]ous|[Tt]u|usted|we|wir|nous|[Hh]e|[Ss]he|[Tt]hey)(?![\p{L}\p{M}])/u;

/**
 * First line of the attribution that ends at `end`, not above `floor`; `undefined` where there is none. Above a quote
 * that is marked as such a little evidence is enough; above unmarked text it decides about all that follows.
 */
export function attributionStart(lines: readonly Line[], end: number, floor: number, isMarked: boolean): number | undefined {
  const last = lines[end];
  if (!last || !endsLikeOne(withoutDashes(last.content))) return undefined;
  let joined = '';
  let found: number | undefined;
  for (let start = end; start >= floor && start > end - mostLines; start -= 1) {
    const line = lines[start];
    if (!line || line.content === '' || line.depth !== last.depth || line.mark === 'quote') break;
    // A sentence that ends here is no part of what follows.
    if (start < end && /[.!?:]$/.test(line.content) && !/\d\.$/.test(line.content)) break;
    joined = `${line.content} ${joined}`;
    if (joined.length > longest) break;
    const text = withoutDashes(joined);
    if (!(isMarked ? isLikely(text) : isCertain(text) || isRuled(joined))) continue;
    if (beginsLikeOne(withoutDashes(line.content))) found = start;
    else found ??= start;
  }
  return found;
}

/** Notes puts it between rules, without a date: `-----Ana <ana@example.org> wrote: -----`. */
function isRuled(text: string): boolean {
  return /^-{4,}[^-].*-{4,}\s*$/.test(text) && hasAddress(text) && saysWrote(text);
}

function withoutDashes(text: string): string {
  return text
    .trim()
    .replace(/^[-—–*_]{2,}\s*/, '')
    .replace(/\s*[-—–*_]{2,}$/, '');
}

function endsLikeOne(text: string): boolean {
  return /[:：]\W{0,3}$/u.test(text) || (/[\p{L}>)]\s?-{0,6}$/u.test(text) && saysWrote(text.slice(-24)));
}

function beginsLikeOne(text: string): boolean {
  return (opening.test(text) && /\p{Nd}/u.test(text.slice(0, 40))) || beginsWithDay(text);
}

/** Enough where a marked quote follows. What a person writes to introduce a quote has no time and no address. */
function isLikely(text: string): boolean {
  const wrote = saysWrote(text);
  const isDated = hasDate(text);
  // Horde's "Quoting Ana <ana@example.org>:" has neither.
  if (/<[^\s<>]+@[^\s<>]+>\s?[:：]$/.test(text) && text.split(/\s+/).length <= 6) return true;
  if (hasAddress(text)) return wrote || isDated || (opening.test(text) && /\p{Nd}/u.test(text.slice(0, 40)));
  if (isDated && hasTime(text)) return true;
  if (!wrote) return false;
  if (isDated || beginsLikeOne(text)) return !/(?<!\p{L})(?:I|ich|je|j’ai)(?!\p{L})/u.test(text);
  const words = text.replace(/[:：]\W*$/u, '').split(/\s+/);
  return words.length >= 2 && words.length <= 6 && /^["'«„“]?\p{Lu}/u.test(text) && !self.test(text);
}

/** Enough to fold all that follows, though nothing marks it. */
function isCertain(text: string): boolean {
  if (!hasDate(text)) return false;
  const wrote = saysWrote(text);
  if (hasAddress(text)) return (wrote || (hasTime(text) && beginsLikeOne(text))) && tailAfterAddress(text) <= 48;
  return wrote && hasTime(text) && beginsLikeOne(text) && !self.test(text);
}

/** How much stands behind the last address. Nobody but a program writes the date, the address and a colon. */
function tailAfterAddress(text: string): number {
  const tail = text.slice(text.lastIndexOf('@')).replace(/^\S*/, '');
  // Hungarian and Turkish put the date behind the name.
  return hasTime(tail) ? 0 : tail.length;
}
