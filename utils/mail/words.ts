/** Text of headers: encoded words read, made fit for one line on screen. */
import { decodeEncodedWords } from './encoded-words.ts';
import { limits } from './limits.ts';

/** Direction overrides turn what follows on screen around; control characters do worse. */
const unfit = /[\u{0}-\u{1f}\u{7f}-\u{9f}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}]/gu;

/** One line without control characters and without direction overrides. */
export function oneLine(text: string): string {
  return text
    .slice(0, limits.line * 4)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(unfit, '')
    .trim()
    .slice(0, limits.line)
    .toWellFormed();
}

/** A header's text with its encoded words (RFC 2047) read. */
export function readWords(value: string): string {
  return oneLine(decodeEncodedWords(value.slice(0, limits.line * 32)));
}
