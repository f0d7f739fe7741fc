/** The webhook recipe on Node-RED, whose flow checks the signature and drops what it has seen by `Idempotency-Key`. */
import { expect } from 'vitest';
import { note } from './draft.ts';
import { expectWhole, groundOn, withLargeFile } from './ground.ts';
import { heldBy } from './held.ts';

const ground = groundOn('node-red');
const { test, needed, connection, freshCase, deliver, theOnly } = ground;

test('hands over the whole thread, signed, a file of 20 MB byte for byte', async () => {
  const whole = withLargeFile(freshCase());
  const { receipt } = await deliver(whole);
  const held = await expectWhole(ground, whole);
  expect(receipt).toMatchObject({ ticketId: held.id, number: `T-${held.id}` });
});

test('asks after a lost answer, and a repeat makes no second ticket', async () => {
  const lost = freshCase();
  ground.proxy().loseAnswer(/^POST /);
  await expect(deliver(lost)).rejects.toMatchObject({ code: 'cannot-look-up' });
  const { id } = await expectWhole(ground, lost);
  const { receipt } = await deliver(lost, { inDoubt: 'create', inDoubtSince: 0, repeatAnyway: true });
  expect(receipt).toMatchObject({ ticketId: id, number: `T-${id}` });
  await expectWhole(ground, lost);
});

test('adds messages and a note once, however often they are sent', async () => {
  const thread = freshCase();
  const { articles } = thread.draft;
  const { receipt } = await deliver({ ...thread, draft: { ...thread.draft, articles: articles.slice(0, 1) } });
  const more = { ...thread, draft: { ...thread.draft, articles: articles.slice(1), note: 'Interne : fait.' } };
  const action = { kind: 'append', ticketId: receipt.ticketId } as const;
  await deliver(more, { action });
  await deliver(more, { action, inDoubt: 'append', inDoubtSince: 0, repeatAnyway: true });
  const held = await theOnly(thread.mark);
  expect(held.articles.filter(({ internal }) => !internal).map(({ text }) => /Message \d/.exec(text)?.[0])).toEqual([
    'Message 1',
    'Message 2',
    'Message 3',
  ]);
  expect(held.articles.filter(({ internal }) => internal).map(({ text }) => text)).toEqual([note, 'Interne : fait.']);
});

test('says that a ticket is not there', async () => {
  const action = { kind: 'append', ticketId: '99999999' } as const;
  await expect(deliver(freshCase(), { action })).rejects.toMatchObject({ code: 'not-found', details: { said: 'No ticket 99999999' } });
});

test('stops where the signature is wrong, and nothing is made', async () => {
  const one = freshCase();
  await expect(deliver(one, { connection: connection({ secrets: { secret: 'another' } }) })).rejects.toMatchObject({
    code: 'unauthorised',
    details: { said: 'Wrong signature' },
  });
  expect(await heldBy(needed(), one.mark)).toEqual([]);
});
