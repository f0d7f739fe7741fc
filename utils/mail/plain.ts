/** Plain text as mail sends it: line ends, `format=flowed`. */
import { limits } from './limits.ts';

/** LF line ends, no NUL or other controls, no blank lines at the end; cut at the limit. */
export function tidyText(text: string): string {
  return text
    .slice(0, limits.text)
    .replace(/\r\n?/g, '\n')
    .replace(/[\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{7f}\u{feff}]/gu, '')
    .toWellFormed()
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

/** Puts the paragraphs of `format=flowed` together again (RFC 3676); quoted ones keep their `>`. */
export function unflow(text: string, deleteSpace: boolean): string {
  const out: string[] = [];
  let flowing: { depth: number; pieces: string[] } | undefined;
  const close = () => {
    if (flowing) out.push(withQuotes(flowing.depth, flowing.pieces.join('')));
    flowing = undefined;
  };
  for (const line of text.split(/\r?\n/)) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    // A blank in front is stuffing (section 4.4), not text.
    const content = line.slice(depth).replace(/^ /, '');
    const isSignature = content === '-- ';
    if (flowing && (flowing.depth !== depth || isSignature)) close();
    const flows = content.endsWith(' ') && !isSignature;
    const piece = flows && deleteSpace ? content.slice(0, -1) : content;
    if (flowing) flowing.pieces.push(piece);
    else flowing = { depth, pieces: [piece] };
    if (!flows) close();
  }
  close();
  return out.join('\n');
}

function withQuotes(depth: number, text: string): string {
  return depth === 0 ? text : `${'>'.repeat(depth)} ${text}`;
}
