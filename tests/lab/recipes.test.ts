/** The shipped recipes on the real servers: one ticket with everything in it, whatever is lost on the way. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FinishedStep } from '../../utils/core/delivery.ts';
import { RelaisError, remedies } from '../../utils/core/errors.ts';
import { createHttp } from '../../utils/http.ts';
import { engine } from '../../utils/recipes/engine.ts';
import type { Connection, EngineContext, Job } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import { serve } from '../support/local-server.ts';
import { type CuttingProxy, proxyTo } from './cutting-proxy.ts';
import { type Case, client, newCase, note } from './draft.ts';
import { type HeldTicket, heldBy } from './held.ts';
import { type TicketSystem, ticketSystems } from './lab.ts';

const recipes = await loadRecipes();
const systems = ticketSystems();

describe.each(['rt', 'znuny', 'redmine'] as const)('the recipe of %s on the real server', (name) => {
  const system = systems[name];
  if (!system) console.warn(`SKIPPED: the lab has no ${name}. Start it with tests/lab/tickets/start ${name}`);
  const test = it.skipIf(!system);
  const needed = (): TicketSystem => {
    if (!system) throw new Error('not running');
    return system;
  };
  let proxy: CuttingProxy;
  let clock: number;
  const http = createHttp({ hasPermission: async () => true, record: () => {} });

  beforeAll(async () => {
    clock = Date.now();
    if (system) proxy = await proxyTo(new URL(system.baseUrl).origin);
  });
  afterAll(() => proxy?.close());

  function connection(more: Partial<Connection> = {}): Connection {
    const { baseUrl, user, password, token } = needed();
    const recipe = recipes.get(name);
    if (!recipe) throw new Error(`No recipe ${name}`);
    const url = `${proxy.origin}${new URL(baseUrl).pathname.replace(/\/$/, '')}`;
    return {
      recipe,
      values: { url, ...(name === 'znuny' ? { user } : {}) },
      secrets: { rt: { token: token ?? '' }, znuny: { password }, redmine: { key: token ?? '' } }[name],
      ...more,
    };
  }
  /** Redmine knows its projects by number. */
  const freshCase = (): Case => {
    const fresh = newCase();
    return name === 'redmine' ? { ...fresh, draft: { ...fresh.draft, queue: { id: '2', label: 'Support' } } } : fresh;
  };
  const contextOf = ({ blobs }: Pick<Case, 'blobs'>): EngineContext => ({
    http,
    now: () => clock,
    readBlob: async (key) => new Blob([new Uint8Array(blobs.get(key) ?? Buffer.alloc(0))]),
  });

  /** Delivers as the outbox does: steps are kept, a lost one is in doubt, until it is through. Says how often it began. */
  async function deliver({ draft, blobs }: Case, more: Partial<Job> = {}) {
    const finished: Record<string, FinishedStep> = {};
    let inDoubt: string | undefined;
    for (let attempts = 1; ; attempts += 1) {
      let started: string | undefined;
      try {
        const job: Job = {
          connection: connection(),
          action: { kind: 'create' },
          draft,
          finished,
          ...(inDoubt && { inDoubt, inDoubtSince: clock - 60_000 }),
          ...more,
        };
        const receipt = await engine.deliver(job, contextOf({ blobs }), {
          started: async (step) => {
            started = step;
          },
          finished: async (step, out) => {
            finished[step] = { at: clock, out };
            if (step === started) started = undefined;
            if (step === inDoubt) inDoubt = undefined;
          },
        });
        return { receipt, attempts };
      } catch (thrown) {
        if (!(thrown instanceof RelaisError) || remedies[thrown.code] !== 'check' || attempts > 5) throw thrown;
        inDoubt = started ?? inDoubt;
        clock += 60_000;
      }
    }
  }

  async function theOnly(mark: string): Promise<HeldTicket> {
    const tickets = await heldBy(needed(), mark);
    expect(tickets.map(({ title }) => title)).toHaveLength(1);
    const [ticket] = tickets;
    if (!ticket) throw new Error('no ticket');
    return ticket;
  }

  /** Everything that was sent is there, once. */
  async function expectWhole({ mark, draft, blobs }: Case): Promise<void> {
    const held = await theOnly(mark);
    expect(held).toMatchObject({ queue: 'Support', requester: client.address });
    expect(held.title).toContain(draft.title);
    const articles = held.articles.filter(({ text }) => /Message \d : déjà vu, 12 €/.test(text));
    expect(articles.map(({ text }) => /Message \d/.exec(text)?.[0])).toEqual(['Message 1', 'Message 2', 'Message 3']);
    const notes = held.articles.filter(({ text }) => text.includes(note));
    expect(notes).toMatchObject([{ internal: true }]);
    const files = held.articles.flatMap((article) => article.files);
    for (const sent of draft.articles.flatMap((article) => article.files).filter(({ size }) => size > 0)) {
      const there = files.filter((held) => held.name === sent.filename);
      expect(there, sent.filename).toHaveLength(1);
      expect(there[0]?.bytes.equals(blobs.get(sent.blob) ?? Buffer.alloc(0)), sent.filename).toBe(true);
    }
    expect(held.articles[0]?.text).toContain(draft.incomplete);
    for (const [at, article] of articles.entries())
      expect(article.text).toContain(at === 0 ? draft.reference : (draft.articles[at]?.reference ?? ''));
  }

  test('tells who we are, and lists queues and priorities', async () => {
    const context = contextOf(freshCase());
    expect(await engine.test(connection(), context)).toMatchObject({ ok: true, identity: expect.stringContaining('agent') });
    const queues = await engine.list(connection(), 'queues', context);
    expect(queues?.map(({ label }) => label)).toEqual(expect.arrayContaining(['General', 'Support', 'Infra', 'Billing']));
    expect((await engine.list(connection(), 'priorities', context))?.length).toBeGreaterThanOrEqual(3);
  });

  test('makes one ticket with three articles, the files byte for byte and the note internal', async () => {
    const whole = freshCase();
    const { receipt } = await deliver(whole);
    await expectWhole(whole);
    expect(receipt.warnings).toContain('“vide.txt” is empty and was left out');
    const held = await theOnly(whole.mark);
    expect(receipt.ticketId).toBe(held.id);
    expect(await engine.lookUp(connection(), whole.draft.reference, contextOf(whole))).toMatchObject({
      ticketId: held.id,
      number: receipt.number,
      url: receipt.url,
    });
    expect(await engine.read(connection(), held.id, contextOf(whole))).toMatchObject({
      title: whole.draft.title,
      state: expect.stringMatching(/^new$/i),
      queue: 'Support',
    });
  });

  test.each([
    ['the ticket', /^POST .*\/(?:[Tt]icket|issues\.json)$/],
    ['the second article', /^(?:POST .*\/comment|PATCH .*\/Ticket\/\d+|PUT .*\/issues\/\d+\.json)$/],
    ['the ticket and the look-up after it', /^(?:POST .*\/(?:[Tt]icket|issues\.json)|GET .*(?:tickets\?|Ticket\?Title|issues\.json\?).*)$/],
  ])('makes no second one when the answer is lost: %s', async (what, pattern) => {
    const lost = freshCase();
    proxy.loseAnswer(pattern);
    if (what.includes('look-up')) proxy.loseAnswer(pattern);
    const { attempts } = await deliver(lost).catch(async (thrown: { code?: string }) => {
      // A look-up that finds nobody pauses the endpoint; afterwards it goes on where it was.
      if (thrown.code !== 'offline') throw thrown;
      return deliver(lost, { inDoubt: 'create', inDoubtSince: clock });
    });
    expect(attempts).toBeGreaterThanOrEqual(what.includes('look-up') ? 1 : 2);
    await expectWhole(lost);
  });

  test('repeats when the look-up finds that nothing arrived', async () => {
    const fresh = freshCase();
    await deliver(fresh, { inDoubt: 'create', inDoubtSince: clock - 60_000 });
    await expectWhole(fresh);
  });

  test('appends what is new to a ticket, by id or by number, and nothing twice', async () => {
    const thread = freshCase();
    const first = { ...thread, draft: { ...thread.draft, articles: thread.draft.articles.slice(0, 2) } };
    const { receipt } = await deliver(first);
    await deliver({ ...thread, draft: { ...thread.draft, note: '' } }, { action: { kind: 'append', ticketId: receipt.number } }).catch(
      (error: unknown) => {
        throw error;
      },
    );
    const held = await theOnly(thread.mark);
    // The first message came with the ticket itself, whose article carries the same mark in Znuny and the thread's in RT.
    expect(held.articles.filter(({ text }) => /Message 2/.test(text))).toHaveLength(1);
    expect(held.articles.filter(({ text }) => /Message 3/.test(text))).toHaveLength(1);
  });

  test('says plainly what is wrong', async () => {
    const { draft, blobs } = freshCase();
    const context = contextOf({ blobs });
    const wrong = connection({ secrets: { token: '1-39-0123456789abcdef', password: 'nope', key: 'nope' } });
    await expect(engine.test(wrong, context)).rejects.toMatchObject({ code: 'unauthorised' });
    await expect(engine.list(wrong, 'queues', context)).rejects.toMatchObject({ code: 'unauthorised' });
    await expect(deliver({ mark: '', draft, blobs }, { connection: wrong })).rejects.toMatchObject({ code: 'unauthorised' });
    const gone = { ...draft, queue: { id: 'Gone', label: 'Gone' } };
    await expect(deliver({ mark: '', draft: gone, blobs })).rejects.toMatchObject({
      code: 'rejected',
      details: { said: expect.stringMatching(/queue/i) },
    });
    await expect(engine.read(connection(), '99999999', context)).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      deliver({ mark: '', draft: { ...draft, articles: [] }, blobs }, { action: { kind: 'append', ticketId: '99999999' } }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  test('takes a login page for what it is', async () => {
    const { draft, blobs } = freshCase();
    const page = await serve(
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>'),
    );
    const values = { ...connection().values, url: page.origin };
    await expect(engine.test(connection({ values }), contextOf({ blobs }))).rejects.toMatchObject({ code: 'login-page' });
    await expect(deliver({ mark: '', draft, blobs }, { connection: connection({ values }) })).rejects.toMatchObject({ code: 'login-page' });
    await page.close();
  });

  if (name === 'redmine') {
    test('takes a file of 20 MB as it is, and says which one was over the limit', async () => {
      const large = freshCase();
      const [first, ...rest] = large.draft.articles;
      if (!first) throw new Error('no article');
      const bytes = new Map([
        [`${large.mark}/large`, randomBytes(20_000_000)],
        [`${large.mark}/huge`, Buffer.alloc(60_000_000, 1)],
      ]);
      const files = [...bytes].map(([blob, { length }]) => ({
        id: blob,
        blob,
        size: length,
        filename: blob.endsWith('huge') ? 'huge.bin' : 'large.bin',
        mediaType: 'application/octet-stream',
        sha256: '',
        kind: 'attachment' as const,
      }));
      const draft = { ...large.draft, articles: [{ ...first, files }, ...rest] };
      const { receipt } = await deliver({ ...large, draft, blobs: new Map([...large.blobs, ...bytes]) });
      expect(receipt.warnings).toEqual([expect.stringContaining('exceeds the maximum allowed file size')]);
      const held = await theOnly(large.mark);
      const kept = held.articles[0]?.files ?? [];
      expect(kept.map((file) => file.name)).toEqual(['large.bin']);
      expect(kept[0]?.bytes.equals(bytes.get(`${large.mark}/large`) ?? Buffer.alloc(0))).toBe(true);
    });

    test('shows the note to colleagues and not to the client', async () => {
      const thread = freshCase();
      await deliver(thread);
      const held = await theOnly(thread.mark);
      // `internal` is what the client, asked with their own key, was not shown.
      expect(held.articles.filter(({ internal }) => internal).map(({ text }) => text.includes(note))).toEqual([true]);
    });

    test('sends no note that would not stay internal, and makes nothing', async () => {
      const thread = freshCase();
      const reporter = connection({ secrets: { key: needed().clientToken ?? '' } });
      await expect(deliver(thread, { connection: reporter })).rejects.toMatchObject({
        code: 'rejected',
        details: { said: expect.stringContaining('private notes') },
      });
      expect(await heldBy(needed(), thread.mark)).toEqual([]);
      const draft = { ...thread.draft, note: '' };
      expect((await deliver({ ...thread, draft }, { connection: reporter })).receipt.number).toMatch(/^\d+$/);
    });

    test('keeps the reference in a custom field, and says where a project has none', async () => {
      const values = { ...connection().values, field: '1' };
      const marked = freshCase();
      const { receipt } = await deliver(marked, { connection: connection({ values }) });
      expect(await engine.lookUp(connection({ values }), marked.draft.reference, contextOf(marked))).toMatchObject({
        ticketId: receipt.ticketId,
      });
      const elsewhere = freshCase();
      const draft = { ...elsewhere.draft, queue: { id: '1', label: 'General' } };
      const { receipt: bare } = await deliver({ ...elsewhere, draft }, { connection: connection({ values }) });
      expect(bare.warnings.join()).toContain('custom field');
      expect(await engine.lookUp(connection({ values }), draft.reference, contextOf(elsewhere))).toMatchObject({ ticketId: bare.ticketId });
    });
  }

  if (name === 'znuny') {
    test('completes a ticket that was left without its files', async () => {
      const half = freshCase();
      proxy.halve(/^POST .*\/Ticket$/, ({ Attachment: _, ...rest }) => rest);
      await deliver(half);
      await expectWhole(half);
    });

    test('tells of an address that is no customer, and of a web service that is not there', async () => {
      const { draft, blobs } = freshCase();
      await expect(
        deliver({ mark: '', draft: { ...draft, requester: { name: '', address: 'x@example.org' } }, blobs }),
      ).rejects.toMatchObject({ code: 'rejected', details: { said: expect.stringContaining('CustomerUser') } });
      const values = { ...connection().values, url: needed().baseUrl, webservice: 'NoSuchService' };
      await expect(engine.test(connection({ values }), contextOf({ blobs }))).rejects.toMatchObject({ code: 'not-found' });
    });
  }
});
