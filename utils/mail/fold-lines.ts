/** A text as lines, each with what is known of it before anything is decided. */

/**
 * What the markup says of a line: `quote` and `signature` are certain; from `start` on all is earlier mail; a `rule`
 * stands above it; `indent` is set in from the margin, as quotes are and as other things are.
 */
export type Mark = 'quote' | 'signature' | 'start' | 'rule' | 'indent';

export interface Line {
  /** Without the `>` in front and without blanks at the ends; invisible direction marks are left out. */
  readonly content: string;
  /** How many `>` stand in front. */
  readonly depth: number;
  /** As it stands, without its line end. */
  readonly raw: string;
  readonly mark?: Mark;
}

/** Longer lines are text, whatever they look like. */
const longest = 1_000;
/** Marks of direction and joining, that programs put around what they insert. */
const invisible = /[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}\u{2066}-\u{2069}\u{feff}\u{ad}]/gu;

/** One line. */
export function lineOf(raw: string, mark?: Mark): Line {
  let depth = 0;
  let at = 0;
  for (let next = 0; next < raw.length; next += 1) {
    const char = raw[next];
    if (char === '>') {
      depth += 1;
      at = next + 1;
    } else if ((char !== ' ' && char !== '\t') || next - at > 2) break;
  }
  // The end of an address that was broken: `<ana@example.org` and `>:`.
  if (depth === 1 && /^\s*[:：]?\s*$/.test(raw.slice(at)) && /[:：]/.test(raw)) [depth, at] = [0, 0];
  const rest = raw.slice(at);
  const content = (rest.length > longest ? rest.slice(0, longest) : rest).replace(invisible, '').trim();
  return { content, depth, raw, ...(mark ? { mark } : {}) };
}

/** Lines of a text without markup. */
export function linesOf(text: string): Line[] {
  return text.split('\n').map((line) => lineOf(line));
}

/** Whether there is nothing to read in it; `>` alone counts as nothing. */
export function isBlank(line: Line | undefined): boolean {
  return line === undefined || line.content === '';
}

/** The next line from `at` on with anything in it; the number of lines where there is none. */
export function skipBlank(lines: readonly Line[], at: number): number {
  let next = at;
  while (next < lines.length && isBlank(lines[next])) next += 1;
  return next;
}
