import { expect, it } from 'vitest';
import { findRecipe, listRecipes } from '../../../utils/recipes/index.ts';
import { loadRecipes } from '../../../utils/recipes/load.ts';

it('offers every recipe of the folder, what fits any system last', async () => {
  const cards = await listRecipes();
  expect(cards.map(({ id }) => id).toSorted()).toEqual([...(await loadRecipes()).keys()].toSorted());
  expect(cards.find(({ id }) => id === 'rt')).toEqual({ id: 'rt', name: 'Request Tracker (RT 5)', kind: 'helpdesk' });
  const anyFrom = cards.findIndex(({ kind }) => kind === 'any');
  expect(cards.slice(anyFrom).every(({ kind }) => kind === 'any')).toBe(true);
});

it('opens a recipe as Node reads it, once', async () => {
  const { $schema: _, ...znuny } = (await loadRecipes()).get('znuny') ?? { $schema: '' };
  expect(await findRecipe('znuny')).toEqual(znuny);
  expect(findRecipe('znuny')).toBe(findRecipe('znuny'));
});

it('knows nothing beside the catalogue', async () => {
  for (const id of ['nobody', 'catalogue', '../manifest', '']) expect(await findRecipe(id)).toBeUndefined();
});
