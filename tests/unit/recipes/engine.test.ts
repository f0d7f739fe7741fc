import { describe, expect, it } from 'vitest';
import { RelaisError } from '../../../utils/core/errors.ts';
import { engine } from '../../../utils/recipes/engine.ts';
import { type Answering, answering, article, connection, contextWith, draft, file, job, recorded, reference, small } from './support.ts';

/** A ticket desk that keeps what it is told and may lose answers. */
function desk(lose: readonly string[] = []) {
  const tickets: { id: string; ref: string; articles: string[]; notes: string[] }[] = [];
  const left = [...lose];
  const answer: Answering = ({ method, path, query, body }) => {
    const sent = typeof body === 'string' ? (JSON.parse(body) as Record<string, string>) : {};
    const [, , id = '', part] = path.split('/');
    const ticket = tickets.find((known) => known.id === id);
    if (method === 'GET' && path === '/tickets')
      return { body: tickets.filter(({ ref }) => ref.startsWith(query.ref?.slice(0, 20) ?? '')) };
    if (method === 'GET' && part === 'articles') return { body: { ref: ticket?.articles ?? [] } };
    if (method === 'GET') return ticket ? { body: ticket } : { status: 404, body: { message: 'No such ticket' } };
    if (path === '/tickets') tickets.push({ id: String(tickets.length + 1), ref: sent.ref ?? '', articles: [], notes: [] });
    if (part === 'articles') ticket?.articles.push(sent.ref ?? '');
    if (part === 'notes') ticket?.notes.push(sent.text ?? '');
    const at = left.indexOf(part ?? 'create');
    if (at >= 0) {
      left.splice(at, 1);
      throw new RelaisError('connection-lost', 'cut');
    }
    return { status: 201, body: { id: tickets.at(-1)?.id } };
  };
  return { tickets, ...answering(answer) };
}

const three = draft({ articles: [article(1), article(2), article(3)], note: 'internal' });

