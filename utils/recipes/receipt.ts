/** From the outputs of steps to what is told about a ticket. */
import type { Json } from '../core/delivery.ts';
import { RelaisError } from '../core/errors.ts';
import type { Found } from './interface.ts';
import type { Out } from './look-up.ts';
import type { Run } from './run.ts';
import { fillText, type Scope, valueOver } from './template.ts';

const longest = 10_000;

/** Number and page of a ticket, from what steps gave and what the recipe says of every ticket. */
export async function describeTicket(run: Run, ticketId: string, out: Out, scope: Scope = run.scope): Promise<Found> {
  const ticket = { id: ticketId, number: text(out.number) ?? ticketId };
  const seen = { ...scope, ticket, secrets: {} };
  const { number, url } = run.recipe.ticket;
  const named = number === undefined ? ticket.number : (text(await valueOver(number, seen, seen)) ?? ticket.number);
  const page =
    text(out.url) ??
    (url === undefined ? undefined : await fillText(url, { ...seen, ticket: { ...ticket, number: named } }, encodeURIComponent));
  const address = page === undefined ? undefined : pageOf(page, run.base);
  return { ticketId, number: named, ...(address === undefined ? {} : { url: address }) };
}

/** A server's link is shown to people: only a web address may be one. */
function pageOf(address: string, base: string): string | undefined {
  if (!URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

/** A text of an output; `undefined` for nothing, lists and objects. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Outputs as they are stored: plain JSON of bounded size. */
export function stored(out: Out): Readonly<Record<string, Json>> {
  const json = JSON.stringify(out, (_, value: unknown) => (typeof value === 'string' ? value.slice(0, longest) : value));
  if (json.length > 20 * longest) throw new RelaisError('unreadable-answer', 'The answer gave more than a step may keep');
  return JSON.parse(json) as Record<string, Json>;
}
