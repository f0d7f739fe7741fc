/**
 * Which lines of a message its author wrote, and which are earlier mail, signature or footer. Decided by structure: marks
 * of the markup, `>`, headings, attributions. Where it is not sure, a line stays the author's. Each line is looked at a
 * bounded number of times.
 */
import type { Fold, FoldKind, Forwarded } from '../core/thread.ts';
import { isBlank, type Line, skipBlank } from './fold-lines.ts';
import { readAttribution, readHeading, unquoted } from './forward.ts';
import { announcementAt, type Heading, headingAt, headingInLine } from './quote-header.ts';
import { attributionStart } from './quote-line.ts';
import { endingsOf } from './signature.ts';
import { markOf } from './title.ts';

export interface Folded {
  /** One for each line; `undefined` for the author's own. */
  readonly kinds: readonly (FoldKind | undefined)[];
  readonly forwarded?: Forwarded;
}

/** Where earlier mail begins. */
interface Boundary {
  readonly start: number;
  /** First line of the earlier mail itself. */
  readonly body: number;
  readonly heading?: Heading;
  readonly announced?: 'forward' | 'original';
}

/** Lines beyond it are shown: nobody writes or reads so many. */
const mostLines = 200_000;

/** Folds the lines of a message with this subject. */
export function foldLines(lines: readonly Line[], subject: string): Folded {
  const folding = new Folding(lines, subject);
  folding.walk();
  folding.endings();
  const forwarded = folding.forwarded();
  return { kinds: folding.kinds, ...(forwarded ? { forwarded } : {}) };
}

/** Ranges of the text that the lines make when joined by line ends. Empty lines between lines of one kind go with them. */
export function rangesOf(lines: readonly Line[], kinds: readonly (FoldKind | undefined)[]): Fold[] {
  const folds: Fold[] = [];
  let at = 0;
  let open: { kind: FoldKind; start: number; end: number } | undefined;
  lines.forEach((line, index) => {
    const end = at + line.raw.length + (index < lines.length - 1 ? 1 : 0);
    const kind = kinds[index];
    if (kind && kind === open?.kind) open.end = end;
    else if (kind) {
      if (open) folds.push(open);
      open = { kind, start: at, end };
    } else if (open && !isBlank(line)) {
      folds.push(open);
      open = undefined;
    }
    at = end;
  });
  if (open) folds.push(open);
  return folds;
}

class Folding {
  readonly kinds: (FoldKind | undefined)[];
  private readonly lines: readonly Line[];
  private readonly subject: string;
  private first: Boundary | undefined;
  private hasQuote = false;

  constructor(lines: readonly Line[], subject: string) {
    this.lines = lines;
    this.subject = subject;
    this.kinds = new Array<FoldKind | undefined>(lines.length).fill(undefined);
  }

  /** Quotes and what announces them, from the top. */
  walk(): void {
    let floor = 0;
    const last = Math.min(this.lines.length, mostLines);
    for (let at = 0; at < last; ) {
      const next = this.step(at, floor);
      at = next ?? at + 1;
      if (next !== undefined) floor = next;
    }
  }

  /** Folds what begins at this line; gives the line after it, `undefined` for a line of the author's. */
  private step(at: number, floor: number): number | undefined {
    const line = this.lines[at];
    if (!line || (isBlank(line) && line.depth === 0)) return undefined;
    if (line.mark === 'signature') {
      this.kinds[at] = 'signature';
      return at + 1;
    }
    if (line.mark === 'quote' || line.depth > 0) return this.quote(at, floor);
    const boundary = this.boundaryAt(at, floor);
    return boundary && this.follow(boundary);
  }

  /** Signatures and footers at the ends of what remains. */
  endings(): void {
    let from = 0;
    while (from < this.lines.length) {
      if (this.kinds[from]) {
        from += 1;
        continue;
      }
      let to = from;
      while (to < this.lines.length && !this.kinds[to]) to += 1;
      const found = endingsOf(this.lines, from, to, this.kinds[to] === 'signature');
      for (const { kind, start, end } of found) this.kinds.fill(kind, start, end);
      from = to;
    }
  }

  /** The mail that was handed on, if this is a forward. A reply to a forward is none. */
  forwarded(): Forwarded | undefined {
    const boundary = this.first;
    if (!boundary || !this.isForward(boundary)) return undefined;
    const end = this.kinds.findIndex((kind, index) => index >= boundary.body && kind === undefined && !isBlank(this.lines[index]));
    const body = unquoted(this.lines.slice(boundary.body, end < 0 ? this.lines.length : end), boundary.heading?.depth ?? 0);
    const inner = new Folding(body, '');
    inner.walk();
    const text = body
      .filter((_, index) => inner.kinds[index] === undefined)
      .map(({ raw }) => raw.trimEnd())
      .join('\n')
      .replace(/^\n+|\n+$/g, '');
    const found = boundary.heading
      ? readHeading(boundary.heading, text)
      : readAttribution(
          this.lines
            .slice(boundary.start, boundary.body)
            .map(({ content }) => content)
            .join(' '),
          text,
        );
    if (found) for (let at = boundary.start; at < this.kinds.length; at += 1) if (this.kinds[at] === 'quote') this.kinds[at] = 'forward';
    return found;
  }

