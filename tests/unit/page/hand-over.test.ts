import { JSDOM } from 'jsdom';
import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { captureLimits, chunkBytes, type FromPage, fromPageSchema, type ToPage } from '../../../utils/core/captured.ts';
import { RelaisError } from '../../../utils/core/errors.ts';
import { openPort } from '../../../utils/page/capture-port.ts';
import { handOver } from '../../../utils/page/hand-over.ts';
import { unknownPage } from '../../../utils/page/selected.ts';
import type { OpenThread, WebmailReader } from '../../../utils/webmail/adapter.ts';
import { eventually } from '../../support/eventually.ts';

// Node has neither `toBase64` nor a reader for blobs.
const { FileReader, Blob } = new JSDOM('').window;
vi.stubGlobal('FileReader', FileReader);
vi.stubGlobal('Blob', Blob);

const bytes = (length: number) => new Uint8Array(length).map((_, index) => index % 251).buffer;
const thread = (...ids: string[]): OpenThread => ({ key: 'k', messages: ids.map((id) => ({ id, at: {} })), gaps: [] });

/** A worker that answers as ours does, and checks every piece with its own schema. */
function worker(answers: { opened?: ToPage; stored?: (count: number) => ToPage | undefined } = {}) {
  const heard: FromPage[] = [];
  const stops: (() => void)[] = [];
  let listener: (message: unknown) => void = () => {};
  let left = 0;
  let stored = 0;
  const reply = (word: ToPage | undefined) => word && queueMicrotask(() => listener(word));
  const { port, signal } = openPort({
    postMessage(raw) {
      const piece = v.parse(fromPageSchema, structuredClone(raw));
      heard.push(piece);
      if (piece.kind === 'opened') reply(answers.opened ?? { kind: 'go' });
      if (piece.kind === 'message') left = piece.bytes;
      if (piece.kind === 'chunk') left -= Buffer.from(piece.base64, 'base64').length;
      if ((piece.kind === 'message' || piece.kind === 'chunk') && left === 0)
        reply(answers.stored ? answers.stored(++stored) : { kind: 'stored' });
      if (piece.kind === 'closed') reply({ kind: 'stored' });
    },
    disconnect: () => {},
    onMessage: { addListener: (added) => (listener = added) },
    onDisconnect: { addListener: (added) => stops.push(added) },
  });
  const context = {
    document: {} as Document,
    url: new URL('https://mail.example.org/'),
    fetch: () => Promise.reject(new Error('no')),
    signal,
    page: unknownPage,
  };
  return {
    heard,
    disconnect: () => {
      for (const stop of stops) stop();
    },
    store: () => listener({ kind: 'stored' }),
    run: (reader: WebmailReader) => handOver(port, { webmail: 'test', context, reader }),
  };
}
const kinds = (heard: readonly FromPage[]) => heard.map(({ kind }) => kind);

