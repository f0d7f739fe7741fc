import { describe, expect, it } from 'vitest';
import { readCurl } from '../../../../utils/recipes/editor/curl.ts';
import { recipeOf } from '../../../../utils/recipes/editor/from-request.ts';
import { previewOf } from '../../../../utils/recipes/editor/preview.ts';
import { loadRecipes } from '../../../../utils/recipes/load.ts';
import { readOwn } from '../../../../utils/recipes/own.ts';
import type { Recipe } from '../../../../utils/recipes/recipe.ts';

function recipe(text: string, change: (document: Record<string, unknown>) => object = (document) => document): Recipe {
  const { request } = readCurl(text);
  if (request === undefined) throw new Error('Nothing was read');
  const read = readOwn(change({ ...recipeOf(request, []).document }));
  if (read.recipe === undefined) throw new Error(JSON.stringify(read.faults));
  return read.recipe;
}

describe('a preview', () => {
  it('is what the engine would send, for a sample thread', async () => {
    const made = recipe(
      `curl https://desk.example.org/t -H 'X-Api-Key: abc' -d '{"title":"x","customer":{"email":"e"},"queue_id":3,"fixed":true}'`,
    );
    const { requests, warnings, fault } = await previewOf(made, {}, 'create');
    expect(fault).toBeUndefined();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', url: 'https://desk.example.org/t' });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      title: 'The label printer is offline',
      customer: { email: 'client@example.org' },
      queue_id: 12,
      fixed: true,
    });
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({ 'x-api-key': '•••', 'content-type': 'application/json' });
    expect(warnings).toEqual(['This system takes no files: “printer.png”, “first.eml”, “second.eml” left out']);
  });

  it('says which expression fails, and where it stands', async () => {
    const made = recipe(`curl https://desk.example.org/t -d '{"title":"{{ $number(draft.title) }}","other":1}'`);
    const { requests, fault } = await previewOf(made, {}, 'create');
    expect(requests).toEqual([]);
    expect(fault).toMatchObject({ path: 'create.0.send.title', message: expect.stringContaining('$number(draft.title)') });
  });

  it('says which field has a wrong value', async () => {
    const { fault } = await previewOf(recipe('curl https://desk.example.org/t -d a=b'), { url: 'nonsense' }, 'create');
    expect(fault?.path).toBe('settings.url');
  });

  it('never shows a password, however it is written', async () => {
    const made = recipe(`curl https://desk.example.org/t -u ana:geheim -d '{"a":"b"}'`);
    const { requests } = await previewOf(made, { user: 'ana' }, 'create');
    expect(requests[0]?.headers).toContainEqual(['authorization', 'Basic •••']);
  });

  it('stops where an answer is not told, and says so', async () => {
    const made = recipe(`curl https://desk.example.org/t -d '{"title":"x"}'`);
    expect(await previewOf(made, {}, 'create', { nothing: true })).toMatchObject({ isPartial: true, requests: [{}] });
    expect(await previewOf(made, {}, 'create', { id: 7 })).toMatchObject({ isPartial: false });
  });

  it('can be drawn of every shipped recipe, without any credential', async () => {
    const recipes = [...(await loadRecipes()).values()];
    expect(recipes.length).toBeGreaterThan(30);
    for (const shipped of recipes) {
      const { requests } = await previewOf(shipped, {}, 'create');
      expect(JSON.stringify(requests), shipped.id).not.toContain('relais-secret');
    }
  });
});