  private isForward({ announced, heading, start }: Boundary): boolean {
    if (announced === 'forward') return true;
    const mark = markOf(this.subject);
    if (mark !== undefined) return mark === 'forward';
    const isAllThereIs = this.kinds.every((kind, index) => kind !== undefined || isBlank(this.lines[index]));
    return heading !== undefined || (start === 0 && isAllThereIs);
  }

  /** Folds a run of quoted lines with the attribution above; gives the line after it. */
  private quote(at: number, floor: number): number {
    const first = this.endOfQuote(at);
    const isMarked = this.lines[at]?.mark === 'quote';
    let above = at - 1;
    while (above >= floor && isBlank(this.lines[above])) above -= 1;
    const start = above >= floor ? attributionStart(this.lines, above, floor, true) : undefined;
    if (!isMarked && start === undefined && !this.isQuote(at, first)) return first;
    this.hasQuote = true;
    const inside = this.boundaryInside(at, first, floor, start);
    const end = inside?.announced === 'forward' ? this.endOfQuote(at, true) : first;
    this.first ??= inside ?? (start === undefined ? undefined : { start, body: at });
    this.kinds.fill('quote', inside?.start ?? start ?? at, end);
    return end;
  }

  /** `>` without any attribution: a few lines are a quote, a single one may be anything, and `>>>` is a prompt. */
  private isQuote(at: number, end: number): boolean {
    if (this.lines[at]?.mark === 'indent') return false;
    const filled = this.lines.slice(at, end).filter((line) => !isBlank(line));
    if (filled.length === 0) return this.hasQuote;
    return filled.some(({ depth }) => depth <= 2) && (filled.length > 1 || this.hasQuote || this.hasMoreQuotes(end));
  }

  private hasMoreQuotes(from: number): boolean {
    return this.lines.slice(from, from + 200).some(({ depth, content }) => depth === 1 && content !== '');
  }

  /** A forwarding program may forget the `>` of a line; between answers it would be an answer. */
  private endOfQuote(at: number, isForward = false): number {
    const isQuoted = (line: Line | undefined) => line !== undefined && (line.mark === 'quote' || line.depth > 0);
    let end = at;
    for (let next = at; next < this.lines.length; next += 1) {
      const line = this.lines[next];
      if (isQuoted(line)) end = next + 1;
      else if (isBlank(line)) continue;
      else if (next === end && isQuoted(this.lines[next + 1]) && (isForward || isBrokenOff(this.lines[next - 1], line))) end = next + 1;
      else break;
    }
    return end;
  }

  /** A forwarded mail may be quoted as a whole, heading and all, or below its announcement. */
  private boundaryInside(at: number, end: number, floor: number, attribution: number | undefined): Boundary | undefined {
    if (attribution !== undefined) return undefined;
    for (let next = at, filled = 0; next < end && filled < 4; next += 1) {
      if (isBlank(this.lines[next])) continue;
      const heading = headingAt(this.lines, next, floor) ?? headingInLine(this.lines, next);
      if (heading) return fromHeading(heading);
      filled += 1;
    }
    return undefined;
  }

  private boundaryAt(at: number, floor: number): Boundary | undefined {
    const heading = headingAt(this.lines, at, floor) ?? headingInLine(this.lines, at);
    if (heading) return fromHeading(heading);
    const announced = announcementAt(this.lines, at);
    if (announced) return this.headingBelow(at) ? undefined : { start: at, body: at + 1, announced };
    const start = attributionStart(this.lines, at, floor, false);
    if (start !== undefined && skipBlank(this.lines, at + 1) < this.lines.length) return { start, body: at + 1 };
    return this.lines[at]?.mark === 'start' && !this.headingBelow(at) ? { start: at, body: at } : undefined;
  }

  /** A heading begins within the next lines: the boundary is taken there, with what stands above it. */
  private headingBelow(at: number): boolean {
    const next = skipBlank(this.lines, at + 1);
    return headingAt(this.lines, next, at) !== undefined;
  }

  /** Folds from a boundary on: the quoted lines below it where there are such, else all that follows. */
  private follow(boundary: Boundary): number {
    this.first ??= boundary;
    this.hasQuote = true;
    const next = skipBlank(this.lines, boundary.body);
    const below = this.lines[next];
    const isQuotedBelow = below !== undefined && (below.depth > 0 || below.mark === 'quote');
    const end = isQuotedBelow ? this.endOfQuote(next) : this.lines.length;
    this.kinds.fill('quote', boundary.start, end);
    return end;
  }
}

function fromHeading(heading: Heading): Boundary {
  const { start, end, announced } = heading;
  return { start, body: end, heading, ...(announced ? { announced } : {}) };
}

/** The end of a quoted line that some program broke in two: it goes on in lower case where the line above was full. */
function isBrokenOff(above: Line | undefined, line: Line | undefined): boolean {
  const firstWord = /^\S*/.exec(line?.content ?? '')?.[0] ?? '';
  return (
    above !== undefined &&
    above.raw.length + firstWord.length >= 72 &&
    above.raw.length <= 80 &&
    /[\p{L},]$/u.test(above.content) &&
    /^\p{Ll}/u.test(line?.content ?? '')
  );
}
