import { describe, expect, it } from 'vitest';
import { engine } from '../../../utils/recipes/engine.ts';
import { functions } from '../../../utils/recipes/functions.ts';
import { type Answering, answering, connection, contextWith, small } from './support.ts';

const byTitle = { path: '/found', query: { q: '{{ text }}' }, items: '$', itemId: 'id', itemOut: { title: 'title', state: 'state' } };
const byNumber = { ...byTitle, when: '$contains(text, /^[0-9]+$/)', path: '/tickets/{{ text }}' };

async function search(recipe: Record<string, unknown>, text: string, answer: Answering) {
  const { http, asked } = answering(answer);
  const hits = await engine.search(connection(small(recipe)), text, contextWith(http));
  return { hits, asked: asked.map(({ path, query }) => `${path}${query.q === undefined ? '' : `?${query.q}`}`) };
}

describe('a search', () => {
  it('joins what all its calls find, each ticket once', async () => {
    const found = await search({ search: [byNumber, byTitle] }, ' #4711 ', ({ path }) =>
      path === '/found' ? { body: [{ id: 9, title: 'Order 4711', state: 'open' }, { id: 4711 }] } : { body: { id: 4711, title: 'Devis' } },
    );
    expect(found.hits).toEqual([
      { id: '4711', number: '4711', title: 'Devis' },
      { id: '9', number: '9', title: 'Order 4711', state: 'open' },
    ]);
    expect(found.asked).toEqual(['/tickets/4711?4711', '/found?4711']);
  });

  it('gives twenty at most, and asks no further once it has them', async () => {
    const many = { body: Array.from({ length: 50 }, (_, id) => ({ id: id + 1 })) };
    const found = await search({ search: [byTitle, byTitle] }, 'x', () => many);
    expect(found.hits).toHaveLength(20);
    expect(found.asked).toHaveLength(1);
  });

  it('finds nothing where the system says there is no such ticket, and for nothing typed', async () => {
    expect((await search({ search: [byNumber] }, '12', () => ({ status: 404, body: {} }))).hits).toEqual([]);
    expect(await search({ search: [byTitle] }, '  ', () => ({ body: [] }))).toEqual({ hits: [], asked: [] });
  });

  it('says that a system can’t be searched', async () => {
    expect((await search({}, 'x', () => ({ body: [] }))).hits).toBeUndefined();
    expect((await search({ search: [{ ...byTitle, when: "settings.url = ''" }] }, 'x', () => ({ body: [] }))).hits).toBeUndefined();
  });

  it('keeps what is typed in its place', async () => {
    const typed = '../x?a=1&b={{ settings.url }}" OR "';
    const { asked } = await search({ search: [{ ...byTitle, path: '/t/{{ text }}' }] }, typed, () => ({ body: [] }));
    expect(asked).toEqual([`/t/${encodeURIComponent(typed)}?${typed}`]);
  });

  it('tells words apart from what holds them', () => {
    expect(functions.holds('Vitrine fêlée, zoe@client.test', 'FELEE  zoe@')).toBe(true);
    expect(functions.holds('Vitrine fêlée', 'felee porte')).toBe(false);
    expect(functions.holds(undefined, 'x')).toBeUndefined();
  });
});
