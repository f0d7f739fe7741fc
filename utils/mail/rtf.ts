/** Outlook's rich text: unpacked (MS-OXRTFCP) and read as text, or as the HTML that is hidden in it (MS-OXRTFEX). */
import { decodeText } from './charset.ts';
import { limits } from './limits.ts';

/** What every compressed text may refer back to, as the specification gives it. */
const primer =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier' +
  '{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/** The text of PR_RTF_COMPRESSED as bytes; `undefined` where it is not one. Cut at the limit of a body. */
export function unpackRtf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 16) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = Math.min(view.getUint32(0, true) + 4, bytes.length);
  const size = Math.min(view.getUint32(4, true), limits.text);
  const magic = view.getUint32(8, true);
  if (magic === 0x414c454d) return bytes.subarray(16, Math.min(16 + size, bytes.length));
  if (magic !== 0x75465a4c) return undefined;
  const window = new Uint8Array(4096);
  for (let index = 0; index < primer.length; index += 1) window[index] = primer.charCodeAt(index);
  let write = primer.length;
  const out = new Uint8Array(size);
  let length = 0;
  const put = (byte: number) => {
    out[length] = byte;
    length += 1;
    window[write] = byte;
    write = (write + 1) & 4095;
  };
  for (let at = 16; at < end && length < size; ) {
    const flags = bytes[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < end && length < size; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        put(bytes[at] ?? 0);
        at += 1;
        continue;
      }
      const reference = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      // A reference to where the next byte would be written ends the text.
      if (from === write) return out.subarray(0, length);
      const count = (reference & 15) + 2;
      for (let index = 0; index < count && length < size; index += 1) put(window[(from + index) & 4095] ?? 0);
    }
  }
  return out.subarray(0, length);
}

/** Groups whose words are no words of the text. */
const hidden = new Set(
  'fonttbl colortbl stylesheet info pict object header headerl headerr footer footerl footerr generator themedata datastore listtable xmlnstbl rsidtbl filetbl fldinst'.split(
    ' ',
  ),
);
const marks: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  sect: '\n',
  page: '\n',
  row: '\n',
  cell: ' | ',
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
};

interface Group {
  readonly isHidden: boolean;
  /** Inside a piece of the hidden HTML. */
  readonly isTag: boolean;
  /** Characters that stand for a `\u` where a program can't show it. */
  readonly skip: number;
  /** Between `\htmlrtf` and `\htmlrtf0`: the RTF's own, not the HTML's. */
  readonly isRtfOnly: boolean;
}

const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[^\\{}\r\n]+|[\r\n]+|\\/gi;

/** The words of a rich text: as HTML where it was made from HTML, else as text. */
export function readRtf(bytes: Uint8Array): { readonly html?: string; readonly text?: string } {
  const source = new TextDecoder('windows-1252').decode(bytes.subarray(0, limits.text));
  const isHtml = /\\fromhtml1/.test(source.slice(0, 2_000));
  const codePage = `windows-${/\\ansicpg(\d{3,5})/.exec(source.slice(0, 2_000))?.[1] ?? '1252'}`;
  const out: string[] = [];
  const stack: Group[] = [];
  let group: Group = { isHidden: false, isTag: false, skip: 1, isRtfOnly: false };
  let octets: number[] = [];
  let toSkip = 0;
  const flush = () => {
    if (octets.length > 0) out.push(escaped(decodeText(new Uint8Array(octets), codePage), isHtml && !group.isTag));
    octets = [];
  };
  const say = (text: string) => {
    if (group.isHidden || group.isRtfOnly) return;
    flush();
    const rest = text.slice(toSkip);
    toSkip = Math.max(0, toSkip - text.length);
    out.push(escaped(rest, isHtml && !group.isTag));
  };
  for (const [whole, name, number, hex, symbol, brace] of source.matchAll(token)) {
    if (brace !== undefined) {
      flush();
      toSkip = 0;
      if (brace === '{') stack.push(group);
      else group = stack.pop() ?? group;
    } else if (hex !== undefined) {
      if (toSkip > 0) toSkip -= 1;
      else if (!group.isHidden && !group.isRtfOnly) octets.push(Number.parseInt(hex, 16));
    } else if (symbol !== undefined) {
      if (symbol === '*') group = { ...group, isHidden: true };
      else if (symbol === '~') say('\u{a0}');
      else if (symbol === '_') say('-');
      else if ('\\{}'.includes(symbol)) say(symbol);
      else if (symbol === '\n' || symbol === '\r') say('\n');
    } else if (name !== undefined) {
      const word = name.toLowerCase();
      if (word === 'htmltag') group = { ...group, isHidden: !isHtml, isTag: true };
      else if (word === 'mhtmltag' || hidden.has(word)) group = { ...group, isHidden: true };
      else if (word === 'htmlrtf') {
        flush();
        group = { ...group, isRtfOnly: isHtml && number !== '0' };
      } else if (word === 'uc') group = { ...group, skip: Math.min(Math.max(Number(number ?? 1), 0), 8) };
      else if (word === 'u' && number !== undefined) {
        say(String.fromCharCode(Number(number) & 0xffff));
        toSkip = group.skip;
      } else if (marks[word] !== undefined) say(marks[word]);
    } else if (!/^[\r\n\\]/.test(whole)) say(whole);
  }
  flush();
  const words = out.join('').toWellFormed();
  return isHtml ? { html: words } : { text: words };
}

function escaped(text: string, isMarkup: boolean): string {
  return isMarkup ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : text;
}
