import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RelaisError } from '../../../utils/core/errors.ts';
import type { Thread } from '../../../utils/core/thread.ts';
import { answerPrepare, type PrepareParts } from '../../../utils/mail/answer-prepare.ts';
import { eventually } from '../../support/eventually.ts';

/** The worker's end of a port. */
function fakePort() {
  const posted: unknown[] = [];
  const receivers: ((message: unknown) => void)[] = [];
  const droppers: (() => void)[] = [];
  return {
    posted,
    receive: (message: unknown) => {
      for (const receiver of receivers) receiver(message);
    },
    drop: () => {
      for (const dropper of droppers) dropper();
    },
    postMessage: (message: unknown) => {
      posted.push(message);
    },
    onMessage: { addListener: (listener: (message: unknown) => void) => void receivers.push(listener) },
    onDisconnect: { addListener: (listener: () => void) => void droppers.push(listener) },
  };
}

const thread: Thread = { subject: '', title: '', reference: 'relais-aaaaaaaaaaaaaaaaaaaa', messages: [], requesters: [], gaps: [] };
const request = (id: string) => ({ id, captured: { captureId: id, messages: [], gaps: [] }, internalDomains: ['example.org'] });
const blobs = { read: () => Promise.resolve(new Blob()), write: () => Promise.resolve() };

function serve(change: Partial<PrepareParts> = {}) {
  const port = fakePort();
  const gone = vi.fn();
  answerPrepare(port, { prepare: () => Promise.resolve(thread), openBlobs: () => Promise.resolve(blobs), gone, ...change });
  return { port, gone };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the preparing document', () => {
  it('answers each request under its id, one at a time', async () => {
    const under: string[] = [];
    let most = 0;
    const { port } = serve({
      prepare: async ({ captureId }, { internalDomains }) => {
        under.push(captureId);
        most = Math.max(most, under.length);
        await Promise.resolve();
        under.pop();
        return { ...thread, title: `${captureId} ${internalDomains[0]}` };
      },
    });
    for (const id of ['a', 'b', 'c']) port.receive(request(id));
    await eventually(() => expect(port.posted).toHaveLength(3));
    expect(port.posted).toMatchObject([
      { id: 'a', ok: true, thread: { title: 'a example.org' } },
      { id: 'b', ok: true },
      { id: 'c', ok: true },
    ]);
    expect(most).toBe(1);
  });

  it('hands on why it could not, and goes on', async () => {
    let calls = 0;
    const { port } = serve({
      prepare: () => {
        calls += 1;
        return calls === 1 ? Promise.reject(new RelaisError('storage-full', 'No room', { bytes: 1 })) : Promise.resolve(thread);
      },
    });
    port.receive(request('a'));
    port.receive(request('b'));
    await eventually(() => expect(port.posted).toHaveLength(2));
    expect(port.posted).toMatchObject([
      { id: 'a', ok: false, error: { code: 'storage-full', message: 'No room', details: { bytes: 1 } } },
      { id: 'b', ok: true },
    ]);
  });

  it('says that it is alive while a thread takes long, and no longer', async () => {
    const { promise, resolve: finish } = Promise.withResolvers<Thread>();
    const { port } = serve({ prepare: () => promise });
    port.receive(request('a'));
    await vi.advanceTimersByTimeAsync(65_000);
    expect(port.posted).toEqual(Array.from({ length: 3 }, () => ({ id: 'alive', alive: true })));
    finish(thread);
    await vi.advanceTimersByTimeAsync(65_000);
    expect(port.posted).toHaveLength(4);
  });

  it('says so when the thread is more than a port carries', async () => {
    const port = fakePort();
    const post = port.postMessage;
    answerPrepare(
      {
        ...port,
        postMessage: (message) => {
          if ((message as { ok: boolean }).ok) throw new Error('Message length exceeded maximum allowed length.');
          post(message);
        },
      },
      { prepare: () => Promise.resolve(thread), openBlobs: () => Promise.resolve(blobs), gone: () => undefined },
    );
    port.receive(request('a'));
    await eventually(() => expect(port.posted).toMatchObject([{ id: 'a', ok: false, error: { code: 'capture-too-large' } }]));
  });

  it('ends with its worker and starts nothing more', async () => {
    const prepare = vi.fn(() => Promise.resolve(thread));
    const { port, gone } = serve({ prepare });
    port.drop();
    port.receive(request('a'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(gone).toHaveBeenCalledTimes(1);
    expect(prepare).not.toHaveBeenCalled();
    expect(port.posted).toEqual([]);
  });
});
