import { describe, expect, it } from 'vitest';
import { engine } from '../../../utils/recipes/engine.ts';
import { answering, connection, contextWith, small } from './support.ts';

describe('a list', () => {
  const listing = (list: Record<string, unknown>) =>
    connection(small({ lists: { queues: { path: '/queues', items: 'items', itemId: 'id', itemLabel: 'name', ...list } } }));

  it('is read page by page until a page is empty', async () => {
    const { http, asked } = answering(({ query }) => ({
      body: { items: query.page === '3' ? [] : [{ id: Number(query.page), name: `Q${query.page}` }] },
    }));
    const queues = await engine.list(
      listing({ query: { page: '{{ page.number }}' }, page: { kind: 'page' } }),
      'queues',
      contextWith(http),
    );
    expect(queues).toEqual([
      { id: '1', label: 'Q1' },
      { id: '2', label: 'Q2' },
    ]);
    expect(asked).toHaveLength(3);
  });

  it('ends where a server gives the same page for ever', async () => {
    const { http, asked } = answering(() => ({ body: { items: [{ id: 1, name: 'a' }] } }));
    expect(await engine.list(listing({ page: { kind: 'page' } }), 'queues', contextWith(http))).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  it('follows cursors and links, and no link to elsewhere', async () => {
    const pages = answering(({ query }) => ({ body: { items: [{ id: query.c ?? 'first' }], next: query.c === 'x' ? undefined : 'x' } }));
    expect(
      await engine.list(
        listing({ query: { c: '{{ page.cursor }}' }, page: { kind: 'cursor', next: 'next' } }),
        'queues',
        contextWith(pages.http),
      ),
    ).toHaveLength(2);
    const link = (host: string) =>
      answering(({ path }) => ({ body: { items: [{ id: path }] }, headers: { link: `<https://${host}/more>; rel="next"` } }));
    expect(await engine.list(listing({ page: { kind: 'link' } }), 'queues', contextWith(link('desk.example.org').http))).toHaveLength(2);
    await expect(engine.list(listing({ page: { kind: 'link' } }), 'queues', contextWith(link('evil.example').http))).rejects.toMatchObject({
      code: 'bad-recipe',
    });
  });

  it('follows a next page that is written as a path, and cursors that are numbers', async () => {
    const path = answering(({ query }) => ({ body: { items: [{ id: query.p ?? '1' }], next: query.p === '2' ? null : '/queues?p=2' } }));
    expect(await engine.list(listing({ page: { kind: 'link', next: 'next' } }), 'queues', contextWith(path.http))).toHaveLength(2);
    expect(path.asked[1]?.url).toBe('https://desk.example.org/queues?p=2');
    const cursor = answering(({ query }) => ({ body: { items: [{ id: query.c ?? 'first' }], next: query.c === '2' ? undefined : 2 } }));
    const numbered = listing({ query: { c: '{{ page.cursor }}' }, page: { kind: 'cursor', next: 'next' } });
    expect(await engine.list(numbered, 'queues', contextWith(cursor.http))).toHaveLength(2);
  });

  it('is fixed, missing, or a help that a server need not give', async () => {
    const page = answering(() => ({ body: '<html>Login</html>', headers: { 'content-type': 'text/html' } }));
    const fixed = connection(small({ lists: { priorities: { fixed: [{ id: 'Low', label: 'Low' }] } } }));
    expect(await engine.list(fixed, 'priorities', contextWith(page.http))).toEqual([{ id: 'Low', label: 'Low' }]);
    expect(await engine.list(fixed, 'queues', contextWith(page.http))).toBeUndefined();
    expect(await engine.list(listing({ optional: true }), 'queues', contextWith(page.http))).toBeUndefined();
    await expect(engine.list(listing({}), 'queues', contextWith(page.http))).rejects.toMatchObject({ code: 'login-page' });
    expect(await engine.list(listing({ dependsOn: 'types' }), 'queues', contextWith(page.http))).toBeUndefined();
  });
});
