import 'fake-indexeddb/auto';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { openBlobs } from '../../../utils/outbox/blobs.ts';
import { putCapture, putCaptured } from '../../../utils/outbox/captures.ts';
import { addDelivery } from '../../../utils/outbox/deliveries.ts';
import { exportZip } from '../../../utils/outbox/export.ts';
import { captureOf, deliveryOf, thread } from '../../support/records.ts';

it('gives originals byte for byte, files by their names, and what was decided, in names that stay in their folder', async () => {
  const capture = captureOf('c1');
  const [first, ...rest] = thread.messages;
  if (!first) throw new Error('no message');
  const original = { filename: '../../etc/passwd.eml', mediaType: 'message/rfc822', size: 3, sha256: '', blob: 'c1/source/0' };
  const twice = first.attachments.map((file, index) => ({ ...file, filename: index === 0 ? 'a.pdf' : 'A.PDF' }));
  await putCapture({ ...capture, thread: { ...thread, messages: [{ ...first, original, attachments: twice }, ...rest] } });
  await addDelivery(deliveryOf('c1', { title: 'Devis: n° 7 / urgent' }), {
    reference: thread.reference,
    title: 'Devis',
    requester: { address: 'client@client.example.net', name: '' },
    note: 'Rappeler',
    articles: [],
    incomplete: '',
    sourceUrl: '',
  });
  const bytes = new Uint8Array([0, 13, 10, 255, 200]);
  const blobs = await openBlobs();
  await blobs.write('c1/source/0', new Blob([bytes]));
  for (const { blob } of first.attachments) await blobs.write(blob, new Blob([bytes]));
  const files = unzipSync(new Uint8Array(await (await exportZip(['c1', 'unknown'])).arrayBuffer()));
  const folder = '001-Devis n° 7 urgent';
  expect(Object.keys(files).sort()).toEqual(
    [
      `${folder}/thread.json`,
      `${folder}/etc passwd.eml`,
      `${folder}/files/a.pdf`,
      `${folder}/files/A-2.PDF`,
      '002-thread/thread.json',
    ].sort(),
  );
  expect(files[`${folder}/etc passwd.eml`]).toEqual(bytes);
  expect(JSON.parse(new TextDecoder().decode(files[`${folder}/thread.json`]))).toMatchObject({ draft: { note: 'Rappeler' } });
});

it('gives the sources of a thread that could not be read, or not yet, with what was typed', async () => {
  const { thread: _, ...unread } = captureOf('c2');
  await putCapture({ ...unread, status: 'failed', edits: { note: 'Rappeler' } });
  const source = new Blob(['Subject: Devis\r\n\r\nBonjour']);
  await (await openBlobs()).write('c2/source/0', source);
  await putCaptured({ captureId: 'c2', messages: [{ id: 'INBOX/1', source: 'raw', blob: 'c2/source/0' }], gaps: [] });
  const files = unzipSync(new Uint8Array(await (await exportZip(['c2'])).arrayBuffer()));
  expect(Object.keys(files).sort()).toEqual(['001-thread/message-1.eml', '001-thread/thread.json']);
  expect(files['001-thread/message-1.eml']).toEqual(new Uint8Array(await source.arrayBuffer()));
  expect(new TextDecoder().decode(files['001-thread/thread.json'])).toContain('Rappeler');
});
