/** The shipped recipes on the real servers: one ticket with everything in it, whatever is lost on the way. */
import { describe, expect } from 'vitest';
import { engine } from '../../utils/recipes/engine.ts';
import { serve } from '../support/local-server.ts';
import { note } from './draft.ts';
import { expectWhole, groundOn, inQueue, withLargeFile } from './ground.ts';
import { heldBy } from './held.ts';
import { hasClient, seenByClient } from './seen.ts';

describe.each(['rt', 'znuny', 'redmine'] as const)('the recipe of %s on the real server', (name) => {
  const ground = groundOn(name);
  const { test, needed, connection, contextOf, freshCase, deliver, theOnly } = ground;

  test('tells who we are, and lists queues and priorities', async () => {
    const context = contextOf(new Map());
    expect(await engine.test(connection(), context)).toMatchObject({ ok: true, identity: expect.stringContaining('agent') });
    const queues = await engine.list(connection(), 'queues', context);
    expect(queues?.map(({ label }) => label)).toEqual(expect.arrayContaining(['General', 'Support', 'Infra', 'Billing']));
    expect((await engine.list(connection(), 'priorities', context))?.length).toBeGreaterThanOrEqual(3);
  });

  test('makes one ticket with three articles, the files byte for byte and the note internal', async () => {
    const whole = freshCase();
    const { receipt } = await deliver(whole);
    const held = await expectWhole(ground, whole);
    expect(receipt.warnings).toContain('“vide.txt” is empty and was left out');
    expect(receipt.ticketId).toBe(held.id);
    expect(await engine.lookUp(connection(), whole.draft.reference, contextOf(whole.blobs))).toMatchObject({
      ticketId: held.id,
      number: receipt.number,
      url: receipt.url,
    });
    expect(await engine.read(connection(), held.id, contextOf(whole.blobs))).toMatchObject({
      title: whole.draft.title,
      state: expect.stringMatching(/^new$/i),
      queue: 'Support',
    });
  });

  // Over `WebMaxFileUpload` (24 MB as shipped) Znuny takes another way to a body, on which UTF-8 is read twice.
  test('brings a file of 20 MB, byte for byte, and once although the answer is lost', async () => {
    const large = withLargeFile(freshCase());
    ground.proxy().loseAnswer(/^POST .*\/(?:[Tt]icket|issues\.json)$/);
    await deliver(large);
    await expectWhole(ground, large);
  });

  test('finds a ticket by number, words of its title and requester, and nothing else', async () => {
    const one = freshCase();
    const { receipt } = await deliver(one);
    const search = async (text: string) => (await engine.search(connection(), text, contextOf(one.blobs))) ?? [];
    const hit = {
      id: receipt.ticketId,
      number: receipt.number,
      title: one.draft.title,
      state: expect.stringMatching(/^new$/i),
      queue: 'Support',
    };
    expect((await search(`#${receipt.number}`))[0]).toEqual(hit);
    expect(await search(one.mark.toUpperCase())).toEqual([hit]);
    expect(await search(`Vitrine ${one.mark.slice(0, -1)}`)).toEqual([hit]);
    const ofRequester = await search(one.draft.requester.address);
    expect(ofRequester).toContainEqual(hit);
    expect(ofRequester.length).toBeLessThanOrEqual(20);
    expect(await search(`Porte ${one.mark}`)).toEqual([]);
    expect(await search(`o'${one.mark} % * " \\`)).toEqual([]);
  });

  test('keeps the type and the priority that were chosen from its lists', async ({ skip }) => {
    // RT has no types.
    const chosen = { rt: undefined, znuny: { type: 'Incident', priority: '4 high' }, redmine: { type: 'Feature', priority: 'High' } }[name];
    if (!chosen) return skip();
    const one = freshCase();
    const context = contextOf(one.blobs);
    const choose = async (list: 'types' | 'priorities', label: string) =>
      (await engine.list(connection(), list, context, one.draft.queue))?.find((choice) => choice.label.replace('-', ' ') === label);
    const [type, priority] = [await choose('types', chosen.type), await choose('priorities', chosen.priority)];
    if (!type || !priority) throw new Error('The lists do not offer them');
    const { receipt } = await deliver({ ...one, draft: { ...one.draft, type, priority } });
    expect(await theOnly(one.mark)).toMatchObject(chosen);
    expect(receipt.warnings).toEqual(['“vide.txt” is empty and was left out']);
  });

  test('shows the requester the messages, and not the note', async ({ skip }) => {
    if (!hasClient(needed())) skip();
    const thread = freshCase();
    const { receipt } = await deliver(thread);
    const held = await theOnly(thread.mark);
    expect(held.articles.filter(({ text }) => text.includes(note))).toHaveLength(1);
    const seen = (await seenByClient(needed(), receipt.ticketId)).join('\n');
    // What comes after the first message is told to colleagues only, in RT.
    expect(seen).toContain('Message 1 : déjà vu');
    expect(seen).not.toContain(note);
  });

  test.each([
    ['the ticket', /^POST .*\/(?:[Tt]icket|issues\.json)$/],
    ['the second article', /^(?:POST .*\/comment|PATCH .*\/Ticket\/\d+|PUT .*\/issues\/\d+\.json)$/],
    ['the ticket and the look-up after it', /^(?:POST .*\/(?:[Tt]icket|issues\.json)|GET .*(?:tickets\?|Ticket\?Title|issues\.json\?).*)$/],
  ])('makes no second one when the answer is lost: %s', async (what, pattern) => {
    const lost = freshCase();
    ground.proxy().loseAnswer(pattern);
    if (what.includes('look-up')) ground.proxy().loseAnswer(pattern);
    const { attempts } = await deliver(lost).catch(async (thrown: { code?: string }) => {
      // A look-up that finds nobody pauses the endpoint; afterwards it goes on where it was.
      if (thrown.code !== 'offline') throw thrown;
      return deliver(lost, { inDoubt: 'create', inDoubtSince: ground.now() });
    });
    expect(attempts).toBeGreaterThanOrEqual(what.includes('look-up') ? 1 : 2);
    await expectWhole(ground, lost);
  });

  test('repeats when the look-up finds that nothing arrived', async () => {
    const fresh = freshCase();
    await deliver(fresh, { inDoubt: 'create', inDoubtSince: ground.now() - 60_000 });
    await expectWhole(ground, fresh);
  });

  test('appends what is new to a ticket, by id or by number, and nothing twice', async () => {
    const thread = freshCase();
    const first = { ...thread, draft: { ...thread.draft, articles: thread.draft.articles.slice(0, 2) } };
    const { receipt } = await deliver(first);
    await deliver({ ...thread, draft: { ...thread.draft, note: '' } }, { action: { kind: 'append', ticketId: receipt.number } });
    const held = await theOnly(thread.mark);
    // The first message came with the ticket itself, whose article carries the same mark in Znuny and the thread's in RT.
    expect(held.articles.filter(({ text }) => /Message 2/.test(text))).toHaveLength(1);
    expect(held.articles.filter(({ text }) => /Message 3/.test(text))).toHaveLength(1);
  });

  test('says that the key is wrong, and makes nothing', async () => {
    const one = freshCase();
    const context = contextOf(one.blobs);
    const wrong = connection({ secrets: { token: '1-39-0123456789abcdef', password: 'nope', key: 'nope' } });
    await expect(engine.test(wrong, context)).rejects.toMatchObject({ code: 'unauthorised' });
    await expect(engine.list(wrong, 'queues', context)).rejects.toMatchObject({ code: 'unauthorised' });
    await expect(deliver(one, { connection: wrong })).rejects.toMatchObject({ code: 'unauthorised' });
    expect(await heldBy(needed(), one.mark)).toEqual([]);
  });

  test('says that a queue is gone, in the words of the server, and makes nothing', async () => {
    const gone = inQueue(freshCase(), 'Gone');
    await expect(deliver(gone)).rejects.toMatchObject({ code: 'rejected', details: { said: expect.stringMatching(/queue.*\w/i) } });
    expect(await heldBy(needed(), gone.mark)).toEqual([]);
  });

  test('says that a ticket is not there', async () => {
    const { draft, blobs } = freshCase();
    await expect(engine.read(connection(), '99999999', contextOf(blobs))).rejects.toMatchObject({ code: 'not-found' });
    const job = { action: { kind: 'append', ticketId: '99999999' } } as const;
    await expect(deliver({ draft: { ...draft, articles: [] }, blobs }, job)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('takes a login page for what it is', async () => {
    const one = freshCase();
    const page = await serve(
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>'),
    );
    const values = { ...connection().values, url: page.origin };
    await expect(engine.test(connection({ values }), contextOf(one.blobs))).rejects.toMatchObject({ code: 'login-page' });
    await expect(deliver(one, { connection: connection({ values }) })).rejects.toMatchObject({ code: 'login-page' });
    await page.close();
  });
});
