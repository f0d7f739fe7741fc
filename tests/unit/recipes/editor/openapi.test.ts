import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { recipeOf } from '../../../../utils/recipes/editor/from-request.ts';
import { readOpenApi } from '../../../../utils/recipes/editor/openapi.ts';
import { readOwn } from '../../../../utils/recipes/own.ts';

const desk = {
  openapi: '3.0.3',
  servers: [{ url: 'https://{tenant}.example.org/api', variables: { tenant: { default: 'desk' } } }],
  security: [{ key: [] }],
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Desk-Token' } },
    schemas: {
      Ticket: {
        type: 'object',
        required: ['subject', 'customer', 'kind'],
        properties: {
          id: { type: 'integer', readOnly: true },
          subject: { type: 'string' },
          kind: { type: 'string', enum: ['incident', 'task'] },
          priority: { type: 'integer' },
          colour: { type: 'string' },
          customer: { $ref: '#/components/schemas/Person' },
          parent: { $ref: '#/components/schemas/Ticket' },
        },
      },
      Person: { allOf: [{ type: 'object', properties: { email: { type: 'string' } } }, { properties: { name: { type: 'string' } } }] },
    },
  },
  paths: {
    '/notes': { post: { summary: 'Make a note' } },
    '/projects/{projectId}/tickets': {
      get: { summary: 'List' },
      post: {
        summary: 'Create a ticket',
        parameters: [{ in: 'query', name: 'notify', required: true, schema: { type: 'boolean' } }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Ticket' } } } },
        responses: {
          201: { content: { 'application/json': { example: { data: { id: 5, key: 'D-5', web_url: 'https://desk.example.org/5' } } } } },
        },
      },
    },
  },
};

function request(document: object, at = 0) {
  const read = readOpenApi(JSON.stringify(document));
  if (!read.ok) throw new Error(read.message);
  const operation = read.operations[at];
  if (operation === undefined) throw new Error('No operation');
  const { request: found, unread } = read.read(operation);
  if (found === undefined) throw new Error('No request');
  return { found, unread, operation };
}

describe('an OpenAPI document', () => {
  it('offers the operation that sounds like making a ticket first', () => {
    expect(request(desk).operation).toEqual({ method: 'POST', path: '/projects/{projectId}/tickets', summary: 'Create a ticket' });
  });

  it('becomes a sound recipe: address, login, required properties, places of the draft, places in the answer', () => {
    const { found, unread } = request(desk);
    expect(unread).toEqual([]);
    const { document } = recipeOf(found, []);
    expect(readOwn(document).faults).toEqual([]);
    expect(document).toMatchObject({
      id: 'my-desk-example-org',
      fields: { queue: 'optional', priority: 'optional' },
      auth: [{ kind: 'header', headers: { 'X-Desk-Token': '{{ secrets.xDeskToken }}' } }],
      create: [
        {
          path: '/api/projects/{{ draft.queue.id }}/tickets',
          query: { notify: 'false' },
          send: {
            subject: '{{ draft.title }}',
            kind: 'incident',
            priority: '{{ $number(draft.priority.id) }}',
            customer: { email: '{{ draft.requester.address }}', name: '{{ draft.requester.name }}' },
          },
          out: { ticketId: ['data.id'], number: ['data.key'], url: ['data.web_url'] },
        },
      ],
    });
    expect(JSON.stringify(document)).not.toContain('colour');
  });

  it('may be Swagger 2', () => {
    const { found } = request({
      swagger: '2.0',
      host: 'desk.example.org',
      basePath: '/v1',
      securityDefinitions: { basic: { type: 'basic' } },
      definitions: { Case: { properties: { title: { type: 'string' } } } },
      paths: { '/cases': { post: { parameters: [{ in: 'body', name: 'case', schema: { $ref: '#/definitions/Case' } }] } } },
    });
    expect(found.url.href).toBe('https://desk.example.org/v1/cases');
    expect(found.body).toEqual({ encode: 'json', value: { title: 'text' } });
    expect(found.credentials.auth).toMatchObject([{ kind: 'basic' }]);
  });

  it('may be written as YAML', () => {
    expect(readOpenApi(stringify(desk))).toMatchObject({
      ok: true,
      operations: [{ path: '/projects/{projectId}/tickets' }, { path: '/notes' }],
    });
    const read = readOpenApi(stringify(desk));
    const [first] = read.ok ? read.operations : [];
    if (!read.ok || !first) throw new Error('No operation');
    expect(JSON.stringify(read.read(first).request)).toBe(JSON.stringify(request(desk).found));
  });

  it('may refer to itself, or to one thing a million times, and ends', () => {
    const circular = 'paths: &all\n  /t:\n    post: &one\n      summary: Create\n      requestBody: *one\n      x: *all\n';
    const read = readOpenApi(circular);
    if (!read.ok || !read.operations[0]) throw new Error('No operation');
    expect(read.read(read.operations[0]).unread).toContain('requestBody');
    const layers = Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}, *a${at}, *a${at}]`);
    expect(readOpenApi(['a0: &a0 [x]', ...layers, 'paths: *a30'].join('\n'))).toMatchObject({
      ok: false,
      message: expect.stringContaining('alias'),
    });
  });

  it('says in one line what is wrong with it', () => {
    const read = readOpenApi('paths:\n  /t: [\n  post: }');
    expect(read.ok ? '' : read.message).toMatch(/^[^\n]+$/);
  });

  it.each(['', '{', '[]', '42', '{}', '{"paths":{}}', '{"paths":{"/a":{"get":{}}}}'])('is none: %s', (text) => {
    expect(readOpenApi(text).ok).toBe(false);
  });

  it('ends, whatever refers to whatever', () => {
    const properties = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`subject${at}`, { $ref: '#/components/schemas/A' }]));
    const circular = { paths: { '/t': { post: { requestBody: { $ref: '#/x' } } } }, x: { $ref: '#/x' } };
    expect(request(circular).unread).toContain('requestBody');
    const wide = {
      components: { schemas: { A: { properties } } },
      paths: { '/t': { post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } } } } },
    };
    expect(JSON.stringify(request(wide).found.body).length).toBeLessThan(200_000);
  });

  it('may hold anything under its paths', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (operation, components) => {
        const read = readOpenApi(JSON.stringify({ paths: { '/t': { post: operation } }, components }));
        if (read.ok) for (const one of read.operations) expect(Array.isArray(read.read(one).unread)).toBe(true);
      }),
    );
  });
});
