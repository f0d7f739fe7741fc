/** A body's pieces as one readable text, one sanitised markup and one Markdown, each with its folds. */
import type { Message, SafeHtml } from '../core/thread.ts';
import type { BodyPiece } from './body.ts';
import { foldLines, rangesOf } from './fold.ts';
import { markFolds } from './fold-html.ts';
import { type Line, lineOf, linesOf } from './fold-lines.ts';
import { limits } from './limits.ts';
import { markdownOf, markdownOfText } from './markdown.ts';
import { tidyText } from './plain.ts';
import { joinSafe, sanitise } from './sanitise.ts';
import { joined, readMarkup, wordsOf } from './text.ts';

/** What a message shows. `html` is empty where no piece has markup. */
export type Shown = Pick<Message, 'text' | 'folds' | 'markdown' | 'html' | 'forwarded'>;

export interface Rendered {
  readonly shown: Shown;
  /** What was too much or too broken to render: `html`, `text`. The original has it. */
  readonly leftOut: readonly string[];
}

/** A piece of markup: sanitised, with its folds marked, and what can be read in it. */
interface Markup {
  readonly html: SafeHtml;
  readonly lines: readonly Line[];
  readonly markdown: string;
}

/**
 * Text: each piece's own, else read from its markup. Markup: each piece's own, else its text as it stands. Pieces
 * follow each other as in the message: a list's footer stays below what was written. The subject tells a forward from
 * an answer.
 */
export function renderBody(pieces: readonly BodyPiece[], subject: string): Rendered {
  const leftOut = new Set<string>();
  const lines: Line[] = [];
  const markups: SafeHtml[] = [];
  const markdowns: string[] = [];
  const hasMarkup = pieces.some((piece) => piece.html?.trim());
  for (const piece of pieces) {
    const markup = piece.html?.trim() ? tryMarkup(piece.html, subject, leftOut) : undefined;
    if ((piece.text?.length ?? 0) > limits.text) leftOut.add('text');
    const own = piece.text?.trim() ? linesOf(tidyText(piece.text)) : markup ? markup.lines : linesOf(wordsOf(piece.html ?? ''));
    const text = joined(own);
    if (text && lines.length > 0) lines.push(lineOf(''));
    if (text) for (const line of own) lines.push(line);
    markdowns.push(markup?.markdown || markdownOfText(text));
    if (markup) markups.push(markup.html);
    else if (hasMarkup && text && !piece.html) markups.push(sanitise(`<pre style="white-space: pre-wrap">${escapeMarkup(text)}</pre>`));
  }
  const { kinds, forwarded } = foldLines(lines, subject);
  return {
    shown: {
      text: joined(lines),
      folds: rangesOf(lines, kinds),
      markdown: markdowns.filter((markdown) => markdown !== '').join('\n\n'),
      html: joinSafe(markups),
      ...(forwarded ? { forwarded } : {}),
    },
    leftOut: [...leftOut],
  };
}

/** Markup that is too long, or made to exhaust a parser, is left to the original; its words are kept. */
function tryMarkup(html: string, subject: string, leftOut: Set<string>): Markup | undefined {
  if (html.length <= limits.html) {
    try {
      let lines: readonly Line[] = [];
      let markdown = '';
      const safe = sanitise(html, (body, hints) => {
        const read = readMarkup(body, hints);
        lines = read.lines;
        markdown = markdownOf(body);
        markFolds(body, lines, read.places, foldLines(lines, subject).kinds);
      });
      return { html: safe, lines, markdown };
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
