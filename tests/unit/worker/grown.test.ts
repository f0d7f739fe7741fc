import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Receipt } from '../../../utils/core/ticket.ts';
import { putCapture, putCaptured, settleDelivered } from '../../../utils/outbox/captures.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { buttonState } from '../../../utils/worker/button.ts';
import { captureOf, thread } from '../../support/records.ts';

const receipt: Receipt = { ticketId: '4711', number: '4711', warnings: [] };
const sent = captureOf('c1');
const messages = ['m1', 'm2', 'm3'];
const stateWith = (shown: readonly string[], threadKey = sent.threadKey) =>
  buttonState({ origin: sent.origin, threadKey, messages: shown });

/** A thread of three that was sent; its second message lies in two folders. */
beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
  await putCapture({ ...sent, status: 'submitted', thread });
  const captured = messages.map((id) => ({ id, source: 'raw' as const, ...(id === 'm2' && { copies: ['INBOX/2'] }) }));
  await putCaptured({ captureId: sent.id, messages: captured, gaps: [] });
  await settleDelivered(sent.id, 'rt', receipt);
});

describe('a thread that was sent and has grown', () => {
  it('has as many new messages as the page names without a ticket', async () => {
    expect(await stateWith([...messages, 'm4', 'm5'])).toMatchObject({ phase: 'grown', count: 2, number: '4711' });
    expect(await stateWith(messages)).toMatchObject({ phase: 'sent', number: '4711' });
  });

  it('has none where the page names a copy in another folder', async () => {
    expect(await stateWith(['m1', 'INBOX/2', 'm3'])).toMatchObject({ phase: 'sent' });
  });

  it('is known where the new message itself is open, under a key of its own', async () => {
    expect(await stateWith([...messages, 'INBOX/9'], 'INBOX/9')).toMatchObject({ phase: 'grown', count: 1, number: '4711' });
  });

  it('is another one where the page names no message that was sent', async () => {
    expect(await stateWith(['INBOX/9'], 'INBOX/9')).toEqual({ phase: 'idle' });
  });
});
