/** What in a line can't be the work of chance: dates, times, mail addresses. In any language. */

/** `१२` and `٠٩` as `12` and `09`. */
function latinDigits(text: string): string {
  return text.replace(/[\u{660}-\u{669}\u{6f0}-\u{6f9}\u{966}-\u{96f}\u{ff10}-\u{ff19}]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = [0x660, 0x6f0, 0x966, 0xff10].find((start) => code >= start && code <= start + 9) ?? code;
    return String(code - zero);
  });
}

const year = /(?<!\d)(?:19|20|25)\d\d(?!\d)/;
const numeric = /(?<!\d)\d{1,4}(?:\.|\/|-|\. )\d{1,2}(?:\.|\/|-|\. )\d{2,4}(?!\d)/;
const east = /\d\s?[年년].{0,3}\d\s?[月월]/;
const clock = /(?<!\d)\d{1,2}\s?(?:[:：h時시点點]|[.](?=\d\d(?!\d|\.\d)))\s?\d{2}(?!\d)/i;

/** A calendar day with its year, as figures or with a month's name. */
export function hasDate(text: string): boolean {
  const plain = latinDigits(text);
  return (year.test(plain) && /(?<!\d)\d{1,2}(?!\d)/.test(plain)) || numeric.test(plain) || east.test(plain);
}

/** A time of day. */
export function hasTime(text: string): boolean {
  return clock.test(latinDigits(text));
}

/** Any digit near the beginning: a date of which the year is on the next line or missing. */
export function beginsWithDay(text: string): boolean {
  const plain = latinDigits(text.slice(0, 24));
  return /^\S{0,12}[\s,]{0,3}\d|^\d/.test(plain);
}

/** A mail address, or what is left of one. */
export function hasAddress(text: string): boolean {
  return /[^\s<>()[\]"@]@[^\s<>()[\]"@]/.test(text);
}
