/** What every shipped recipe must hold, against exchanges recorded with the real system. A recipe without a fixture fails. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { staleSchemas } from '../../scripts/schemas.ts';
import type { Json } from '../../utils/core/delivery.ts';
import { RelaisError, remedies } from '../../utils/core/errors.ts';
import type { TicketDraft } from '../../utils/core/ticket.ts';
import { engine } from '../../utils/recipes/engine.ts';
import { evaluate } from '../../utils/recipes/expression.ts';
import { faultsOf } from '../../utils/recipes/inspect.ts';
import type { Connection, EngineContext, Job, Progress } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import type { Recipe } from '../../utils/recipes/recipe.ts';
import { type Exchange, type Player, play, type RecordedRequest } from '../support/exchanges.ts';

interface Played {
  readonly exchanges: readonly Exchange[];
  readonly result: Json;
}

interface Fixture {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** True over a request that carries the note where the requester never sees it. */
  readonly internal: string;
  readonly draft: TicketDraft;
  /** What is appended later. */
  readonly more: TicketDraft;
  readonly blobs: Readonly<Record<string, string>>;
  readonly test: Played;
  readonly queues: Played;
  readonly priorities: Played;
  readonly create: Played;
  readonly lookUp: Played;
  readonly append: Played;
  readonly read: Played;
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'recipes');
const recipes = await loadRecipes();
const silent: Progress = { started: async () => {}, finished: async () => {} };

it('has a fixture for each recipe and a recipe for each fixture', () => {
  expect(readdirSync(folder).toSorted()).toEqual([...recipes.keys()].map((id) => `${id}.json`).toSorted());
});

it('publishes the schemas that the code has', async () => {
  expect(await staleSchemas()).toEqual([]);
});

