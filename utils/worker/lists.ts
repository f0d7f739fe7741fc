/** Lists of a ticket system: kept, so that they are there offline and at once; recently used first. */
import { RelaisError } from '../core/errors.ts';
import type { Choice, ListName, TicketHit } from '../core/ticket.ts';
import { database } from '../outbox/database.ts';
import { engine } from '../recipes/engine.ts';
import type { Connection } from '../recipes/interface.ts';
import type { ListView } from '../views.ts';
import { findConnection } from './connection.ts';
import { engineContext } from './engine-context.ts';

const staleMs = 10 * 60_000;
const remembered = 5;

/** The list as last read; read again when it is old or `refresh` says so. An older copy is better than none. `queue`: for lists of one queue. */
export async function openList(endpointId: string, list: ListName, refresh: boolean, now: number, queue?: Choice): Promise<ListView> {
  const within = queue && (await dependsOnQueue(endpointId, list)) ? queue : undefined;
  const key = within ? `${keyOf(endpointId, list)}/${within.id}` : keyOf(endpointId, list);
  const cached = await (await database()).get('lists', key);
  if (cached && !refresh && now - cached.readAt < staleMs) return view(key, cached.choices, cached.readAt);
  try {
    const choices = await readList(endpointId, list, within);
    if (choices === undefined) return { recent: 0 };
    await (await database()).put('lists', { key, choices, readAt: now });
    return view(key, choices, now);
  } catch (thrown) {
    const error = RelaisError.from(thrown).record();
    return cached ? { ...(await view(key, cached.choices, cached.readAt)), error } : { recent: 0, error };
  }
}

async function dependsOnQueue(endpointId: string, name: ListName): Promise<boolean> {
  const list = (await findConnection(endpointId))?.recipe.lists[name];
  return list !== undefined && 'dependsOn' in list && list.dependsOn === 'queues';
}

async function readList(endpointId: string, list: ListName, within: Choice | undefined): Promise<readonly Choice[] | undefined> {
  return engine.list(await connectionTo(endpointId), list, engineContext(), within);
}

/** Tickets that the system finds for what was typed; `undefined` where it can't be searched. */
export async function searchTickets(endpointId: string, text: string): Promise<readonly TicketHit[] | undefined> {
  return engine.search(await connectionTo(endpointId), text, engineContext());
}

async function connectionTo(endpointId: string): Promise<Connection> {
  const connection = await findConnection(endpointId);
  if (!connection) throw new RelaisError('no-endpoint', 'This ticket system was removed');
  return connection;
}

async function view(key: string, choices: readonly Choice[], readAt: number): Promise<ListView> {
  const recent = (await (await database()).get('recent', key)) ?? [];
  const first = recent.flatMap((id) => choices.find((choice) => choice.id === id) ?? []);
  const rest = choices.filter(({ id }) => !recent.includes(id));
  return { choices: [...first, ...rest], recent: first.length, readAt };
}

/** What was remembered last, by list: the next delivery of a burst has nothing to add. */
const remembering = new Map<string, string>();

/** Puts a choice at the head of its list next time. */
export async function rememberChoice(endpointId: string, list: ListName, choice: Choice): Promise<void> {
  const key = keyOf(endpointId, list);
  if (remembering.get(key) === choice.id) return;
  remembering.set(key, choice.id);
  const db = await database();
  const before = (await db.get('recent', key)) ?? [];
  if (before[0] === choice.id) return;
  await db.put('recent', [choice.id, ...before.filter((id) => id !== choice.id)].slice(0, remembered), key);
}

/** Forgets what was read from an endpoint that changed or went. */
export async function forgetLists(endpointId: string): Promise<void> {
  await (await database()).delete('lists', IDBKeyRange.bound(`${endpointId}/`, `${endpointId}/\uffff`));
}

function keyOf(endpointId: string, list: ListName): string {
  return `${endpointId}/${list}`;
}
