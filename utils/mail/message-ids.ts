/** Message-ID, In-Reply-To and References, without angle brackets. */
import { limits } from './limits.ts';

/** The id of a `Message-ID` header; `undefined` where it holds none. */
export function readMessageId(header: string | undefined): string | undefined {
  if (!header) return undefined;
  return bracketed(header)[0] ?? bare(header)[0];
}

/** Oldest first, each once; the parent of In-Reply-To last where References lacks it. */
export function readReferences(references: string | undefined, inReplyTo: string | undefined): string[] {
  const ids = references ? listed(references) : [];
  // In-Reply-To was prose once (`Your message of …`), so only a bracketed id counts, or one that is all there is.
  const parents = inReplyTo ? listed(inReplyTo) : [];
  const unique = [...new Set([...ids, ...parents])];
  if (unique.length <= limits.references) return unique;
  // The first names the thread, the last ones the neighbours.
  return [...unique.slice(0, 1), ...unique.slice(1 - limits.references)];
}

function listed(header: string): string[] {
  const ids = bracketed(header);
  return ids.length > 0 ? ids : bare(header);
}

function bracketed(header: string): string[] {
  // Gateways fold inside an id; no id holds a blank.
  return [...header.matchAll(/<([^<>]+)>/g)].map((found) => clean(found[1] ?? '')).filter((id) => id !== '');
}

function bare(header: string): string[] {
  return header
    .split(/[\s,;]+/)
    .map(clean)
    .filter((word) => /^[^\s@<>"]+@[^\s@<>"]+$/.test(word));
}

function clean(id: string): string {
  return id.replace(/[\s\u{0}-\u{1f}\u{7f}]+/gu, '').slice(0, 1_000);
}
