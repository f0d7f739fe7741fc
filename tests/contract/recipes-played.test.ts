/** Servers in a few lines, after what their source does: habits that no recorded answer shows. */
import { describe, expect, it } from 'vitest';
import { engine } from '../../utils/recipes/engine.ts';
import type { Connection, Job } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import { threadOf } from '../support/recipe-fixtures.ts';
import { type Asked, answering, contextWith } from '../unit/recipes/support.ts';

const recipes = await loadRecipes();
const silent = { started: async () => {}, finished: async () => {} };

function connectionTo(id: string, secrets: Record<string, string>, values: Record<string, string> = {}): Connection {
  const recipe = recipes.get(id);
  if (!recipe) throw new Error(`no recipe ${id}`);
  return { recipe, values: { url: `https://${id}.example.org`, ...values }, secrets };
}

const jsonOf = ({ body }: Asked) => (typeof body === 'string' ? (JSON.parse(body) as Record<string, never>) : {});

describe('GLPI 10', () => {
  const right = { user: 'right' };

  /** The account may make tickets and see no users; the manifest of an upload loses its backslashes before it is read as JSON. */
  function glpi() {
    const tickets: Record<string, unknown>[] = [];
    const followups: Record<string, unknown>[] = [];
    const documents: { filename: string }[] = [];
    const refusal = (status: number, ...body: string[]) => ({ status, body });
    const server = answering((asked) => {
      const path = asked.path.replace('/apirest.php', '');
      if (path === '/initSession')
        return asked.headers?.authorization === 'user_token right'
          ? { body: { session_token: 's' } }
          : refusal(401, 'ERROR_GLPI_LOGIN_USER_TOKEN', 'parameter user_token seems invalid');
      if (asked.headers?.['session-token'] !== 's') return refusal(401, 'ERROR_SESSION_TOKEN_INVALID', 'session_token seems invalid');
      if (path === '/search/User') return refusal(401, 'ERROR_RIGHT_MISSING', 'You don’t have permission to perform this action.');
      if (path === '/getFullSession') return { body: { session: { glpiname: 'agent' } } };
      if (path === '/search/Ticket') {
        const data = tickets.flatMap(({ content }, at) =>
          String(content).includes(asked.query['criteria[0][value]'] ?? '') ? [{ 2: at + 1 }] : [],
        );
        return { body: { totalcount: data.length, ...(data.length > 0 && { data }) } };
      }
      if (path === '/Document' && asked.body instanceof FormData) {
        const strip = String(asked.body.get('uploadManifest')).replace(/\\(.)/g, '$1');
        try {
          const { input } = JSON.parse(strip) as { input: { name: string } };
          documents.push({ filename: input.name });
          return { status: 201, body: { id: documents.length, message: '' } };
        } catch {
          return refusal(400, 'ERROR_JSON_PAYLOAD_INVALID', 'JSON payload seems not valid');
        }
      }
      const { input } = jsonOf(asked);
      if (asked.method === 'POST') {
        const list = path === '/Ticket' ? tickets : followups;
        list.push(input ?? {});
        return { status: 201, body: { id: list.length, message: '' } };
      }
      if (path.endsWith('/ITILFollowup')) return { body: followups };
      return { body: { id: 1, ...tickets[0], ...('with_documents' in asked.query && { _documents: documents }) } };
    });
    return { tickets, followups, documents, ...server };
  }

  const { draft, blobs } = threadOf({ chosen: {} });
  const [first, second] = draft.articles;
  const files = (first?.files ?? []).slice(0, 1).map((file) => ({ ...file, filename: 'Devis "été" \\ v2.pdf' }));
  const short = { ...draft, articles: [first, second].flatMap((one) => (one ? [{ ...one, files: one === first ? files : [] }] : [])) };
  const job: Job = { connection: connectionTo('glpi', right), action: { kind: 'create' }, draft: short, finished: {} };

  it('takes a thread of an account that sees no users, with a file whose name JSON must escape', async () => {
    const server = glpi();
    const context = contextWith(
      server.http,
      Object.fromEntries(Object.entries(blobs).map(([key, text]) => [key, new TextEncoder().encode(text)])),
    );
    const receipt = await engine.deliver(job, context, silent);
    expect(receipt.warnings).toEqual(['requester: ERROR_RIGHT_MISSING: You don’t have permission to perform this action.']);
    expect(server.documents).toEqual([{ filename: 'Devis _été_ _ v2.pdf' }]);
    expect(server.tickets).toMatchObject([
      { _users_id_requester: 0, _users_id_requester_notif: { alternative_email: ['zoe@client.test'] } },
    ]);
    expect(server.tickets[0]).not.toHaveProperty('entities_id');
    expect(server.followups.map(({ is_private }) => is_private)).toEqual([1, 1]);
    expect(await engine.lookUp(job.connection, draft.reference, context)).toMatchObject({ ticketId: '1' });
    expect(await engine.lookUp(job.connection, 'relais-00000000000000000000', context)).toBeUndefined();
  });

  it('names a wrong token', async () => {
    await expect(engine.test(connectionTo('glpi', { user: 'wrong' }), contextWith(glpi().http))).rejects.toMatchObject({
      code: 'unauthorised',
    });
  });
});

