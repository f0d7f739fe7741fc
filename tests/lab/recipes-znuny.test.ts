/** What only Znuny does: a ticket that stands without its files, customers that must exist, web services with names. */
import { expect } from 'vitest';
import { engine } from '../../utils/recipes/engine.ts';
import { expectWhole, groundOn } from './ground.ts';

const ground = groundOn('znuny');
const { test, needed, connection, contextOf, freshCase, deliver } = ground;

test('completes a ticket that was left without its files', async () => {
  const half = freshCase();
  ground.proxy().halve(/^POST .*\/Ticket$/, ({ Attachment: _, ...rest }) => rest);
  await deliver(half);
  await expectWhole(ground, half);
});

// OTOBO and OTRS 6 know no other way; Znuny takes it too.
test('does the same within a session, without a credential in any header', async () => {
  const within = connection({ values: { ...connection().values, product: 'otobo' } });
  const one = freshCase();
  ground.proxy().loseAnswer(/^POST .*\/Ticket$/);
  const { receipt, attempts } = await deliver(one, { connection: within });
  expect(attempts).toBe(2);
  const held = await expectWhole(ground, one);
  expect(await engine.lookUp(within, one.draft.reference, contextOf(one.blobs))).toMatchObject({
    ticketId: held.id,
    number: receipt.number,
  });
  expect((await engine.search(within, one.mark, contextOf(one.blobs)))?.map(({ id }) => id)).toEqual([held.id]);
  const wrong = { ...within, secrets: { password: 'nope' } };
  await expect(engine.test(wrong, contextOf(one.blobs))).rejects.toMatchObject({ code: 'unauthorised' });
});

test('tells of an address that is no customer, and of a web service that is not there', async () => {
  const { draft, blobs } = freshCase();
  await expect(deliver({ draft: { ...draft, requester: { name: '', address: 'x@example.org' } }, blobs })).rejects.toMatchObject({
    code: 'rejected',
    details: { said: expect.stringContaining('CustomerUser') },
  });
  const values = { ...connection().values, url: needed().baseUrl, webservice: 'NoSuchService' };
  await expect(engine.test(connection({ values }), contextOf(blobs))).rejects.toMatchObject({ code: 'not-found' });
});
