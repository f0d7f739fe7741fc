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

test('tells of an address that is no customer, and of a web service that is not there', async () => {
  const { draft, blobs } = freshCase();
  await expect(deliver({ draft: { ...draft, requester: { name: '', address: 'x@example.org' } }, blobs })).rejects.toMatchObject({
    code: 'rejected',
    details: { said: expect.stringContaining('CustomerUser') },
  });
  const values = { ...connection().values, url: needed().baseUrl, webservice: 'NoSuchService' };
  await expect(engine.test(connection({ values }), contextOf(blobs))).rejects.toMatchObject({ code: 'not-found' });
});