describe.each([...recipes.values()].filter(({ id }) => existsSync(join(folder, `${id}.json`))))('the recipe $id', (recipe: Recipe) => {
  const fixture = JSON.parse(readFileSync(join(folder, `${recipe.id}.json`), 'utf8')) as Fixture;
  const connection: Connection = { recipe, values: fixture.values, secrets: fixture.secrets };
  const ticketId = String((fixture.create.result as { ticketId: Json }).ticketId);
  const number = String((fixture.create.result as { number: Json }).number);
  const context = ({ http }: Pick<Player, 'http'>): EngineContext => ({
    http,
    now: Date.now,
    readBlob: async (key) => new Blob([fixture.blobs[key] ?? '']),
  });
  const create = (more: Partial<Job> = {}): Job => ({
    connection,
    action: { kind: 'create' },
    draft: fixture.draft,
    finished: {},
    ...more,
  });
  const append: Job = create({ action: { kind: 'append', ticketId: number }, draft: fixture.more });

  const flows = {
    test: (on: EngineContext) => engine.test(connection, on),
    queues: (on: EngineContext) => engine.list(connection, 'queues', on),
    priorities: async (on: EngineContext) => (await engine.list(connection, 'priorities', on)) ?? null,
    create: (on: EngineContext) => engine.deliver(create(), on, silent),
    lookUp: (on: EngineContext) => engine.lookUp(connection, fixture.draft.reference, on),
    append: (on: EngineContext) => engine.deliver(append, on, silent),
    read: (on: EngineContext) => engine.read(connection, ticketId, on),
  };
  const names = Object.keys(flows) as (keyof typeof flows)[];

  it('has sound templates and expressions', () => {
    expect(faultsOf(recipe)).toEqual([]);
  });

  it.each(names)('asks what was recorded and understands the answers: %s', async (name) => {
    const player = play(fixture[name].exchanges);
    const result = await flows[name](context(player));
    expect(player.asked).toEqual(fixture[name].exchanges.map(({ request }) => request));
    expect(result).toEqual(fixture[name].result);
  });

  it('asks only the origins that it says, and shows no secret in an address', async () => {
    const origins = await engine.origins(connection);
    expect(origins.length).toBeGreaterThan(0);
    for (const { url } of all(fixture, names)) {
      expect(origins).toContain(new URL(url).origin);
      for (const secret of Object.values(fixture.secrets)) expect(url).not.toContain(encodeURIComponent(secret));
    }
  });

  it('keeps the note internal', async () => {
    if (recipe.note !== 'internal') return;
    const noted = all(fixture, ['create', 'append']).filter(
      (request) =>
        JSON.stringify(request.body ?? '').includes(fixture.draft.note) || JSON.stringify(request.body ?? '').includes(fixture.more.note),
    );
    expect(noted.length).toBeGreaterThanOrEqual(2);
    for (const request of noted) expect(await evaluate(fixture.internal, request, {})).toBe(true);
  });

  it('says the reference in the ticket, and that of each message', () => {
    const sent = JSON.stringify(all(fixture, ['create', 'append']).map(({ body }) => body));
    for (const { reference } of [...fixture.draft.articles.slice(1), ...fixture.more.articles]) expect(sent).toContain(reference);
    expect(sent).toContain(fixture.draft.reference);
    expect(sent).toContain(fixture.draft.incomplete);
  });

  it('looks before it repeats, and adopts', async () => {
    const player = play(fixture.lookUp.exchanges);
    const doubted = create({ inDoubt: 'create', inDoubtSince: 0 });
    const finished: string[] = [];
    const watch: Progress = { ...silent, finished: async (step) => void finished.push(step) };
    await engine.deliver(doubted, context(player), watch).catch(() => undefined);
    expect(player.asked.slice(0, fixture.lookUp.exchanges.length)).toEqual(fixture.lookUp.exchanges.map(({ request }) => request));
    expect(finished[0]).toBe('create');
  });

  it('takes no ticket of another reference for its own', async () => {
    const player = play(fixture.lookUp.exchanges);
    expect(
      await engine.lookUp(
        connection,
        'relais-zzzzzzzzzzzzzzzzzzzz',
        context({
          http: async (request) =>
            player.asked.length < fixture.lookUp.exchanges.length
              ? player.http(request)
              : { status: 200, headers: {}, redirected: false, body: '{}' },
        }),
      ),
    ).toBeUndefined();
  });

  it.each([
    '{}',
    '[]',
    'null',
    '"x"',
    '42',
    '',
    '{"unexpected":{"a":[1]}}',
    '{"id":{"a":1}}',
    '<html><body>Login</body></html>',
    'plain words',
    '{"id":',
  ])('gives an answer nobody expects a name: %s', async (body) => {
    for (const name of names) {
      for (const [at] of fixture[name].exchanges.entries()) {
        const player = play(fixture[name].exchanges, ({ response }, asked) => (asked === at ? { status: 200, body } : response));
        const error: unknown = await flows[name](context(player)).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error !== undefined && !String(error).includes('More was asked')) {
          expect(error, `${name} ${at}`).toBeInstanceOf(RelaisError);
          expect(['unexpected', 'bad-recipe'], `${name} ${at}: ${String(error)}`).not.toContain((error as RelaisError).code);
        }
        // The ticket itself is never taken for made without its id.
        if (name === 'create' && at === 0) expect(remedies[(error as RelaisError).code]).toMatch(/check|pause/);
      }
    }
  });

  it.each([401, 403, 404, 413, 422, 429, 500, 503])('gives status %i a class', async (status) => {
    const player = play(fixture.create.exchanges, () => ({ status, body: { message: 'no' } }));
    const error = await engine.deliver(create(), context(player), silent).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RelaisError);
    expect((error as RelaisError).code).not.toBe('unexpected');
    expect(remedies[(error as RelaisError).code] === 'check').toBe(status >= 500);
  });
});

function all(
  fixture: Fixture,
  names: readonly ('test' | 'queues' | 'priorities' | 'create' | 'lookUp' | 'append' | 'read')[],
): readonly RecordedRequest[] {
  return names.flatMap((name) => fixture[name].exchanges.map(({ request }) => request));
}
