/** What only Redmine does: a limit on files, private notes that need a right, a custom field for the reference. */
import { expect } from 'vitest';
import { engine } from '../../utils/recipes/engine.ts';
import { groundOn, inQueue, withFiles } from './ground.ts';
import { heldBy } from './held.ts';

const { test, needed, connection, contextOf, freshCase, deliver, theOnly } = groundOn('redmine');

test('says which file was over the limit, and brings the others', async () => {
  const huge = withFiles(freshCase(), new Map([['huge.bin', Buffer.alloc(60_000_000, 1)]]));
  const { receipt } = await deliver(huge);
  expect(receipt.warnings).toContainEqual(expect.stringContaining('exceeds the maximum allowed file size'));
  const names = (await theOnly(huge.mark)).articles.flatMap(({ files }) => files.map((file) => file.name));
  expect(names).toContain('Devis été.pdf');
  expect(names).not.toContain('huge.bin');
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
  const marked = freshCase();
  const withField = connection({ values: { ...connection().values, field: '1' } });
  const { receipt } = await deliver(marked, { connection: withField });
  expect(await engine.lookUp(withField, marked.draft.reference, contextOf(marked.blobs))).toMatchObject({ ticketId: receipt.ticketId });
  const elsewhere = inQueue(freshCase(), '1');
  const { receipt: bare } = await deliver(elsewhere, { connection: withField });
  expect(bare.warnings.join()).toContain('custom field');
  const found = await engine.lookUp(withField, elsewhere.draft.reference, contextOf(elsewhere.blobs));
  expect(found).toMatchObject({ ticketId: bare.ticketId });
});
