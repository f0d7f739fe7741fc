/** Requests of the recipes against what the vendors publish, where they do. The documents are data beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Contract, faultsIn } from '../support/openapi.ts';
import { type FlowName, readFixture, requestsOf } from '../support/recipe-fixtures.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'contracts');
const isThere = existsSync(folder);
if (!isThere) console.warn(`SKIPPED: no vendor schemas in ${folder}`);

/** Recipe → its vendor's document. */
const contracts: Readonly<Record<string, string>> = {
  asana: 'asana',
  freshdesk: 'freshdesk',
  gitea: 'gitea',
  github: 'github',
  hubspot: 'hubspot-tickets-v3',
  intercom: 'intercom-2.14',
  jira: 'jira-v3',
  jsm: 'jsm',
  mantisbt: 'mantisbt',
  redmine: 'redmine',
  servicenow: 'servicenow',
  trello: 'trello',
  zendesk: 'zendesk',
};
/** What a document lacks although the vendor's prose has it. Each must still occur: what was added there since comes off here. */
const undeclared: Readonly<Record<string, readonly string[]>> = {
  // Third-party document of JSON alone; files need multipart, whose fields the vendor documents by example, like the filters of a list.
  freshdesk: [
    ...['name', 'source', 'group_id', 'type', 'tags', 'attachments'].map((part) => `part ${part}: not declared`),
    ...['email', 'order_by', 'order_type', 'per_page'].map((name) => `query ${name}: not declared`),
  ],
  // The published document leaves out the bytes and the name of an upload, the requester of a new ticket (“Creating tickets with
  // a new requester”), and what is said once for all lists (“Pagination”, “Side-loading”).
  zendesk: [
    'query filename: not declared',
    'body: none is declared',
    'body.ticket.requester: not declared',
    'query per_page: not declared',
    'query page: not declared',
    'query sort_order: not declared',
    'query include: not declared',
  ],
};
const flows: readonly FlowName[] = [
  'test',
  'queues',
  'priorities',
  'assignees',
  'types',
  'tags',
  'create',
  'lookUp',
  'append',
  'read',
  'search',
];

describe.skipIf(!isThere)('the vendor’s schema', () => {
  it.each(Object.entries(contracts))('takes every request of %s, and declares every property in it', (id, name) => {
    const fixture = readFixture(id);
    expect(fixture, id).toBeDefined();
    if (fixture === undefined) return;
    const contract = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Contract;
    const checked = requestsOf(fixture, flows).map((request) => ({ request, faults: faultsIn(contract, request) }));
    const excused = undeclared[id] ?? [];
    const wrong = checked.flatMap(({ request, faults = [] }) =>
      faults.filter((fault) => !excused.includes(fault)).map((fault) => `${request.method} ${request.url}: ${fault}`),
    );
    expect([...new Set(wrong)]).toEqual([]);
    expect(excused.filter((excuse) => !checked.some(({ faults = [] }) => faults.includes(excuse)))).toEqual([]);
    // What makes the ticket must be in the slice; what is not there was not checked.
    const made = requestsOf(fixture, ['create']).filter(({ purpose, method }) => purpose === 'create' && method === 'POST');
    expect(made.some((request) => faultsIn(contract, request) !== undefined)).toBe(true);
  });

  it('refuses what no schema declares, what is of another type, and what is missing', () => {
    const contract: Contract = {
      servers: [{ url: 'https://api.example.org/v2' }],
      paths: {
        '/tickets': {
          post: {
            parameters: [{ in: 'query', name: 'notify' }],
            requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Ticket' } } } },
          },
        },
      },
      components: {
        schemas: {
          Ticket: {
            allOf: [{ type: 'object', required: ['title'], properties: { title: { type: 'string' } } }],
            properties: { tags: { type: 'array', items: { type: 'string' } }, fields: { type: 'object' }, kind: { enum: ['a', 'b'] } },
          },
        },
      },
    };
    const faults = (body: object, query = '') =>
      faultsIn(contract, {
        purpose: 'create',
        method: 'POST',
        url: `https://x.example/v2/tickets${query}`,
        headers: { 'content-type': 'application/json' },
        body: body as never,
      });
    expect(faults({ title: 'x', tags: ['y'], fields: { anything: 1 }, kind: 'a' }, '?notify=1')).toEqual([]);
    expect(faults({ title: 1, tags: [2], bogus: 1, kind: 'c' }, '?loud=1')).toEqual([
      'query loud: not declared',
      'body.title: number instead of string',
      'body.tags.0: number instead of string',
      'body.bogus: not declared',
      'body.kind: "c" is none of the values',
    ]);
    expect(faults({})).toEqual(['body.title: required']);
    expect(faultsIn(contract, { purpose: 'x', method: 'GET', url: 'https://x.example/v2/tickets', headers: {} })).toBeUndefined();
  });
});
