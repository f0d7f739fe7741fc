/** What every shipped recipe must hold, against exchanges with the system. A recipe without a fixture fails. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { staleSchemas } from '../../scripts/schemas.ts';
import { systemsAreCurrent } from '../../scripts/systems.ts';
import type { FinishedStep } from '../../utils/core/delivery.ts';
import { RelaisError, remedies } from '../../utils/core/errors.ts';
import { engine } from '../../utils/recipes/engine.ts';
import { evaluate } from '../../utils/recipes/expression.ts';
import { faultsOf } from '../../utils/recipes/inspect.ts';
import type { Connection, EngineContext, Job, Progress } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import type { Recipe } from '../../utils/recipes/recipe.ts';
import { type Exchange, type Player, play } from '../support/exchanges.ts';
import { type FlowName, readFixture, recipeFixtures, requestsOf, threadOf } from '../support/recipe-fixtures.ts';

const recipes = await loadRecipes();
const silent: Progress = { started: async () => {}, finished: async () => {} };

it('has a fixture for each recipe and a recipe for each fixture', () => {
  expect(readdirSync(recipeFixtures).toSorted()).toEqual([...recipes.keys()].map((id) => `${id}.json`).toSorted());
});

it('publishes the schemas that the code has', async () => {
  expect(await staleSchemas()).toEqual([]);
});

it('publishes the table of systems that the recipes have', async () => {
  expect(await systemsAreCurrent(), 'docs/systems.md is out of date: npm run systems').toBe(true);
});

const pairs = [...recipes.values()].flatMap((recipe) => {
  const fixture = readFixture(recipe.id);
  return fixture === undefined || recipe.mail !== undefined ? [] : [{ id: recipe.id, recipe, fixture }];
});

describe.each(pairs)('the recipe $id', ({ recipe, fixture }) => {
  const { draft, more, blobs } = threadOf(fixture);
  const connection: Connection = { recipe, values: fixture.values, secrets: fixture.secrets };
  const made = fixture.create.result as { readonly ticketId: string; readonly number: string };
  let clock = Date.now();
  /** A day later each time, so that no session of another test is still open. */
  const context = ({ http }: Pick<Player, 'http'>): EngineContext => {
    clock += 86_400_000;
    const now = clock;
    return { http, now: () => now, readBlob: async (key) => new Blob([blobs[key] ?? '']) };
  };
  const create = (job: Partial<Job> = {}): Job => ({ connection, action: { kind: 'create' }, draft, finished: {}, ...job });
  const append: Job = create({ action: { kind: 'append', ticketId: made.number }, draft: more });

  const flows: Record<FlowName, (on: EngineContext) => Promise<unknown>> = {
    test: (on) => engine.test(connection, on),
    queues: (on) => engine.list(connection, 'queues', on),
    priorities: async (on) => (await engine.list(connection, 'priorities', on, draft.queue)) ?? null,
    assignees: async (on) => (await engine.list(connection, 'assignees', on, draft.queue)) ?? null,
    types: async (on) => (await engine.list(connection, 'types', on, draft.queue)) ?? null,
    tags: async (on) => (await engine.list(connection, 'tags', on, draft.queue)) ?? null,
    create: (on) => engine.deliver(create(), on, silent),
    lookUp: (on) => engine.lookUp(connection, draft.reference, on),
    append: (on) => engine.deliver(append, on, silent),
    read: (on) => engine.read(connection, made.ticketId, on),
    search: async (on) => (await engine.search(connection, fixture.searched ?? '', on)) ?? null,
  };
  const names = flowsOf(recipe);
  const played = (name: FlowName): readonly Exchange[] => fixture[name]?.exchanges ?? [];
  const creating = recipe.create.find(({ as }) => as === 'create');

  /** Which request makes the ticket, and what was finished before it. */
  async function beforeCreate(): Promise<{ readonly at: number; readonly finished: Readonly<Record<string, FinishedStep>> }> {
    const player = play(played('create'));
    const on = context(player);
    const finished: Record<string, FinishedStep> = {};
    let at = -1;
    const watch: Progress = {
      started: async (step) => {
        if (step === creating?.id) at = player.asked.length;
      },
      finished: async (step, out) => {
        if (at < 0) finished[step] = { at: on.now() + 86_400_000, out };
      },
    };
    await engine.deliver(create(), on, watch);
    // The session of an earlier test is gone, so a login comes first here; the ticket is made by the request after it.
    while (played('create')[at]?.request.purpose === 'session') at += 1;
    return { at, finished };
  }

  it('has sound templates and expressions', () => {
    expect(faultsOf(recipe)).toEqual([]);
  });

  it('has exchanges for all that it can do', () => {
    expect(names.filter((name) => fixture[name] === undefined)).toEqual([]);
    const codes = fixture.wrong.map(({ error }) => error.code);
    expect(codes).toContain('rejected');
    expect(fixture.wrong.map(({ is }) => is)).toContain('throttled');
  });

  it.each(names)('asks what was recorded and understands the answers: %s', async (name) => {
    const player = play(played(name));
    const result = await flows[name](context(player));
    expect(player.asked).toEqual(played(name).map(({ request }) => request));
    expect(result).toEqual(fixture[name]?.result);
  });

  it.each(fixture.wrong)('names what is wrong: $is, answer $at of $flow', async ({ flow, at, response, error }) => {
    const player = play(played(flow), (exchange, asked) => (asked === at ? response : exchange.response));
    const thrown: unknown = await flows[flow](context(player)).catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(RelaisError);
    const { code, details } = thrown as RelaisError;
    expect({ ...error, code, ...pick(details, Object.keys(error)) }).toEqual(error);
  });

  it('asks only the origins that it says, and shows no secret in an address', async () => {
    const origins = await engine.origins(connection);
    expect(origins.length).toBeGreaterThan(0);
    for (const { url } of requestsOf(fixture, names)) {
      expect(origins).toContain(new URL(url).origin);
      for (const secret of Object.values(fixture.secrets)) expect(url).not.toContain(encodeURIComponent(secret));
    }
  });

  it('keeps the note internal', async () => {
    if (recipe.note !== 'internal') return;
    const noted = requestsOf(fixture, ['create', 'append']).filter(({ body }) => {
      const sent = JSON.stringify(body ?? '');
      return sent.includes(draft.note) || sent.includes(more.note);
    });
    expect(noted.length).toBeGreaterThanOrEqual(2);
    for (const request of noted) expect(await evaluate(fixture.internal ?? '', request, {}), request.url).toBe(true);
  });

  it('says the reference in the ticket, and that of each message', () => {
    const sent = JSON.stringify(requestsOf(fixture, ['create', 'append']).map(({ url, body }) => [url, body]));
    const later = names.includes('append') ? more.articles : [];
    for (const { reference } of [...draft.articles.slice(1), ...later]) expect(sent).toContain(reference);
    expect(sent).toContain(draft.reference);
    expect(sent).toContain(draft.incomplete);
  });

  it.skipIf(recipe.dedupe.class === 'none')('looks before it repeats, and adopts', async () => {
    const { finished: before } = await beforeCreate();
    const looks = (fixture.doubt ?? fixture.lookUp)?.exchanges ?? [];
    const player = play(looks);
    const doubted = create({ inDoubt: creating?.id ?? '', inDoubtSince: 0, finished: before });
    const finished: string[] = [];
    const watch: Progress = { ...silent, finished: async (step) => void finished.push(step) };
    await engine.deliver(doubted, context(player), watch).catch(() => undefined);
    expect(player.asked.slice(0, looks.length)).toEqual(looks.map(({ request }) => request));
    expect(finished[0]).toBe(creating?.id);
  });

  it.skipIf(!names.includes('lookUp'))('takes no ticket of another reference for its own', async () => {
    const player = play(played('lookUp'));
    const http: EngineContext['http'] = async (request) =>
      player.asked.length < played('lookUp').length ? player.http(request) : { status: 200, headers: {}, redirected: false, body: '{}' };
    expect(await engine.lookUp(connection, 'relais-zzzzzzzzzzzzzzzzzzzz', context({ http }))).toBeUndefined();
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
    const { at: creates } = await beforeCreate();
    for (const name of names) {
      for (const [at] of played(name).entries()) {
        const player = play(played(name), ({ response }, asked) => (asked === at ? { status: 200, body } : response));
        const error: unknown = await flows[name](context(player)).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error !== undefined && !String(error).includes('More was asked')) {
          expect(error, `${name} ${at}`).toBeInstanceOf(RelaisError);
          expect(['unexpected', 'bad-recipe'], `${name} ${at}: ${String(error)}`).not.toContain((error as RelaisError).code);
        }
        // The ticket itself is never taken for made without its id; where the id comes as bare text, a number is one.
        if (name !== 'create' || at !== creates || (creating?.expect === 'text' && body === '42')) continue;
        expect(remedies[(error as RelaisError).code]).toMatch(/check|pause/);
      }
    }
  });

  it.each([401, 403, 404, 413, 422, 429, 500, 503])('gives status %i a class', async (status) => {
    const { at: creates } = await beforeCreate();
    const player = play(played('create'), ({ response }, asked) => (asked >= creates ? { status, body: { message: 'no' } } : response));
    const error = await engine.deliver(create(), context(player), silent).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RelaisError);
    expect((error as RelaisError).code).not.toBe('unexpected');
    expect(remedies[(error as RelaisError).code] === 'check').toBe(status >= 500);
  });
});

/** What a recipe can do, by what it has. */
function flowsOf(recipe: Recipe): readonly FlowName[] {
  const called = (['queues', 'priorities', 'assignees', 'types', 'tags'] as const).filter(
    (name) => recipe.lists[name] && !('fixed' in recipe.lists[name]),
  );
  return [
    'test',
    ...called,
    'create',
    // Where only the list of one queue can be read, nothing is found without a draft.
    ...(recipe.dedupe.class !== 'none' && recipe.dedupe.find.some(({ when }) => when !== '$exists(draft)') ? (['lookUp'] as const) : []),
    ...(recipe.append.length > 0 ? (['append'] as const) : []),
    ...(recipe.read === undefined ? [] : (['read'] as const)),
    ...(recipe.search.length === 0 ? [] : (['search'] as const)),
  ];
}

function pick(record: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.flatMap((key) => (key in record ? [[key, record[key]]] : [])));
}