describe('Zammad', () => {
  /** Rails takes “JSON or anything” for a browser: what went wrong comes as a page then, without the words that say it. */
  function zammad() {
    const tickets: { id: number; group: unknown }[] = [];
    const articles: { ticket_id: number; body: string; internal: unknown }[] = [];
    const server = answering((asked) => {
      const refused = (status: number, error: string) =>
        /,\s*\*\/\*/.test(asked.headers?.accept ?? '')
          ? { status, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><html><h1>422: Unprocessable</h1></html>' }
          : { status, body: { error, error_human: error } };
      const path = asked.path.replace('/api/v1', '');
      if (asked.headers?.authorization !== 'Token token=right') return refused(401, 'Can’t find User for Token');
      const sent = jsonOf(asked) as Record<string, never>;
      if (path === '/tickets' && asked.method === 'POST') {
        if (sent.group === 'Gone') return refused(422, 'No lookup value found for ‘group’: "Gone"');
        tickets.push({ id: tickets.length + 1, group: sent.group ?? sent.group_id });
        articles.push({ ...(sent.article as unknown as (typeof articles)[number]), ticket_id: tickets.length });
        return { status: 201, body: { id: tickets.length, number: `6700${tickets.length}` } };
      }
      if (path === '/ticket_articles') {
        articles.push(sent as unknown as (typeof articles)[number]);
        return { status: 201, body: { id: articles.length } };
      }
      if (path === '/tickets/search') {
        const wanted = asked.query['condition[article.body][value]'] ?? '\u0000';
        const found = tickets.filter(({ id }) => articles.some((one) => one.ticket_id === id && one.body.includes(wanted)));
        return { body: found.map(({ id }) => ({ id, number: `6700${id}` })) };
      }
      if (path.startsWith('/ticket_articles/by_ticket/'))
        return { body: articles.filter(({ ticket_id }) => path.endsWith(`/${ticket_id}`)) };
      return { body: { id: 1, customer_id: 7, email: 'zoe@client.test' } };
    });
    return { tickets, articles, ...server };
  }

  const connection = connectionTo('zammad', { token: 'right' });
  const jobIn = (group: string): Job => {
    const { draft } = threadOf({ chosen: { queue: { id: group, label: group } } });
    return {
      connection,
      action: { kind: 'create' },
      draft: { ...draft, articles: draft.articles.map((one) => ({ ...one, files: [] })) },
      finished: {},
    };
  };

  it('says in its own words what it refuses', async () => {
    await expect(engine.deliver(jobIn('Gone'), contextWith(zammad().http), silent)).rejects.toMatchObject({
      code: 'rejected',
      details: { said: 'No lookup value found for ‘group’: "Gone"' },
    });
  });

  it('is found again by the reference in any of its articles, and keeps the note internal', async () => {
    const server = zammad();
    const job = jobIn('Support::Level 2');
    const context = contextWith(server.http);
    expect(await engine.deliver(job, context, silent)).toMatchObject({ ticketId: '1', number: '67001', warnings: [] });
    expect(server.articles.map(({ internal }) => internal)).toEqual([...job.draft.articles.map(() => false), true]);
    expect(await engine.lookUp(connection, job.draft.reference, context)).toMatchObject({ ticketId: '1', number: '67001' });
    expect(await engine.lookUp(connection, 'relais-00000000000000000000', context)).toBeUndefined();
  });
});

describe('Zendesk', () => {
  it('answers a wrong API token like a visitor, which is told', async () => {
    const server = answering(() => ({ body: { user: { id: null, name: 'Anonymous user', email: 'invalid@example.com' } } }));
    const connection = connectionTo('zendesk', { token: 'wrong' }, { auth: 'token', email: 'agent@relais.test' });
    await expect(engine.test(connection, contextWith(server.http))).rejects.toMatchObject({ code: 'unauthorised' });
    expect(server.asked).toHaveLength(1);
  });
});

describe('ServiceNow', () => {
  it('takes an API key in place of a name and a password', async () => {
    const server = answering(() => ({ body: { result: [] } }));
    const connection = connectionTo('servicenow', { key: 'k' }, { auth: 'key' });
    expect(await engine.test(connection, contextWith(server.http))).toMatchObject({ ok: true });
    expect(server.asked.map(({ headers }) => [headers?.['x-sn-apikey'], headers?.authorization])).toEqual([['k', undefined]]);
  });
});

describe.each(['jira', 'jsm'])('Atlassian: %s', (id) => {
  it('is asked at the address for tokens with scopes, and opens at the site', async () => {
    const connection = connectionTo(id, { token: 't' }, { email: 'agent@relais.test', cloud: '1a2b' });
    const server = answering(() => ({
      body: { displayName: 'Ada', emailAddress: 'a@b.test', key: 'SUP-1', issueKey: 'SUP-1', issues: [], values: [] },
    }));
    await engine.test(connection, contextWith(server.http));
    await engine.lookUp(connection, 'relais-abcdefghij0123456789', contextWith(server.http));
    const read = await engine.read(connection, 'SUP-1', contextWith(server.http));
    expect(server.asked.length).toBeGreaterThanOrEqual(3);
    for (const { url } of server.asked) expect(url).toMatch(/^https:\/\/api\.atlassian\.com\/ex\/jira\/1a2b\/rest\//);
    expect(read?.url).toBe(`https://${id}.example.org/browse/SUP-1`);
    expect(await engine.origins(connection)).toEqual(['https://api.atlassian.com']);
  });
});
