/** Ends the reading of a thread that its person does not want any more. */
import type { Capture } from '../core/capture.ts';
import { RelaisError } from '../core/errors.ts';
import { openBlobs } from '../outbox/blobs.ts';
import { changeCapture, findCapture, removeCapture } from '../outbox/captures.ts';
import { forgetJournal } from '../outbox/journal.ts';
import { stopReceiving } from './receive.ts';

/** Nothing of the thread is kept but what was typed about it. Too late for one that was read to its end: that one stays. */
export async function stopCapture(id: string, changed: (capture: Capture) => Promise<void>): Promise<void> {
  await stopReceiving(id);
  const capture = await findCapture(id);
  if (capture?.status !== 'collecting') return;
  if (Object.keys(capture.edits).length === 0) {
    await removeCapture(id);
  } else {
    const error = new RelaisError('capture-interrupted', 'Stopped by a person').record();
    await changeCapture(id, (found) => ({ ...found, status: 'failed', error, sendWhenReady: false }));
    await Promise.all([(await openBlobs()).clear(id), forgetJournal(id)]);
  }
  await changed(capture);
}
