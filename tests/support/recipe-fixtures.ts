/** What a recipe's fixture holds: exchanges with the system, for one thread that all of them share. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../utils/core/delivery.ts';
import type { TicketDraft } from '../../utils/core/ticket.ts';
import type { Exchange, RecordedRequest } from './exchanges.ts';

export interface Played {
  readonly exchanges: readonly Exchange[];
  readonly result: Json;
}

/** What the engine can be asked for; a fixture has what its recipe has. */
export type FlowName =
  | 'test'
  | 'queues'
  | 'priorities'
  | 'assignees'
  | 'types'
  | 'tags'
  | 'create'
  | 'lookUp'
  | 'append'
  | 'read'
  | 'search';

/** One answer of a flow replaced by another that must end in an error. */
export interface Wrong {
  /** `throttled`, `refused`, `error in a 200` … */
  readonly is: string;
  readonly flow: FlowName;
  readonly at: number;
  readonly response: Exchange['response'];
  readonly error: { readonly code: string; readonly said?: string; readonly retryAfterMs?: number };
}

export interface RecipeFixture extends Partial<Record<FlowName, Played>> {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** True over a request that carries the note where the requester never sees it. */
  readonly internal?: string;
  /** What the person chose, as this system has it. */
  readonly chosen: Partial<Pick<TicketDraft, 'queue' | 'priority' | 'assignee' | 'type' | 'tags'>>;
  /** What was typed for `search`. */
  readonly searched?: string;
  readonly wrong: readonly Wrong[];
  readonly test: Played;
  readonly create: Played;
  /** What is asked when the ticket may be there already, where that is more than `lookUp` because the draft is at hand. */
  readonly doubt?: Pick<Played, 'exchanges'>;
}

const fixtures = join(import.meta.dirname, '..', 'fixtures');
export const recipeFixtures = join(fixtures, 'recipes');

interface Thread {
  readonly draft: TicketDraft;
  /** What is appended later. */
  readonly more: TicketDraft;
  readonly blobs: Readonly<Record<string, string>>;
}

/** The thread that every fixture sends, with what one of them chose. */
export function threadOf(fixture: Pick<RecipeFixture, 'chosen'>): Thread {
  const { draft, more, blobs } = JSON.parse(readFileSync(join(fixtures, 'recipe-thread.json'), 'utf8')) as Thread;
  return { draft: { ...draft, ...fixture.chosen }, more: { ...more, ...fixture.chosen }, blobs };
}

/** `undefined` where the recipe has none yet. */
export function readFixture(id: string): RecipeFixture | undefined {
  const file = join(recipeFixtures, `${id}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RecipeFixture) : undefined;
}

export function requestsOf(fixture: RecipeFixture, names: readonly FlowName[]): readonly RecordedRequest[] {
  return names.flatMap((name) => fixture[name]?.exchanges.map(({ request }) => request) ?? []);
}
