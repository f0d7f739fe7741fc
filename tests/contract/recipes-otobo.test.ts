/** OTOBO and OTRS 6 take no credentials in headers: a session is opened, and every request carries it. */
import { expect, it } from 'vitest';
import { engine } from '../../utils/recipes/engine.ts';
import type { Connection } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import { threadOf } from '../support/recipe-fixtures.ts';
import { type Asked, answering, contextWith } from '../unit/recipes/support.ts';

const recipe = (await loadRecipes()).get('znuny');
const { draft } = threadOf({ chosen: { queue: { id: 'Support', label: 'Support' } } });
const silent = { started: async () => {}, finished: async () => {} };

/** As these servers behave: who comes without a session is nobody, whatever the headers say; the first session ends early. */
function otobo() {
  const opened: string[] = [];
  const bodyOf = ({ body }: Asked) => (typeof body === 'string' ? (JSON.parse(body) as Record<string, unknown>) : {});
  return {
    opened,
    ...answering((asked) => {
      const body = bodyOf(asked);
      if (asked.path.endsWith('/Session')) {
        if (body.Password !== 'right')
          return { body: { Error: { ErrorCode: 'SessionCreate.AuthFail', ErrorMessage: 'SessionCreate: Authorization failing!' } } };
        opened.push(`session-${opened.length + 1}`);
        return { body: { SessionID: opened.at(-1) } };
      }
      const session = asked.method === 'GET' ? asked.query.SessionID : body.SessionID;
      if (session !== 'session-2')
        return { body: { Error: { ErrorCode: 'TicketSearch.AuthFail', ErrorMessage: 'Authorization failing!' } } };
      if (asked.method === 'POST') return { body: { TicketID: '7', TicketNumber: '2026', ArticleID: '9' } };
      if (asked.method === 'PATCH') return { body: { TicketID: '7', ArticleID: '10' } };
      if (/\/Ticket\/7$/.test(asked.path))
        return {
          body: {
            Ticket: [{ TicketID: '7', TicketNumber: '2026', Title: `${draft.title} [${draft.reference}]`, Queue: 'Support', Article: [] }],
          },
        };
      return { body: asked.query.TicketNumber === '0' ? {} : { TicketID: ['7'] } };
    }),
  };
}

const connection = (password: string): Connection => {
  if (!recipe) throw new Error('no recipe');
  return { recipe, values: { url: `https://${password}.example.org/otobo`, user: 'agent', product: 'otobo' }, secrets: { password } };
};

it('makes, finds and reads a ticket within one session, opened anew when it ended', async () => {
  const server = otobo();
  const context = contextWith(server.http);
  expect(await engine.test(connection('right'), context)).toMatchObject({ ok: true, identity: 'agent' });
  expect(server.opened).toHaveLength(2);
  const job = {
    connection: connection('right'),
    action: { kind: 'create' as const },
    draft: { ...draft, articles: draft.articles.slice(0, 2).map((one) => ({ ...one, files: [] })) },
    finished: {},
  };
  expect(await engine.deliver(job, context, silent)).toMatchObject({ ticketId: '7', number: '2026', warnings: [] });
  expect(await engine.lookUp(connection('right'), draft.reference, context)).toMatchObject({ ticketId: '7' });
  expect(await engine.read(connection('right'), '7', context)).toMatchObject({ queue: 'Support' });
  expect(server.opened).toHaveLength(2);
  for (const { url, headers } of server.asked) {
    expect(url).not.toContain('right&');
    expect(JSON.stringify(headers)).not.toContain('right');
  }
});

it('says that the password is wrong, after one try', async () => {
  const server = otobo();
  await expect(engine.test(connection('wrong'), contextWith(server.http))).rejects.toMatchObject({ code: 'unauthorised' });
  expect(server.asked.filter(({ path }) => path.endsWith('/Session')).length).toBeLessThanOrEqual(2);
});
