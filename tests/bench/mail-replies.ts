/**
 * Replies of public corpora: what their authors wrote, and what is quoted. The truth was written down by reading them:
 * own lines must be shown, all others folded, but those on which readers may differ (a name below a greeting).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import EmailReplyParser from 'email-reply-parser';
import { convert } from 'html-to-text';
import planer from 'planer';
import { ownText } from '../../utils/core/thread.ts';
import { readBody } from '../../utils/mail/body.ts';
import { readParts } from '../../utils/mail/parts.ts';
import { renderBody } from '../../utils/mail/render.ts';

/** `own` and `either` number lines from 1; `ownLines` and `eitherLines` hold how a line begins. */
interface Truth {
  readonly own?: string;
  readonly either?: string;
  readonly ownLines?: readonly string[];
  readonly eitherLines?: readonly string[];
}

interface Wanted {
  readonly line: string;
  readonly isOwn: boolean;
}

/** Rates of exact replies, ours and the libraries', and how many own lines we folded. */
export async function replies(folder: string): Promise<Record<string, number>> {
  const text = await rates(folder, 'text', {
    ours: (body) => ownText(renderBody([{ text: body }], '').shown),
    email_reply_parser: (body) => new EmailReplyParser().parseReply(body),
    planer: (body) => planer.extractFrom(body, 'text/plain'),
  });
  const html = await rates(folder, 'html', {
    ours: (body) => ownText(renderBody([{ html: body }], '').shown),
    ours_markup: (body) => unfolded(renderBody([{ html: body }], '').shown.html),
    email_reply_parser: (body) => new EmailReplyParser().parseReply(convert(body, { wordwrap: false })),
    planer: (body) => convert(planer.extractFrom(body, 'text/html', document), { wordwrap: false }),
  });
  return {
    reply_own_text_lost: (text.ours?.lost ?? 0) + (html.ours?.lost ?? 0),
    reply_exact_rate: text.ours?.rate ?? 0,
    reply_exact_rate_email_reply_parser: text.email_reply_parser?.rate ?? 0,
    reply_exact_rate_planer: text.planer?.rate ?? 0,
    html_reply_exact_rate: Math.min(html.ours?.rate ?? 0, html.ours_markup?.rate ?? 0),
    html_reply_exact_rate_email_reply_parser: html.email_reply_parser?.rate ?? 0,
    html_reply_exact_rate_planer: html.planer?.rate ?? 0,
  };
}

type Reader = (body: string) => string;

async function rates(folder: string, kind: 'text' | 'html', readers: Readonly<Record<string, Reader>>) {
  const truths = JSON.parse(readFileSync(join(import.meta.dirname, 'truth', `replies-${kind}.json`), 'utf8')) as Record<string, Truth>;
  const counts: Record<string, { exact: number; lost: number; rate: number }> = {};
  for (const [name, read] of Object.entries(readers)) {
    const count = { exact: 0, lost: 0, rate: 0 };
    for (const [file, truth] of Object.entries(truths)) {
      const body = bodyOf(join(folder, file), kind);
      const shown = linesOf(name.startsWith('ours') ? read(body) : attempt(read, body));
      const wanted = wantedOf(truth, body, shown);
      const lost = lostOf(wanted, shown);
      const isExact = lost === 0 && isNothingElse(wanted, shown);
      count.lost += lost;
      if (isExact) count.exact += 1;
      else if (name.startsWith('ours')) console.info(`reply ${kind} ${file}: ${lost > 0 ? `${lost} own lines folded` : 'more is shown'}`);
    }
    count.rate = count.exact / Object.keys(truths).length;
    counts[name] = count;
  }
  return counts;
}

/** The libraries spend many minutes on one long line of `>`. */
const patience = 100_000;

/** A library that throws has shown nothing. */
function attempt(read: Reader, body: string): string {
  if (body.length > patience) return '';
  try {
    return read(body);
  } catch {
    return '';
  }
}

function bodyOf(file: string, kind: 'text' | 'html'): string {
  const bytes = new Uint8Array(readFileSync(file));
  if (!file.endsWith('.eml')) return new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n');
  return readBody(readParts(bytes).root)
    .pieces.map((piece) => piece[kind] ?? '')
    .join('\n');
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function wantedOf(truth: Truth, body: string, shown: readonly string[]): Wanted[] {
  if (truth.own !== undefined) {
    const own = numbers(truth.own);
    const either = numbers(truth.either ?? '');
    return body.split('\n').flatMap((line, index) => {
      const isOwn = own.has(index + 1);
      return line.trim() !== '' && (isOwn || either.has(index + 1)) ? [{ line: line.trim(), isOwn }] : [];
    });
  }
  // Told by its beginning, a line counts as it is shown.
  const whole = (start: string) => shown.find((line) => line.startsWith(start)) ?? start;
  const line = (isOwn: boolean) => (start: string) => ({ line: whole(start), isOwn });
  return [...(truth.ownLines ?? []).map(line(true)), ...(truth.eitherLines ?? []).map(line(false))];
}

function numbers(ranges: string): Set<number> {
  const found = new Set<number>();
  for (const range of ranges.split(',').filter((part) => part !== '')) {
    const [from = 0, to = from] = range.split('-').map(Number);
    for (let line = from; line <= to; line += 1) found.add(line);
  }
  return found;
}

function lostOf(wanted: readonly Wanted[], shown: readonly string[]): number {
  let at = 0;
  let lost = 0;
  for (const { line } of wanted.filter(({ isOwn }) => isOwn)) {
    const found = shown.indexOf(line, at);
    if (found < 0) lost += 1;
    else at = found + 1;
  }
  return lost;
}

function isNothingElse(wanted: readonly Wanted[], shown: readonly string[]): boolean {
  let at = 0;
  for (const { line } of wanted) if (shown[at] === line) at += 1;
  return at === shown.length;
}

/** What the markup shows where its folds are closed. */
function unfolded(html: string): string {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  for (const folded of body.querySelectorAll('[data-fold]')) folded.remove();
  return ownText({ ...renderBody([{ html: body.innerHTML }], '').shown, folds: [] });
}
