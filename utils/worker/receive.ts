/** Takes a thread over the port of the capture script, piece by piece. What the page says is checked and counted. */
import * as v from 'valibot';
import type { Runtime } from '../browser.ts';
import type { Capture } from '../core/capture.ts';
import { type CapturedMessage, type CapturedThread, captureLimits, type FromPage, fromPageSchema, type ToPage } from '../core/captured.ts';
import { RelaisError } from '../core/errors.ts';
import { openBlobs } from '../outbox/blobs.ts';
import { putCaptured } from '../outbox/captures.ts';
import { journalBlob } from '../outbox/journal.ts';

type Opened = Extract<FromPage, { kind: 'opened' }>;

export interface Receiver {
  /** The page says which thread is open: go on, or leave it because it is here already. */
  opened(thread: Opened): Promise<'go' | 'stop'>;
  progress(received: number): Promise<void>;
  /** Everything is stored: so many bytes of sources. */
  closed(bytes: number): Promise<void>;
  failed(error: RelaisError): Promise<void>;
}

/** Ends each capture that is being received, by its id. */
const under = new Map<string, () => Promise<void>>();

/** Ends what is being received under this id, as `failed` with `stopped` among its details. Resolves when nothing of it is under way any more. */
export async function stopReceiving(captureId: string): Promise<void> {
  await under.get(captureId)?.();
}

/** Messages are handled in the order they were sent; several may be on their way to the disk. Calls `closed` or `failed` exactly once, or neither after "stop". */
export function receive(port: Runtime.Port, captureId: string, receiver: Receiver): void {
  let thread: Opened | undefined;
  let ended = false;
  let bytes = 0;
  let current: { message: CapturedMessage; left: number; chunks: Uint8Array<ArrayBuffer>[] } | undefined;
  const messages: CapturedMessage[] = [];
  /** The page goes on meanwhile. */
  const writing: Promise<void>[] = [];
  let stored = 0;
  let last: Promise<void> = Promise.resolve();

  const post = (message: ToPage) => {
    if (!ended) port.postMessage(message);
  };

  function end(): void {
    ended = true;
    under.delete(captureId);
  }

  async function fail(error: RelaisError): Promise<void> {
    if (ended) return;
    end();
    port.disconnect();
    // Whoever tidies up finds nothing that comes after.
    await Promise.allSettled(writing);
    await receiver.failed(error);
  }

  async function handle(message: FromPage): Promise<void> {
    if (message.kind === 'failed') return fail(new RelaisError(message.code, message.message));
    if (message.kind === 'opened') {
      if (thread) throw new RelaisError('forbidden-message', 'A thread was opened twice');
      thread = message;
      const answer = await receiver.opened(message);
      post({ kind: answer });
      if (answer === 'stop') end();
      return;
    }
    if (!thread) throw new RelaisError('forbidden-message', 'A message before its thread');
    if (message.kind === 'message') return begin(message);
    if (message.kind === 'chunk') return chunk(message.base64);
    if (message.kind === 'listed') throw new RelaisError('forbidden-message', 'A list instead of a thread');
    const captured: CapturedThread = {
      captureId,
      ...(thread.account !== undefined && { account: thread.account }),
      ...(thread.subject !== undefined && { subject: thread.subject }),
      messages,
      gaps: message.gaps,
    };
    await Promise.all(writing);
    await putCaptured(captured);
    post({ kind: 'stored' });
    end();
    await receiver.closed(bytes);
  }

  function begin(message: Extract<FromPage, { kind: 'message' }>): void {
    if (current) throw new RelaisError('forbidden-message', 'A message inside a message');
    bytes += message.bytes;
    if (bytes > captureLimits.bytes || messages.length >= captureLimits.messages) {
      throw new RelaisError('capture-too-large', 'The thread is too large');
    }
    current = {
      message: {
        id: message.id,
        source: message.source,
        ...(message.page && { page: message.page }),
        ...(message.copies && { copies: message.copies }),
      },
      left: message.bytes,
      chunks: [],
    };
    if (message.bytes === 0) keep();
  }

  function chunk(base64: string): void {
    if (!current) throw new RelaisError('forbidden-message', 'A chunk without its message');
    const data = decode(base64);
    if (data.byteLength === 0 || data.byteLength > current.left) throw new RelaisError('forbidden-message', 'A chunk of the wrong size');
    current.left -= data.byteLength;
    current.chunks.push(data);
    if (current.left === 0) keep();
  }

  function keep(): void {
    if (!current) return;
    const { message, chunks } = current;
    current = undefined;
    const blob = chunks.length > 0 ? `${captureId}/source/${messages.length}` : undefined;
    messages.push(blob === undefined ? message : { ...message, blob });
    const written = write(blob, chunks);
    writing.push(written);
    written.catch((error: unknown) => fail(RelaisError.from(error)));
  }

  async function write(blob: string | undefined, chunks: Uint8Array<ArrayBuffer>[]): Promise<void> {
    if (blob !== undefined) {
      const source = new Blob(chunks, { type: 'message/rfc822' });
      await Promise.all([(await openBlobs()).write(blob, source), journalBlob(blob, source)]);
    }
    if (ended) return;
    stored += 1;
    await receiver.progress(stored);
    post({ kind: 'stored' });
  }

  port.onMessage.addListener((raw: unknown) => {
    last = last.then(async () => {
      if (ended) return;
      const parsed = v.safeParse(fromPageSchema, raw);
      if (!parsed.success) return fail(new RelaisError('forbidden-message', `capture: ${parsed.issues[0].message}`));
      await handle(parsed.output).catch((error: unknown) => fail(RelaisError.from(error)));
    });
  });
  under.set(captureId, () => {
    last = last.then(() => fail(new RelaisError('capture-interrupted', 'Stopped by a person', { stopped: true })));
    return last;
  });
  port.onDisconnect.addListener(() => {
    last = last.then(() => fail(new RelaisError('capture-interrupted', 'The page went away while it was read')));
  });
}

/** What was taken from the page so far, for a capture record. */
export function captureOf(
  captureId: string,
  thread: Opened,
  sender: { origin: string; url: string },
  now: number,
): Omit<Capture, 'edits' | 'sendWhenReady'> {
  return {
    version: 1,
    id: captureId,
    createdAt: now,
    status: 'collecting',
    origin: sender.origin,
    url: sender.url,
    webmail: thread.webmail,
    threadKey: thread.threadKey,
    ...(thread.account !== undefined && { account: thread.account }),
    expected: thread.expected,
    received: 0,
  };
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const native = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (native.fromBase64) return native.fromBase64(base64);
  const text = atob(base64);
  const data = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) data[index] = text.charCodeAt(index);
  return data;
}
