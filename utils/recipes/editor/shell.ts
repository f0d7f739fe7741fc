/** Splits a pasted command line into words, as `sh` does; what `cmd` wrote is turned into that first. */

export interface CommandLine {
  readonly words: readonly string[];
  /** What stands behind the command: a pipe, a redirection, another command. Empty for nothing. */
  readonly rest: string;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\u0007', b: '\b', f: '\f', v: '\v', e: '\u001b' };

/** Takes any text: a quote that is never closed ends with the text. */
export function splitCommand(text: string): CommandLine {
  const source = fromCmd(text);
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  const add = (piece: string): void => {
    word = (word ?? '') + piece;
  };
  const end = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  while (at < source.length) {
    const char = source[at] ?? '';
    if (/\s/.test(char)) {
      end();
      at += 1;
    } else if (char === '\\') {
      const skipped = lineEnd(source, at + 1);
      if (skipped === 0) add(source[at + 1] ?? '');
      at += skipped === 0 ? 2 : 1 + skipped;
    } else if (char === "'" || (char === '$' && source[at + 1] === "'")) {
      const piece = char === '$' ? ansiQuoted(source, at + 2) : plainQuoted(source, at + 1);
      add(piece.text);
      at = piece.end;
    } else if (char === '"') {
      const piece = doubleQuoted(source, at + 1);
      add(piece.text);
      at = piece.end;
    } else if (endsCommand(source, at, word)) {
      end();
      return { words, rest: source.slice(at).trim() };
    } else {
      add(char);
      at += 1;
    }
  }
  end();
  return { words, rest: '' };
}

/** `&` inside a word belongs to an address that somebody forgot to quote, `<token>` is a place to fill in. */
function endsCommand(source: string, at: number, word: string | undefined): boolean {
  const char = source[at];
  if (char === '|' || char === ';') return true;
  if (char === '&') return word === undefined || /\s|&|^$/.test(source[at + 1] ?? '');
  if (char === '>') return word === undefined || /^[12]$/.test(word);
  return char === '<' && word === undefined && /\s|<|^$/.test(source[at + 1] ?? '');
}

interface Piece {
  readonly text: string;
  /** Behind the closing quote. */
  readonly end: number;
}

function plainQuoted(source: string, from: number): Piece {
  const close = source.indexOf("'", from);
  return close < 0 ? { text: source.slice(from), end: source.length } : { text: source.slice(from, close), end: close + 1 };
}

function doubleQuoted(source: string, from: number): Piece {
  let text = '';
  for (let at = from; at < source.length; at += 1) {
    const char = source[at] ?? '';
    if (char === '"') return { text, end: at + 1 };
    const next = source[at + 1] ?? '';
    const skipped = char === '\\' ? lineEnd(source, at + 1) : 0;
    if (skipped > 0) at += skipped;
    else if (char === '\\' && '"\\$`'.includes(next) && next !== '') {
      text += next;
      at += 1;
    } else text += char;
  }
  return { text, end: source.length };
}

/** `$'…'`, in which browsers copy texts with quotes or line ends. */
function ansiQuoted(source: string, from: number): Piece {
  let text = '';
  for (let at = from; at < source.length; at += 1) {
    const char = source[at] ?? '';
    if (char === "'") return { text, end: at + 1 };
    if (char !== '\\') {
      text += char;
      continue;
    }
    const code = /^(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,6}))/i.exec(source.slice(at + 1, at + 9));
    const point = code === null ? Number.NaN : Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16);
    if (code !== null && point <= 0x10ffff) {
      text += String.fromCodePoint(point);
      at += code[0].length;
    } else {
      const next = source[at + 1] ?? '';
      text += escapes[next] ?? next;
      at += 1;
    }
  }
  return { text, end: source.length };
}

function lineEnd(source: string, at: number): number {
  if (source[at] === '\n') return 1;
  return source[at] === '\r' && source[at + 1] === '\n' ? 2 : 0;
}

/** In `cmd` a caret protects the next character, quotes too, and joins lines; a line of PowerShell goes on behind a backtick. */
function fromCmd(text: string): string {
  if (text.includes('^"')) return text.replace(/\^(\r\n|[\s\S])/g, (_, next: string) => (/^[\r\n]/.test(next) ? ' ' : next));
  return text.replace(/[\^`][ \t]{0,20}\r?\n/g, ' ');
}
