/** The closed list of functions that expressions have beyond JSONata's own. Each gives `undefined` for what it can't take. */
import type { Participant } from '../core/thread.ts';
import { toBase64 } from './base64.ts';
import { uuid5 } from './digest.ts';
import { adf, markdown } from './rich-text.ts';

type Address = Pick<Participant, 'address' | 'name'>;

/** Plain text as markup: escaped, line ends kept. */
function html(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  return escaped.replace(/\r\n|\r|\n/g, '<br>\n');
}

/**
 * An article's body as markup: its own or its text. Already sanitised when it was captured. Inline images are named where
 * they stood, unless `keepsImages` says that the system shows files by their Content-ID.
 */
function body(article: unknown, keepsImages?: unknown): string | undefined {
  if (!isRecord(article)) return undefined;
  const markup = typeof article.html === 'string' ? article.html : '';
  if (markup.trim() === '') return html(article.text ?? '');
  if (keepsImages === true) return markup;
  return markup.replace(/<img\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi, (tag) => {
    if (!/\ssrc\s*=\s*["']?cid:/i.test(tag)) return tag;
    const alt = /\salt\s*=\s*"([^"]*)"/i.exec(tag)?.[1] ?? '';
    return alt === '' ? '[image]' : `[image: ${alt}]`;
  });
}

/** `name <address>` as RFC 5322 writes it; the bare address where there is no name. Takes one or a list. */
function address(who: unknown): string | undefined {
  if (Array.isArray(who)) return who.map(address).filter(Boolean).join(', ') || undefined;
  if (!isAddress(who)) return undefined;
  const name = line(who.name) ?? '';
  if (name === '') return who.address;
  // A comma or an at-sign outside quotes would start another address.
  const written = /^[\p{L}\p{N} '_-]+$/u.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
  return `${written} <${who.address}>`;
}

/** Lines `From: …`, `To: …`, `Cc: …`, `Date: …`, `Subject: …` of an article, those that are asked for and known. */
function heading(article: unknown, names: unknown): string | undefined {
  if (!isRecord(article)) return undefined;
  const wanted = Array.isArray(names) ? names : [names];
  const known: Record<string, readonly [string, string | undefined]> = {
    from: ['From', address(article.from)],
    to: ['To', address(article.to)],
    cc: ['Cc', address(article.cc)],
    date: ['Date', date(article.sentAt)],
    subject: ['Subject', line(article.subject)],
  };
  const lines = wanted.flatMap((name) => {
    const [label, value] = (typeof name === 'string' && Object.hasOwn(known, name) ? known[name] : undefined) ?? ['', undefined];
    return value === undefined || value === '' ? [] : [`${label}: ${value}`];
  });
  return lines.join('\n');
}

/** A time as it was where the message was sent: `2026-03-02 14:40 +01:00`. */
function date(time: unknown): string | undefined {
  if (typeof time !== 'string') return undefined;
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::[\d.]+)?(Z|[+-]\d\d:?\d\d)?$/.exec(time);
  if (parts === null) return time;
  return `${parts[1]} ${parts[2]} ${parts[3] === 'Z' || parts[3] === undefined ? 'UTC' : parts[3]}`;
}

/** One line without control characters. */
function line(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** At most `length` characters, whole ones; an ellipsis says that something was cut. */
function trunc(text: unknown, length: unknown): string | undefined {
  if (typeof text !== 'string' || typeof length !== 'number') return undefined;
  if (text.length <= length) return text;
  return `${text.slice(0, Math.max(0, length - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A backslash before each of `characters` and before backslashes: for query languages with quoted strings. */
function escaped(text: unknown, characters: unknown): string | undefined {
  if (typeof text !== 'string' || typeof characters !== 'string') return undefined;
  return [...text].map((char) => (char === '\\' || characters.includes(char) ? `\\${char}` : char)).join('');
}

/** Whether a text holds every one of these words, whatever their case and accents. */
function holds(text: unknown, words: unknown): boolean | undefined {
  if (typeof text !== 'string' || typeof words !== 'string') return undefined;
  const plain = (from: string): string => from.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const whole = plain(text);
  return plain(words)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}

/** Base64 of the text's UTF-8. */
function b64(text: unknown): string | undefined {
  return typeof text === 'string' ? toBase64(new TextEncoder().encode(text)) : undefined;
}

function uri(text: unknown): string | undefined {
  return typeof text === 'string' ? encodeURIComponent(text.toWellFormed()) : undefined;
}

/** Lower-case ASCII words joined by hyphens. */
function slug(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

/** What expressions may call as `$name(…)`. `$file` is added where files can be read. */
export const functions = {
  html,
  body,
  markdown,
  adf,
  address,
  heading,
  date,
  line,
  trunc,
  escape: escaped,
  holds,
  b64,
  uri,
  slug,
  json,
  uuid5,
} as const;

function isAddress(value: unknown): value is Address {
  return isRecord(value) && typeof value.address === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