describe('handOver', () => {
  it('hands over each source in chunks of the size agreed', async () => {
    const { heard, run } = worker();
    const source = bytes(chunkBytes * 2 + 5);
    await run({ open: async () => ({ ...thread('a'), account: 'me@x', subject: 's' }), source: async () => source });
    expect(heard[0]).toEqual({ kind: 'opened', webmail: 'test', threadKey: 'k', account: 'me@x', subject: 's', expected: 1 });
    expect(kinds(heard)).toEqual(['opened', 'message', 'chunk', 'chunk', 'chunk', 'closed']);
    const chunks = heard.flatMap((piece) => (piece.kind === 'chunk' ? [Buffer.from(piece.base64, 'base64')] : []));
    expect(Buffer.concat(chunks).equals(Buffer.from(source))).toBe(true);
  });

  it('goes down the ladder: source, page, gap', async () => {
    const { heard, run } = worker();
    await run({
      open: async () => thread('raw', 'page', 'none', 'broken'),
      async source(_context, { id }) {
        if (id === 'broken') throw new TypeError('Failed to fetch');
        return id === 'raw' ? bytes(3) : undefined;
      },
      read: async (_context, { id }) => (id === 'page' ? { source: 'page', subject: 's' } : undefined),
    });
    expect(kinds(heard)).toEqual(['opened', 'message', 'chunk', 'message', 'closed']);
    expect(heard[3]).toEqual({ kind: 'message', id: 'page', source: 'page', bytes: 0, page: { subject: 's' } });
    expect(heard.at(-1)).toEqual({
      kind: 'closed',
      gaps: [
        { code: 'not-the-original', message: 'page' },
        { code: 'message-missing', message: 'none' },
        { code: 'message-missing', message: 'broken' },
      ],
    });
  });

  it('has at most four fetches under way, and keeps the order', async () => {
    let under = 0;
    let most = 0;
    const { heard, run } = worker();
    await run({
      open: async () => thread(...Array.from({ length: 12 }, (_, index) => `m${index}`)),
      async source() {
        under += 1;
        most = Math.max(most, under);
        await new Promise((resolve) => setTimeout(resolve, 2));
        under -= 1;
        return bytes(3);
      },
    });
    expect(most).toBe(4);
    expect(heard.flatMap((piece) => (piece.kind === 'message' ? [piece.id] : []))).toEqual(
      Array.from({ length: 12 }, (_, index) => `m${index}`),
    );
  });

  it('waits where eight messages are not stored yet, and at the end until all are', async () => {
    const held: number[] = [];
    const { heard, store, run } = worker({
      stored: (count) => {
        held.push(count);
        return undefined;
      },
    });
    const done = run({ open: async () => thread(...Array.from({ length: 12 }, (_, index) => `m${index}`)), source: async () => bytes(3) });
    await eventually(() => expect(held).toHaveLength(8));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(held).toHaveLength(8);
    store();
    await eventually(() => expect(held).toHaveLength(9));
    for (let left = 0; left < 3; left++) store();
    await eventually(() => expect(held).toHaveLength(12));
    for (let left = 0; left < 7; left++) store();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(kinds(heard)).not.toContain('closed');
    store();
    await done;
    expect(kinds(heard).at(-1)).toBe('closed');
  });

  it('lets no more than four megabytes wait for the disk', async () => {
    const { heard, store, run } = worker({ stored: () => undefined });
    const done = run({ open: async () => thread('a', 'b', 'c'), source: async () => bytes(3 * 1024 * 1024) });
    const announced = () => heard.filter(({ kind }) => kind === 'message').length;
    await eventually(() => expect(kinds(heard).filter((kind) => kind === 'chunk')).toHaveLength(16));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(announced()).toBe(1);
    store();
    await eventually(() => expect(announced()).toBe(2));
    for (let left = 0; left < 2; left++) {
      await eventually(() => expect(kinds(heard).filter((kind) => kind === 'chunk')).toHaveLength(16 * (2 + left)));
      store();
    }
    await done;
  });

  it('leaves it when the worker has the thread already', async () => {
    const { heard, run } = worker({ opened: { kind: 'stop' } });
    await run({ open: async () => thread('a'), source: async () => bytes(1) });
    expect(kinds(heard)).toEqual(['opened']);
  });

  it.each([
    ['nothing is open', undefined, 'no-thread'],
    ['the session has ended', new RelaisError('webmail-signed-out', 'x'), 'webmail-signed-out'],
    ['the reader has a bug', new TypeError('x is not a function'), 'unexpected'],
    ['the reader fails in a way that is no reading error', new RelaisError('storage-full', 'x'), 'unexpected'],
  ])('fails when %s', async (_what, opened, code) => {
    const { heard, run } = worker();
    await run({
      async open() {
        if (opened) throw opened;
        return undefined;
      },
    });
    expect(heard).toEqual([expect.objectContaining({ kind: 'failed', code })]);
  });

  it('fails when not one message could be had, or they are too large together', async () => {
    const none = worker();
    await none.run({ open: async () => thread('a') });
    expect(none.heard.at(-1)).toMatchObject({ kind: 'failed', code: 'no-thread' });

    const large = worker();
    const huge = Object.defineProperty(new ArrayBuffer(0), 'byteLength', { value: captureLimits.bytes + 1 });
    await large.run({ open: async () => thread('a'), source: async () => huge });
    expect(large.heard.at(-1)).toMatchObject({ kind: 'failed', code: 'capture-too-large' });
  });

  it('cuts what the page gives to what the worker takes', async () => {
    const { heard, run } = worker();
    await run({
      open: async () => ({ ...thread('a'), subject: 'x'.repeat(3_000) }),
      read: async () => ({ source: 'page', subject: 'y'.repeat(20_000), to: [`${'z'.repeat(5_000)}@x`] }),
    });
    expect(kinds(heard)).toEqual(['opened', 'message', 'closed']);
  });

  it('stops, silently, when the port closes', async () => {
    const asked: string[] = [];
    const { heard, run, disconnect } = worker({
      stored: (count) => {
        if (count === 2) disconnect();
        return count === 2 ? undefined : { kind: 'stored' };
      },
    });
    await run({
      open: async () => thread(...Array.from({ length: 50 }, (_, index) => `m${index}`)),
      async source(_context, { id }) {
        asked.push(id);
        return bytes(1);
      },
    });
    expect(kinds(heard)).toEqual(['opened', 'message', 'chunk', 'message', 'chunk']);
    expect(asked.length).toBeLessThanOrEqual(6);
  });
});
