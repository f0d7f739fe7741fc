/** Reads the lists that a ticket system offers, page by page. */
import { RelaisError } from '../core/errors.ts';
import type { Choice, ListName } from '../core/ticket.ts';
import type { ListRecipe } from './recipe.ts';
import { sendLook } from './request.ts';
import type { Run } from './run.ts';
import { isTrue, type Scope, valueOver } from './template.ts';

type CalledList = Exclude<ListRecipe, { fixed: unknown }>;
const mostPages = 100;
const mostItems = 10_000;
/** Answers that say: this server has no such list. */
const absent: readonly string[] = ['not-found', 'rejected', 'login-page', 'redirected', 'unreadable-answer'];

/** The list, sorted as the system gives it; `undefined` where it offers none. */
export async function readList(run: Run, name: ListName, within: Choice | undefined): Promise<readonly Choice[] | undefined> {
  const list = run.recipe.lists[name];
  if (list === undefined) return undefined;
  if ('fixed' in list) {
    if (Array.isArray(list.fixed)) return list.fixed;
    const found = await choicesOf(
      { itemId: 'id', itemLabel: 'label' },
      itemsOf(await valueOver(list.fixed, run.scope, run.scope)),
      run.scope,
    );
    return found.length > 0 ? found : undefined;
  }
  if (list.when !== undefined && !(await isTrue(list.when, run.scope))) return undefined;
  if (list.dependsOn !== undefined && within === undefined) return undefined;
  try {
    return await pages(run, list, within === undefined ? run.scope : { ...run.scope, within });
  } catch (thrown) {
    if (list.optional && thrown instanceof RelaisError && absent.includes(thrown.code)) return undefined;
    throw thrown;
  }
}

async function pages(run: Run, list: CalledList, scope: Scope): Promise<readonly Choice[]> {
  const choices = new Map<string, Choice>();
  const { page } = list;
  let cursor: string | undefined;
  for (let at = 0; at < mostPages; at += 1) {
    const offset = at * (page?.size ?? 0);
    const position = {
      number: (page?.first ?? 1) + at,
      offset,
      size: page?.size,
      from: offset,
      to: offset + (page?.size ?? 1) - 1,
      cursor,
    };
    const { query, ...rest } = list;
    const call = page?.kind === 'link' && cursor !== undefined ? { ...rest, url: '{{ page.cursor }}' } : list;
    const sent = await sendLook(run, call, { ...scope, page: position }, 'list');
    const read = await choicesOf(list, itemsOf(await valueOver(list.items, sent.scope, sent.answer.body)), sent.scope);
    const before = choices.size;
    for (const choice of read) choices.set(choice.id, choice);
    // A server that ignores the page gives the same one for ever.
    if (page === undefined || choices.size === before || choices.size >= mostItems) break;
    if (page.more !== undefined && (await valueOver(page.more, sent.scope, sent.answer.body)) !== true) break;
    if (page.kind !== 'cursor' && page.kind !== 'link') continue;
    const next = page.next === undefined ? linkNext(sent.answer.headers.link) : await valueOver(page.next, sent.scope, sent.answer.body);
    if ((typeof next !== 'string' && typeof next !== 'number') || next === '' || String(next) === cursor) break;
    cursor = page.kind === 'link' ? absolute(String(next), run.base) : String(next);
  }
  return [...choices.values()];
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

async function choicesOf(
  list: Pick<CalledList, 'itemId' | 'itemLabel'>,
  items: readonly unknown[],
  scope: Scope,
): Promise<readonly Choice[]> {
  const choices: Choice[] = [];
  for (const item of items) {
    const id = await valueOver(list.itemId, scope, item);
    const label = await valueOver(list.itemLabel, scope, item);
    if (typeof id !== 'string' && typeof id !== 'number') continue;
    choices.push({ id: String(id), label: typeof label === 'string' && label !== '' ? label : String(id) });
  }
  return choices;
}

/** Servers also write a next page as a path. Where it leads is checked like every address. */
function absolute(next: string, base: string): string {
  return URL.canParse(next, base) ? new URL(next, base).href : next;
}

/** The address of rel="next" in a Link header (RFC 8288). */
function linkNext(header: string | undefined): string | undefined {
  return /<([^>]+)>\s*;[^,<]*\brel="?next"?/i.exec(header ?? '')?.[1];
}
