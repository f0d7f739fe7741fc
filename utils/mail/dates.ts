/** The `Date` header, as RFC 5322 writes it and as older and careless senders do. */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Minutes east of Greenwich for the names of RFC 5322 section 4.3 and those that are common and unambiguous. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  west: 60,
  met: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

const clock = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?`;
const usual = new RegExp(String.raw`(?:^|[\s,])(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{2,4})[\s,]+${clock}\s*([ap]m)?\s*(.*)$`, 'i');
const unix = new RegExp(String.raw`(?:^|[\s,])([a-z]{3})[a-z]*\s+(\d{1,2}),?\s+${clock}\s*(?:([a-z]{1,5})\s+)?(\d{4})\s*(.*)$`, 'i');
const iso = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})[T\s]+${clock}\s*(.*)$`, 'i');

/** ISO 8601 with the sender's own offset, or `undefined` where the header is no date. */
export function readDate(header: string | undefined): string | undefined {
  if (!header) return undefined;
  const text = withoutComments(header.slice(0, 500)).replace(/\s+/g, ' ').trim();
  const a = usual.exec(text);
  if (a) return build(year(a[3]), month(a[2]), num(a[1]), hour(a[4], a[7]), num(a[5]), num(a[6]), a[8]);
  const b = unix.exec(text);
  if (b) return build(year(b[7]), month(b[1]), num(b[2]), num(b[3]), num(b[4]), num(b[5]), b[6] ?? b[8]);
  const c = iso.exec(text);
  return c ? build(num(c[1]), num(c[2]), num(c[3]), num(c[4]), num(c[5]), num(c[6]), c[7]) : undefined;
}

/** An ISO time with an offset as a page hands it over; `undefined` for anything else. */
export function readIsoTime(text: string | undefined): string | undefined {
  return text && /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? readDate(text) : undefined;
}

function num(text: string | undefined): number {
  return Number(text ?? 0);
}

function month(name: string | undefined): number {
  return months.indexOf((name ?? '').toLowerCase()) + 1;
}

/** Two digits as RFC 5322 section 4.3 reads them. */
function year(text: string | undefined): number {
  const value = num(text);
  if ((text ?? '').length === 2) return value + (value < 50 ? 2000 : 1900);
  return (text ?? '').length === 3 ? value + 1900 : value;
}

function hour(text: string | undefined, half: string | undefined): number {
  const value = num(text);
  if (!half) return value;
  return (value % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

/** A missing or unknown zone counts as `-0000`, which RFC 5322 section 4.3 says to assume. */
function offset(zone: string | undefined): number | undefined {
  const text = (zone ?? '').trim();
  const digits = /^(?:[a-z]{1,5} ?)?([+-])(\d{1,2}):?(\d{2})\b/i.exec(text);
  if (digits) {
    const minutes = num(digits[2]) * 60 + num(digits[3]);
    if (minutes > 14 * 60 || num(digits[3]) > 59) return undefined;
    return digits[1] === '-' ? -minutes : minutes;
  }
  return zones[/^[a-z]+/i.exec(text)?.[0].toLowerCase() ?? ''] ?? 0;
}

function build(y: number, mo: number, d: number, h: number, mi: number, s: number, zone: string | undefined): string | undefined {
  const east = offset(zone);
  if (mo < 1 || mo > 12 || d < 1 || d > new Date(Date.UTC(y, mo, 0)).getUTCDate() || h > 23 || mi > 59 || s > 60) return undefined;
  if (y < 1970 || y > 2200) return undefined;
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  // A wrong offset takes nothing from the day and hour that stand beside it.
  const minutes = Math.abs(east ?? 0);
  const sign = (east ?? 0) < 0 ? '-' : '+';
  return `${y}-${two(mo)}-${two(d)}T${two(h)}:${two(mi)}:${two(Math.min(s, 59))}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function withoutComments(text: string): string {
  return text.replace(/\([^()]*\)/g, ' ');
}
