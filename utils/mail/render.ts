/** A body's pieces as one readable text and one sanitised markup. */
import type { SafeHtml } from '../core/thread.ts';
import type { BodyPiece } from './body.ts';
import { limits } from './limits.ts';
import { tidyText } from './plain.ts';
import { joinSafe, sanitise } from './sanitise.ts';
import { textOf, wordsOf } from './text.ts';

export interface Rendered {
  readonly text: string;
  /** Empty where no piece has markup. */
  readonly html: SafeHtml;
  /** What was too much or too broken to render: `html`, `text`. The original has it. */
  readonly leftOut: readonly string[];
}

/**
 * Text: each piece's own, else read from its markup. Markup: each piece's own, else its text as it stands. Pieces
 * follow each other as in the message: a list's footer stays below what was written.
 */
export function renderBody(pieces: readonly BodyPiece[]): Rendered {
  const leftOut = new Set<string>();
  const texts: string[] = [];
  const markups: SafeHtml[] = [];
  const hasMarkup = pieces.some((piece) => piece.html?.trim());
  for (const piece of pieces) {
    const html = piece.html?.trim() ? trySanitise(piece.html, leftOut) : undefined;
    if ((piece.text?.length ?? 0) > limits.text) leftOut.add('text');
    const text = piece.text?.trim() ? tidyText(piece.text) : html !== undefined ? textOf(html) : wordsOf(piece.html ?? '');
    if (text) texts.push(text);
    if (html) markups.push(html);
    else if (hasMarkup && text && !piece.html) markups.push(sanitise(`<pre style="white-space: pre-wrap">${escapeMarkup(text)}</pre>`));
  }
  return { text: texts.join('\n\n'), html: joinSafe(markups), leftOut: [...leftOut] };
}

/** Markup that is too long, or made to exhaust a parser, is left to the original; its words are kept. */
function trySanitise(html: string, leftOut: Set<string>): SafeHtml | undefined {
  if (html.length <= limits.html) {
    try {
      return sanitise(html);
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
    }
  }
  leftOut.add('html');
  return undefined;
}

function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
