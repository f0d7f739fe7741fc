/** What a recipe without any request must hold: a mailbox for each draft, and silence. */
import { describe, expect, it } from 'vitest';
import { engine } from '../../utils/recipes/engine.ts';
import { faultsOf } from '../../utils/recipes/inspect.ts';
import type { Connection, EngineContext } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import { play } from '../support/exchanges.ts';
import { readFixture, threadOf } from '../support/recipe-fixtures.ts';

const recipes = [...(await loadRecipes()).values()].filter(({ mail }) => mail !== undefined);
const silent = { started: async () => {}, finished: async () => {} };

it('is what the recipe for mail is', () => {
  expect(recipes.map(({ id }) => id)).toContain('mail');
});

describe.each(recipes)('the recipe $id', (recipe) => {
  const fixture = readFixture(recipe.id);
  if (fixture === undefined) throw new Error('no fixture');
  const { draft, more, blobs } = threadOf(fixture);
  const { http, asked } = play([]);
  const on: EngineContext = { http, now: Date.now, readBlob: async (key) => new Blob([blobs[key] ?? '']) };
  const connection: Connection = { recipe, values: fixture.values, secrets: fixture.secrets };
  const create = (chosen: Partial<typeof draft>) =>
    engine.deliver({ connection, action: { kind: 'create' }, draft: { ...draft, ...chosen }, finished: {} }, on, silent);

  it('is sound, takes no notes and asks no site', async () => {
    expect(faultsOf(recipe)).toEqual([]);
    expect(recipe.note).toBe('none');
    expect(await engine.origins(connection)).toEqual([]);
  });

  it('offers the queues that have a mailbox, none where none has', async () => {
    expect(await engine.list(connection, 'queues', on)).toEqual(fixture.queues?.result);
    expect(await engine.list({ ...connection, values: { ...fixture.values, queues: '' } }, 'queues', on)).toBeUndefined();
  });

  it('wants a mail to the mailbox of the chosen queue, or to the one for all, and makes no ticket of it', async () => {
    await expect(create({})).rejects.toMatchObject({ code: 'mail-needed', details: { to: fixture.chosen.queue?.id } });
    const everything = { code: 'mail-needed', details: { to: fixture.values.address } };
    const { queue: _, ...unsorted } = draft;
    const job = { connection, action: { kind: 'create' as const }, draft: unsorted, finished: {} };
    await expect(engine.deliver(job, on, silent)).rejects.toMatchObject(everything);
    await expect(create({ queue: { id: 'Billing', label: 'Billing' } })).rejects.toMatchObject(everything);
  });

  it('adds nothing to a ticket, finds none, and says what is missing in its own form', async () => {
    const append = { connection, action: { kind: 'append' as const, ticketId: '7' }, draft: more, finished: {} };
    await expect(engine.deliver(append, on, silent)).rejects.toMatchObject({ code: 'rejected' });
    await expect(engine.lookUp(connection, draft.reference, on)).rejects.toMatchObject({ code: 'cannot-look-up' });
    await expect(engine.origins({ recipe, values: {} })).rejects.toMatchObject({ code: 'bad-settings', details: { field: 'address' } });
    expect(asked).toEqual([]);
  });
});
