/** The worked example of the documentation does what it says, against a desk built after the manual that it quotes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Http } from '../../utils/http.ts';
import { engine } from '../../utils/recipes/engine.ts';
import type { Connection, Progress } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import { parseSettings } from '../../utils/settings/storage.ts';
import { threadOf } from '../support/recipe-fixtures.ts';
import { answering, contextWith } from '../unit/recipes/support.ts';

const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'connect-your-system.md'), 'utf8');
const { secrets, ...settings } = JSON.parse(/```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '') as {
  secrets: Record<string, Record<string, string>>;
};
const silent: Progress = { started: async () => {}, finished: async () => {} };

/** The desk of the manual. */
function desk() {
  const cases: Record<string, unknown>[] = [];
  const entries: unknown[] = [];
  const told = (one: Record<string, unknown>) => ({
    ...one,
    id: 815,
    key: 'C-815',
    status: 'open',
    agent: 'Ana',
    web_url: 'https://desk.example.org/C-815',
  });
  const wire = answering(({ method, path, query, headers, body }) => {
    if (headers?.['x-api-key'] !== 'the token') return { status: 401, body: { errors: [{ detail: 'Who are you?' }] } };
    const sent = typeof body === 'string' ? body : '';
    if (path === '/v1/whoami') return { body: { name: 'relais' } };
    if (path === '/v1/categories') return { body: { categories: [{ code: 'hw', title: 'Hardware' }] } };
    if (path === '/v1/cases/815/entries') return { status: 201, body: { entry: entries.push(sent) } };
    if (path === '/v1/cases/815') return { body: { case: told(cases[0] ?? {}) } };
    if (method === 'GET') return { body: { cases: cases.filter(({ external_id }) => external_id === query.external_id).map(told) } };
    cases.push(JSON.parse(sent) as Record<string, unknown>);
    return { status: 201, body: { case: told({}) } };
  });
  // A document with files in it travels in pieces.
  const http: Http = async ({ body, ...request }) =>
    wire.http({ ...request, ...(body === undefined ? {} : { body: body instanceof Blob ? await body.text() : body }) });
  return { http, cases, entries };
}

it('connects the desk of the manual: test, queues, a ticket, found again, added to, seen', async () => {
  const [endpoint] = parseSettings(settings).endpoints;
  const recipe = (await loadRecipes()).get(endpoint?.recipe ?? '');
  if (endpoint === undefined || recipe === undefined) throw new Error('no endpoint');
  const connection: Connection = { recipe, values: endpoint.values, secrets: secrets[endpoint.id] ?? {} };
  const { http, cases, entries } = desk();
  const { draft: given, more } = threadOf({ chosen: { queue: { id: 'hw', label: 'Hardware' }, priority: { id: '2', label: 'Normal' } } });
  const blobs = Object.fromEntries(given.articles.flatMap(({ files }) => files).map(({ blob, size }) => [blob, new Uint8Array(size)]));
  const context = contextWith(http, blobs);

  expect(await engine.test(connection, context)).toMatchObject({ ok: true, warnings: [] });
  expect(await engine.list(connection, 'queues', context)).toEqual([{ id: 'hw', label: 'Hardware' }]);
  const receipt = await engine.deliver({ connection, action: { kind: 'create' }, draft: given, finished: {} }, context, silent);
  expect(receipt).toMatchObject({ ticketId: '815', number: 'C-815', url: 'https://desk.example.org/C-815' });
  expect(cases).toMatchObject([
    {
      subject: given.title,
      category: 'hw',
      priority: 2,
      contact: { email: given.requester.address },
      external_id: given.reference,
      internal_note: given.note,
    },
  ]);
  const [made] = cases as { description: string; attachments: { filename: string; content_base64: string }[] }[];
  for (const { text: words } of given.articles) expect(made?.description).toContain(words);
  expect(made?.description).toContain(given.incomplete);
  expect(made?.attachments.map(({ filename }) => filename)).toEqual(
    given.articles.flatMap(({ files }) => files.map(({ filename }) => filename)),
  );
  expect(await engine.lookUp(connection, given.reference, context)).toMatchObject({ ticketId: '815', number: 'C-815' });
  expect(await engine.lookUp(connection, 'relais-zzzzzzzzzzzzzzzzzzzz', context)).toBeUndefined();
  const added = { ...more, articles: more.articles.map((article) => ({ ...article, files: [] })) };
  await engine.deliver({ connection, action: { kind: 'append', ticketId: '815' }, draft: added, finished: {} }, context, silent);
  expect(entries).toEqual([expect.stringContaining(more.articles[0]?.reference ?? 'nothing')]);
  expect(await engine.read(connection, '815', context)).toMatchObject({ number: 'C-815', state: 'open', queue: 'hw', owner: 'Ana' });
  await expect(engine.test({ ...connection, secrets: { headerValue: 'wrong' } }, context)).rejects.toMatchObject({
    code: 'unauthorised',
    details: { said: 'Who are you?' },
  });
});
