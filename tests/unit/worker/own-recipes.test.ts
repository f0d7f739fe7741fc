/** Recipes of one's own in the worker: checked before they are stored, found by the systems that use them. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { readCurl } from '../../../utils/recipes/editor/curl.ts';
import { recipeOf } from '../../../utils/recipes/editor/from-request.ts';
import { findRecipe } from '../../../utils/recipes/index.ts';
import { loadRecipes } from '../../../utils/recipes/load.ts';
import { ownPrefix } from '../../../utils/recipes/own.ts';
import { emptySettings, type OwnRecipe } from '../../../utils/settings/schema.ts';
import { readSettings } from '../../../utils/settings/storage.ts';
import { findConnection } from '../../../utils/worker/connection.ts';
import { settingsAnswers } from '../../../utils/worker/settings-answers.ts';

const handlers = settingsAnswers({ settingsChanged: async () => {} });
const sender = undefined as never;
const save = (recipes: readonly unknown[]) =>
  handlers['settings.saved']({ settings: { ...emptySettings, recipes: recipes as OwnRecipe[] } }, sender);

function sound(): OwnRecipe {
  const { request } = readCurl(`curl https://desk.example.org/cases -H 'X-Key: geheim' -d '{"title":"x"}'`);
  if (request === undefined) throw new Error('Nothing was read');
  return recipeOf(request, []).document as OwnRecipe;
}

beforeEach(() => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => {} });
  Object.assign(fakeBrowser.storage, { managed: { get: async () => ({}) } });
});

describe('a recipe of one’s own', () => {
  it('serves a ticket system, with its secrets apart', async () => {
    await save([sound()]);
    const endpoint = { id: 'desk', name: 'Desk', recipe: 'my-desk-example-org', values: {}, defaults: {} };
    await handlers['endpoint.saved']({ endpoint, secrets: { xKey: 'geheim' } }, sender);
    expect(await findConnection('desk')).toMatchObject({ recipe: { id: 'my-desk-example-org' }, secrets: { xKey: 'geheim' } });
    expect(JSON.stringify(await readSettings())).not.toContain('geheim');
    const exported = await handlers['settings.exported']({ withSecrets: true }, sender);
    expect(exported).toMatchObject({ recipes: [{ id: 'my-desk-example-org' }], secrets: { desk: { xKey: 'geheim' } } });
  });

  it.each([
    ['no request that makes a ticket', { create: [] }, 'recipes.0.create'],
    ['an expression that is none', { base: '{{ settings. }}' }, 'recipes.0.base'],
    ['a link that runs', { docs: 'javascript:alert(1)' }, 'recipes.0.docs'],
    ['a name that no recipe has', { script: 'x' }, 'recipes.0.script'],
    ['the id of a shipped one', { id: 'rt' }, 'recipes.0.id'],
    ['more than anybody writes', { hint: 'x', gaps: Array(2_000).fill('x'.repeat(300)) }, 'recipes.0'],
  ])('is refused with the place that is wrong: %s', async (_, wrong, path) => {
    await expect(save([{ ...sound(), ...wrong }])).rejects.toMatchObject({ code: 'bad-settings', details: { path } });
    const document = { ...emptySettings, recipes: [{ ...sound(), ...wrong }] } as never;
    await expect(handlers['settings.imported']({ document }, sender)).rejects.toMatchObject({ code: 'bad-settings', details: { path } });
    expect((await readSettings()).recipes).toEqual([]);
  });

  it('is there once', async () => {
    await expect(save([sound(), sound()])).rejects.toMatchObject({ details: { path: 'recipes.1.id' } });
  });

  it('of the administrator’s that is wrong keeps nobody from saving', async () => {
    Object.assign(fakeBrowser.storage, { managed: { get: async () => ({ recipes: [{ id: 'my-broken', name: 'Broken' }] }) } });
    await save([{ id: 'my-broken', name: 'Broken' } as OwnRecipe, sound()]);
    expect((await readSettings()).recipes.map(({ id }) => id)).toEqual(['my-broken', 'my-desk-example-org']);
    expect(await findRecipe('my-broken', (await readSettings()).recipes)).toBeUndefined();
  });

  it('has an id that no shipped one has', async () => {
    expect([...(await loadRecipes()).keys()].filter((id) => id.startsWith(ownPrefix))).toEqual([]);
  });
});
