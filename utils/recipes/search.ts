/** Finds tickets by what a person typed: a number, words of the title, the requester. */
import { RelaisError } from '../core/errors.ts';
import type { TicketHit } from '../core/ticket.ts';
import { describeTicket, text } from './receipt.ts';
import type { Search } from './recipe.ts';
import { sendLook } from './request.ts';
import type { Run } from './run.ts';
import { isTrue, type Scope, valueOver } from './template.ts';

const mostHits = 20;

/** Hits of all searches that hold, each in the system's own order, at most twenty; `undefined` where this connection can't be searched. */
export async function searchTickets(run: Run, typed: string): Promise<readonly TicketHit[] | undefined> {
  // People write numbers as they are shown to them.
  const scope = { ...run.scope, text: typed.trim().replace(/^#(?=\d)/, '') };
  const hits = new Map<string, TicketHit>();
  let canSearch = false;
  for (const search of run.recipe.search) {
    if (search.when !== undefined && !(await isTrue(search.when, scope))) continue;
    canSearch = true;
    if (scope.text === '') continue;
    for (const hit of await hitsOf(run, search, scope)) hits.set(hit.id, hits.get(hit.id) ?? hit);
    if (hits.size >= mostHits) break;
  }
  return canSearch ? [...hits.values()].slice(0, mostHits) : undefined;
}

async function hitsOf(run: Run, search: Search, scope: Scope): Promise<readonly TicketHit[]> {
  const sent = await sendLook(run, search, scope, 'search').catch((thrown: unknown) => {
    // Some systems answer "not found" where others give an empty list.
    if (thrown instanceof RelaisError && thrown.code === 'not-found') return undefined;
    throw thrown;
  });
  if (sent === undefined) return [];
  const items = await valueOver(search.items, sent.scope, sent.answer.body);
  const hits: TicketHit[] = [];
  for (const item of (Array.isArray(items) ? items : [items]).slice(0, mostHits)) {
    const id = text(await valueOver(search.itemId, sent.scope, item));
    if (id !== undefined) hits.push(await describeHit(run, search, sent.scope, id, item));
  }
  return hits;
}

async function describeHit(run: Run, { itemOut }: Search, scope: Scope, id: string, item: unknown): Promise<TicketHit> {
  const told: Record<string, string> = {};
  for (const [name, expression] of Object.entries(itemOut)) {
    const value = text(await valueOver(expression, scope, item));
    if (value !== undefined) told[name] = value;
  }
  const { number } = await describeTicket(run, id, told, scope);
  return { ...told, id, number };
}
