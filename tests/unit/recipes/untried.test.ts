/** A system that can't be asked anything without making a ticket: "connected" would be more than is known. */
import { expect, it } from 'vitest';
import { RelaisError } from '../../../utils/core/errors.ts';
import { engine } from '../../../utils/recipes/engine.ts';
import { answering, connection, contextWith, small } from './support.ts';

const silent = connection(small({ test: [] }));

it('is knocked at without credentials, and told as not tried', async () => {
  const { http, asked } = answering(() => ({ status: 404, body: '<h1>Nothing</h1>', headers: { 'content-type': 'text/html' } }));
  expect(await engine.test(silent, contextWith(http))).toEqual({ ok: true, untried: true, warnings: [] });
  expect(asked).toMatchObject([{ method: 'GET', path: '/', purpose: 'test' }]);
  expect(JSON.stringify(asked)).not.toContain(Object.values(silent.secrets)[0]);
});

it('is wrong where nobody answers', async () => {
  const { http } = answering(() => {
    throw new RelaisError('offline', 'Nobody there');
  });
  await expect(engine.test(silent, contextWith(http))).rejects.toMatchObject({ code: 'offline' });
});

it('is tried as soon as one request can be asked', async () => {
  const { http } = answering(() => ({ body: { name: 'agent' } }));
  const asked = connection(small({ test: [{ id: 'me', path: '/me', out: { identity: 'name' } }] }));
  expect(await engine.test(asked, contextWith(http))).toEqual({ ok: true, warnings: [], identity: 'agent' });
});
