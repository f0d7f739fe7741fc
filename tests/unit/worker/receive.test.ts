import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { Runtime } from '../../../utils/browser.ts';
import { captureLimits, type FromPage, type ToPage } from '../../../utils/core/captured.ts';
import type { RelaisError } from '../../../utils/core/errors.ts';
import { openBlobs } from '../../../utils/outbox/blobs.ts';
import { findCaptured } from '../../../utils/outbox/captures.ts';
import { receive, stopReceiving } from '../../../utils/worker/receive.ts';

/** The worker's end of a port, with the page's end in the test's hands. */
function portPair() {
  const heard: ((message: unknown) => void)[] = [];
  const gone: (() => void)[] = [];
  const answers: ToPage[] = [];
  let wake: (() => void) | undefined;
  const port = {
    postMessage: (message: ToPage) => {
      answers.push(message);
      wake?.();
    },
    disconnect: () => undefined,
    onMessage: { addListener: (listener: (message: unknown) => void) => heard.push(listener) },
    onDisconnect: { addListener: (listener: () => void) => gone.push(listener) },
  } as unknown as Runtime.Port;
  return {
    port,
    say: (message: FromPage | Record<string, unknown>) => {
      for (const listener of heard) listener(message);
    },
    leave: () => {
      for (const listener of gone) listener();
    },
    async answer(index: number): Promise<ToPage> {
      while (answers[index] === undefined) await new Promise<void>((resolve) => (wake = resolve));
      return answers[index];
    },
  };
}

function begin(captureId: string) {
  const pair = portPair();
  const ended = Promise.withResolvers<string | RelaisError>();
  receive(pair.port, captureId, {
    opened: async ({ threadKey }) => (threadKey === 'known' ? 'stop' : 'go'),
    progress: async () => undefined,
    closed: async (bytes) => ended.resolve(`closed: ${bytes} bytes`),
    failed: async (error) => ended.resolve(error),
  });
  return { ...pair, ended: ended.promise };
}

const original = IDBObjectStore.prototype.put;
const opened = { kind: 'opened', webmail: 'roundcube', threadKey: 'INBOX/1', expected: 1 } as const;

describe('receiving a thread from a page', () => {
  it('stores each message whole, from chunks, before it says so', async () => {
    const { say, answer, ended } = begin('c1');
    const source = new Uint8Array(300_000).map((_, index) => index % 251);
    say(opened);
    expect(await answer(0)).toEqual({ kind: 'go' });
    say({ kind: 'message', id: '1', source: 'raw', bytes: source.byteLength });
    say({ kind: 'chunk', base64: Buffer.from(source.subarray(0, 196_608)).toString('base64') });
    say({ kind: 'chunk', base64: Buffer.from(source.subarray(196_608)).toString('base64') });
    expect(await answer(1)).toEqual({ kind: 'stored' });
    say({ kind: 'message', id: '2', source: 'page', bytes: 0, page: { text: 'Bonjour' }, copies: ['Sent/2'] });
    say({ kind: 'closed', gaps: [{ code: 'message-missing', message: '3' }] });
    expect(await ended).toBe('closed: 300000 bytes');
    const captured = await findCaptured('c1');
    expect(captured).toMatchObject({
      messages: [
        { id: '1', source: 'raw' },
        { id: '2', page: { text: 'Bonjour' }, copies: ['Sent/2'] },
      ],
      gaps: [{ message: '3' }],
    });
    const blob = await (await openBlobs()).read(captured?.messages[0]?.blob ?? '');
    expect(Buffer.compare(Buffer.from(await blob.arrayBuffer()), Buffer.from(source))).toBe(0);
  });

  it('takes the next messages while one is on its way to the disk', async () => {
    const { say, answer, ended } = begin('c6');
    say(opened);
    expect(await answer(0)).toEqual({ kind: 'go' });
    for (const id of ['1', '2', '3']) {
      say({ kind: 'message', id, source: 'raw', bytes: 3 });
      say({ kind: 'chunk', base64: 'AAAA' });
    }
    say({ kind: 'closed', gaps: [] });
    expect(await ended).toBe('closed: 9 bytes');
    const captured = await findCaptured('c6');
    expect(captured?.messages.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(new Set(captured?.messages.map(({ blob }) => blob)).size).toBe(3);
  });

  it('ends, with nothing written afterwards, when a message cannot be stored', async () => {
    const { say, answer, ended } = begin('c7');
    let left = 1;
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
      if (left-- === 0) throw new DOMException('full', 'QuotaExceededError');
      return original.apply(this, given);
    });
    say(opened);
    await answer(0);
    say({ kind: 'message', id: '1', source: 'raw', bytes: 3 });
    say({ kind: 'chunk', base64: 'AAAA' });
    say({ kind: 'message', id: '2', source: 'raw', bytes: 3 });
    say({ kind: 'chunk', base64: 'AAAA' });
    say({ kind: 'closed', gaps: [] });
    expect(await ended).toBeInstanceOf(Error);
    put.mockRestore();
    expect(await findCaptured('c7')).toBeUndefined();
  });

  it('leaves a thread that is here already', async () => {
    const { say, answer } = begin('c2');
    say({ ...opened, threadKey: 'known' });
    expect(await answer(0)).toEqual({ kind: 'stop' });
  });

  it.each<[string, Record<string, unknown>[], string]>([
    ['a message before its thread', [{ kind: 'message', id: '1', source: 'raw', bytes: 1 }], 'forbidden-message'],
    ['a chunk without its message', [opened, { kind: 'chunk', base64: 'AAAA' }], 'forbidden-message'],
    [
      'more bytes than announced',
      [opened, { kind: 'message', id: '1', source: 'raw', bytes: 1 }, { kind: 'chunk', base64: 'AAAA' }],
      'forbidden-message',
    ],
    ['an empty chunk', [opened, { kind: 'message', id: '1', source: 'raw', bytes: 1 }, { kind: 'chunk', base64: '' }], 'forbidden-message'],
    ['something unheard of', [opened, { kind: 'settings' }], 'forbidden-message'],
    ['a thread within a thread', [opened, opened], 'forbidden-message'],
  ])('refuses %s', async (_, messages, code) => {
    const { say, leave, ended } = begin(crypto.randomUUID());
    for (const message of messages) say(message);
    leave();
    expect(await ended).toMatchObject({ code });
  });

  it('says so when the page goes away in the middle', async () => {
    const { say, leave, ended } = begin('c3');
    say(opened);
    leave();
    expect(await ended).toMatchObject({ code: 'capture-interrupted' });
    expect(await findCaptured('c3')).toBeUndefined();
  });

  it('takes nothing more once its person stops it', async () => {
    const { say, answer, ended } = begin('c5');
    say({ ...opened, expected: 2 });
    say({ kind: 'message', id: '1', source: 'page', bytes: 0, page: { text: 'Bonjour' } });
    await answer(1);
    await stopReceiving('c5');
    expect(await ended).toMatchObject({ code: 'capture-interrupted', details: { stopped: true } });
    say({ kind: 'closed', gaps: [] });
    await stopReceiving('c5');
    expect(await findCaptured('c5')).toBeUndefined();
  });

  it('refuses a second message that takes the capture over its limit', async () => {
    const { say, ended } = begin('c4');
    say(opened);
    say({ kind: 'message', id: '1', source: 'raw', bytes: 3 });
    say({ kind: 'chunk', base64: 'AAAA' });
    say({ kind: 'message', id: '2', source: 'raw', bytes: captureLimits.bytes });
    expect(await ended).toMatchObject({ code: 'capture-too-large' });
  });
});
