/** Sizes and times in the person's language. */
import { locale } from '../i18n.ts';

const kilo = 1000;
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** `1.2 MB`. */
export function formatSize(bytes: number): string {
  const power = bytes < kilo ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / kilo ** power;
  return formatter(Intl.NumberFormat, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 0 && value < 10 ? 1 : 0,
  }).format(value);
}

/** Short date and time: today only the time, this year without the year. Empty for an unreadable date. */
export function formatWhen(time: number | string | undefined, now: number): string {
  const date = time === undefined ? undefined : new Date(time);
  if (date === undefined || Number.isNaN(date.getTime())) return '';
  const today = new Date(now);
  const clock: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
  if (date.toDateString() === today.toDateString()) return format(date, clock);
  const sameYear = date.getFullYear() === today.getFullYear();
  return format(date, { day: 'numeric', month: 'short', ...(sameYear ? clock : { year: 'numeric' }) });
}

/** The day, with its year. */
export function formatDay(time: number): string {
  return format(new Date(time), { dateStyle: 'medium' });
}

/** Date and time in full, for a tooltip. */
export function formatExactly(time: number | string): string {
  return format(new Date(time), { dateStyle: 'full', timeStyle: 'short' });
}

/** `in 4 minutes`, `3 days ago`. */
export function formatRelative(time: number, now: number): string {
  const seconds = Math.round((time - now) / 1000);
  const relative = formatter(Intl.RelativeTimeFormat, { numeric: 'auto' });
  if (Math.abs(seconds) < 60) return relative.format(seconds, 'second');
  if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (Math.abs(seconds) < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}

/** `a, b and c`, or `a, b or c`. */
export function formatList(items: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return formatter(Intl.ListFormat, { type }).format(items);
}

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  return Number.isNaN(date.getTime()) ? '' : formatter(Intl.DateTimeFormat, options).format(date);
}

const made = new Map<string, unknown>();

/** Made once for each way of writing: making one costs more than writing a hundred dates with it. */
function formatter<Options extends object, Formatter>(
  make: new (locale: string, options?: Options) => Formatter,
  options: Options,
): Formatter {
  const key = [make.name, locale(), JSON.stringify(options)].join();
  const known = made.get(key) ?? new make(locale(), options);
  made.set(key, known);
  return known as Formatter;
}