describe('a delivery', () => {
  it('runs its steps in order, and says before each unsafe one that it starts', async () => {
    const { http, asked, tickets } = desk();
    const progress = recorded();
    const receipt = await engine.deliver(job({ draft: three }), contextWith(http), progress);
    expect(receipt).toEqual({ ticketId: '1', number: '1', url: 'https://desk.example.org/t/1', warnings: [] });
    expect(progress.events).toEqual(
      ['create', 'articles/m2', 'articles/m3', 'note'].flatMap((key) => [`started ${key}`, `finished ${key}`]),
    );
    expect(tickets).toMatchObject([{ ref: reference, notes: ['internal'] }]);
    expect(asked.every(({ headers }) => headers?.authorization === 'Bearer s3cret-token')).toBe(true);
  });

  it('resumes where it stopped', async () => {
    const { http, asked, tickets } = desk();
    const first = recorded();
    await engine.deliver(job({ draft: three }), contextWith(http), first);
    asked.length = 0;
    const { create, 'articles/m2': second } = first.out;
    const finished = { create: { at: 0, out: create ?? {} }, 'articles/m2': { at: 0, out: second ?? {} } };
    await engine.deliver(job({ draft: three, finished }), contextWith(http), recorded());
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /tickets/1/articles', 'POST /tickets/1/notes']);
    expect(tickets).toHaveLength(1);
  });

  it('adopts the ticket of a lost answer and completes it', async () => {
    const { http, tickets } = desk(['create']);
    const context = contextWith(http);
    await expect(engine.deliver(job({ draft: three }), context, recorded())).rejects.toMatchObject({
      code: 'connection-lost',
      details: { step: 'create' },
    });
    const receipt = await engine.deliver(job({ draft: three, inDoubt: 'create' }), context, recorded());
    expect(receipt).toMatchObject({ ticketId: '1', adopted: true });
    expect(tickets).toHaveLength(1);
    expect(tickets[0]?.articles).toHaveLength(2);
  });

  it('adopts a lost article and sends only what is missing', async () => {
    const { http, tickets } = desk(['articles']);
    const context = contextWith(http);
    const progress = recorded();
    await expect(engine.deliver(job({ draft: three }), context, progress)).rejects.toMatchObject({
      details: { step: 'articles/m2', ticketId: '1' },
    });
    const finished = { create: { at: 0, out: progress.out.create ?? {} } };
    await engine.deliver(job({ draft: three, finished, inDoubt: 'articles/m2' }), context, recorded());
    expect(tickets[0]?.articles).toEqual([article(2).reference, article(3).reference]);
  });

  it('takes no ticket for its own whose reference is another', async () => {
    const { http, tickets } = desk();
    tickets.push({ id: '1', ref: `${reference.slice(0, -1)}x`, articles: [], notes: [] });
    const context = contextWith(http);
    const doubted = job({ inDoubt: 'create', inDoubtSince: 0 });
    expect(await engine.deliver(doubted, context, recorded())).toMatchObject({ ticketId: '2' });
    expect(await engine.lookUp(connection(), `${reference.slice(0, -1)}y`, context)).toBeUndefined();
    expect(await engine.lookUp(connection(), reference, context)).toMatchObject({ ticketId: '2', number: '2' });
  });

  it('repeats only after the recipe’s time and looks have passed', async () => {
    const { http, tickets } = desk();
    const context = contextWith(http);
    const doubted = job({ inDoubt: 'create' });
    await expect(engine.deliver(doubted, context, recorded())).rejects.toMatchObject({
      code: 'interrupted',
      details: { retryAfterMs: 1_000 },
    });
    context.clock.now += 1_400;
    await expect(engine.deliver(doubted, context, recorded())).rejects.toMatchObject({ details: { retryAfterMs: 600 } });
    expect(tickets).toHaveLength(0);
    context.clock.now += 600;
    await engine.deliver(doubted, context, recorded());
    expect(tickets).toHaveLength(1);
  });

  it('leaves a doubt that nothing can resolve to the person, who may say "again"', async () => {
    const { http, tickets } = desk();
    const blind = connection(small({ dedupe: { class: 'none' } }));
    await expect(engine.deliver(job({ connection: blind, inDoubt: 'create' }), contextWith(http), recorded())).rejects.toMatchObject({
      code: 'cannot-look-up',
    });
    expect(tickets).toHaveLength(0);
    await engine.deliver(job({ connection: blind, inDoubt: 'create', repeatAnyway: true }), contextWith(http), recorded());
    expect(tickets).toHaveLength(1);
  });

  it('asks the person for a step without a look-up, and for one that the recipe no longer has', async () => {
    const { http } = desk();
    const finished = { create: { at: 0, out: { ticketId: '1' } } };
    const doubted = { draft: draft({ note: 'n' }), finished, inDoubtSince: 0 };
    await expect(engine.deliver(job({ ...doubted, inDoubt: 'note' }), contextWith(http), recorded())).rejects.toMatchObject({
      code: 'cannot-look-up',
      details: { step: 'note' },
    });
    await expect(engine.deliver(job({ ...doubted, inDoubt: 'gone/m1' }), contextWith(http), recorded())).rejects.toMatchObject({
      code: 'cannot-look-up',
    });
  });

  it('uploads again where an upload got no answer: what was left behind belongs to nothing', async () => {
    const steps = [
      { id: 'upload', as: 'upload', method: 'POST', path: '/uploads', out: { token: 'token' } },
      ...(small().create as object[]),
    ];
    const { http, asked } = answering(({ path }) => ({ status: 201, body: path === '/uploads' ? { token: 't' } : { id: '7' } }));
    const progress = recorded();
    await engine.deliver(job({ connection: connection(small({ create: steps })), inDoubt: 'upload' }), contextWith(http), progress);
    expect(asked[0]?.path).toBe('/uploads');
    expect(progress.events).not.toContain('started upload');
  });

  it('does not trust an empty answer of somebody who sees no ticket', async () => {
    const sight = { path: '/tickets', query: { ref: '' }, sees: '$count($) > 0' };
    const dedupe = { ...(small().dedupe as object), sight };
    const { http } = desk();
    const doubted = job({ connection: connection(small({ dedupe })), inDoubt: 'create', inDoubtSince: 0 });
    await expect(engine.deliver(doubted, contextWith(http), recorded())).rejects.toMatchObject({ code: 'cannot-look-up' });
  });

  it('makes a refused optional step a warning, and stops at any other', async () => {
    const steps = (optional: boolean) => [...(small().create as object[]), { id: 'tag', method: 'POST', path: '/tag', optional }];
    const { http } = answering(({ path }) =>
      path === '/tag' ? { status: 422, body: { message: 'No such tag' } } : { status: 201, body: { id: '7' } },
    );
    const taken = await engine.deliver(job({ connection: connection(small({ create: steps(true) })) }), contextWith(http), recorded());
    expect(taken.warnings).toEqual(['tag: No such tag']);
    await expect(
      engine.deliver(job({ connection: connection(small({ create: steps(false) })) }), contextWith(http), recorded()),
    ).rejects.toMatchObject({ code: 'rejected', details: { said: 'No such tag', ticketId: '7' } });
  });

  it('leaves out what the system does not take, and says so', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const files = [
      file('a', bytes),
      file('empty', new Uint8Array()),
      file('huge', new Uint8Array(50)),
      file('m', bytes, { kind: 'original', filename: 'm.eml' }),
    ];
    const create = [
      {
        id: 'create',
        as: 'create',
        method: 'POST',
        path: '/tickets',
        send: '{{ [draft.articles.files.filename] }}',
        out: { ticketId: 'id' },
      },
    ];
    const { http, asked } = answering(() => ({ status: 201, body: { id: '7' } }));
    const limited = connection(small({ create, limits: { emptyFiles: false, fileBytes: 10, originals: 'rename' } }));
    const { warnings } = await engine.deliver(
      job({ connection: limited, draft: draft({ articles: [article(1, files)] }) }),
      contextWith(http),
      recorded(),
    );
    expect(asked[0]?.body).toBe('["a.bin","m.eml.txt"]');
    expect(warnings).toHaveLength(2);
  });

  it('leaves all files out where none can be sent, and names them in one sentence', async () => {
    const files = [file('a', new Uint8Array(3)), file('b', new Uint8Array(0))];
    const create = [
      {
        id: 'create',
        as: 'create',
        method: 'POST',
        path: '/tickets',
        send: { files: '{{ [draft.articles.files.filename] }}', said: '{{ draft.incomplete }}' },
        out: { ticketId: 'id' },
      },
    ];
    const { http, asked } = answering(() => ({ status: 201, body: { id: '7' } }));
    const limited = job({
      connection: connection(small({ create, limits: { files: false } })),
      draft: draft({ articles: [article(1, files)], incomplete: '3 of 4 messages' }),
    });
    const { warnings } = await engine.deliver(limited, contextWith(http), recorded());
    const said = 'This system takes no files: “a.bin”, “b.bin” left out';
    expect(warnings).toEqual([said]);
    // Whoever reads the ticket knows it too.
    expect(JSON.parse(String(asked[0]?.body))).toEqual({ files: [], said: `3 of 4 messages ${said}` });
  });

  it('looks a new ticket up at once where the answer names none, and takes anything else for an unknown outcome', async () => {
    const create = (small().create as object[]).slice(0, 1).map((step) => ({ ...step, thenFind: true }));
    const deliver = (found: unknown, ours: unknown) => {
      const { http, asked } = answering(({ method, path }) => ({
        body: method === 'POST' ? { ok: true } : path === '/tickets' ? found : ours,
      }));
      return { asked, receipt: engine.deliver(job({ connection: connection(small({ create })) }), contextWith(http), recorded()) };
    };
    const { asked, receipt } = deliver([{ id: 9 }], { id: 9, ref: reference });
    expect(await receipt).toMatchObject({ ticketId: '9' });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /tickets', 'GET /tickets', 'GET /tickets/9']);
    await expect(deliver([], {}).receipt).rejects.toMatchObject({ code: 'unreadable-answer' });
    const cut = answering(({ method }) => {
      if (method === 'GET') throw new RelaisError('offline', 'Gone');
      return { body: { ok: true } };
    });
    const offline = engine.deliver(job({ connection: connection(small({ create })) }), contextWith(cut.http), recorded());
    await expect(offline).rejects.toMatchObject({ code: 'unreadable-answer' });
  });

  it('takes an answer without a ticket for an unknown outcome, never for a success', async () => {
    const { http } = answering(() => ({ status: 200, body: { ok: true } }));
    await expect(engine.deliver(job(), contextWith(http), recorded())).rejects.toMatchObject({
      code: 'unreadable-answer',
    });
  });

  it('does not send a draft that lacks what the system needs', async () => {
    const { http, asked } = answering(() => ({}));
    const { queue: _, ...without } = draft();
    await expect(
      engine.deliver(
        job({ connection: connection(small({ fields: { queue: 'required' } })), draft: without }),
        contextWith(http),
        recorded(),
      ),
    ).rejects.toMatchObject({ details: { field: 'queue' } });
    expect(asked).toHaveLength(0);
  });

  it('says so where nothing can be added to a ticket', async () => {
    const { http } = answering(() => ({}));
    const noAppend = connection(small({ append: [] }));
    await expect(
      engine.deliver(job({ connection: noAppend, action: { kind: 'append', ticketId: '1' } }), contextWith(http), recorded()),
    ).rejects.toMatchObject({ code: 'rejected' });
  });

  it('asks for JSON and nothing beside it: Rails answers a list of types with pages', async () => {
    const { http, asked } = desk();
    await engine.deliver(job({ draft: three }), contextWith(http), recorded());
    expect(new Set(asked.map(({ headers }) => headers?.accept))).toEqual(new Set(['application/json']));
  });

  it('shows only web addresses as links', async () => {
    const create = [{ id: 'create', as: 'create', method: 'POST', path: '/tickets', out: { ticketId: 'id', url: 'url' } }];
    const { http } = answering(() => ({ status: 201, body: { id: 7, url: 'javascript:alert(1)' } }));
    const receipt = await engine.deliver(job({ connection: connection(small({ create })) }), contextWith(http), recorded());
    expect(receipt).toEqual({ ticketId: '7', number: '7', warnings: [] });
  });
});
