/** The page's side of the port `capture` (`core/captured.ts`): the open thread, one message after the other. */
import { captureLimits, chunkBytes, type FromPage, longestList, type ToPage } from '../core/captured.ts';
import { RelaisError } from '../core/errors.ts';
import type { Gap } from '../core/thread.ts';
import type { MessageRef, OpenThread, PageContext, PageMessage, WebmailReader } from '../webmail/adapter.ts';
import { toBase64 } from './base64.ts';
import { breathe } from './breathe.ts';
import { clipListed, clipNames, clipPage, clipThread } from './clip.ts';
import { atOnce } from './politely.ts';

/** A connected port, without its events: answers come through `next`. */
export interface CapturePort {
  post(message: FromPage): void;
  /** The worker's next word. Rejects once the port is closed. */
  next(): Promise<ToPage>;
}

/** What may be on its way to the disk at once; beyond that the page waits. */
const onTheWay = { messages: 8, bytes: 4 * 1024 * 1024 };

type Read = { readonly raw: ArrayBuffer } | { readonly page: PageMessage & { readonly source: 'api' | 'page' | 'selection' } };

/** What is handed over: by which adapter, from which page. */
export interface Work {
  readonly webmail: string;
  readonly context: PageContext;
  readonly reader: WebmailReader;
  /** A thread of the list, instead of the open one. */
  readonly listed?: MessageRef;
}

/** Hands the open thread over. What one message lacks becomes a gap; only what concerns all of them is a failure. */
export async function handOver(port: CapturePort, { webmail, context, reader, listed }: Work): Promise<void> {
  try {
    const thread = await reader.open(context, listed);
    if (!thread || thread.messages.length === 0) throw new RelaisError('no-thread', 'No message is open in this page');
    const messages = thread.messages.slice(0, captureLimits.messages);
    port.post({ kind: 'opened', webmail, ...clipThread(thread), expected: messages.length });
    if ((await port.next()).kind === 'stop') return;
    const gaps = await handMessages(port, context, reader, { ...thread, messages });
    port.post({ kind: 'closed', gaps: gaps.slice(0, captureLimits.messages) });
    await port.next();
  } catch (error) {
    if (!context.signal.aborted) port.post({ kind: 'failed', ...failureOf(error) });
  }
}

/** Hands over the rows of the webmail's list. */
export async function handList(port: CapturePort, { webmail, context, reader }: Work): Promise<void> {
  try {
    const threads = await reader.list?.(context);
    if (!threads) throw new RelaisError('no-list', 'This page has no list that can be read');
    port.post({ kind: 'listed', webmail, threads: threads.slice(0, longestList).map(clipListed) });
  } catch (error) {
    if (!context.signal.aborted) port.post({ kind: 'failed', ...failureOf(error) });
  }
}

async function handMessages(port: CapturePort, context: PageContext, reader: WebmailReader, thread: OpenThread): Promise<Gap[]> {
  const { messages } = thread;
  const gaps = [...thread.gaps];
  const under = new Map<number, Promise<Read | undefined>>();
  const room = createRoom(port);
  let bytes = 0;
  let handed = 0;
  for (const [index, message] of messages.entries()) {
    for (let ahead = index; ahead < Math.min(index + atOnce, messages.length); ahead += 1) {
      const coming = messages[ahead];
      if (!coming || under.has(ahead)) continue;
      const reading = readOne(context, reader, coming);
      reading.catch(() => {}); // awaited when its turn comes; that turn may never come
      under.set(ahead, reading);
    }
    const read = await under.get(index);
    under.delete(index);
    if (!read) {
      gaps.push({ code: 'message-missing', message: message.id });
      continue;
    }
    const size = 'raw' in read ? read.raw.byteLength : 0;
    bytes += size;
    if (bytes > captureLimits.bytes) throw new RelaisError('capture-too-large', `More than ${captureLimits.bytes} bytes`);
    await room.take(size);
    handed += 1;
    if ('raw' in read) await postRaw(port, message, read.raw);
    else {
      const { source, ...page } = read.page;
      port.post({ kind: 'message', ...clipNames(message), source, bytes: 0, page: clipPage(page) });
      gaps.push({ code: 'not-the-original', message: message.id });
    }
  }
  await room.empty();
  if (handed === 0) throw new RelaisError('no-thread', 'None of the messages could be read');
  return gaps;
}

interface Room {
  /** Resolves when there is room for so many bytes. */
  take(bytes: number): Promise<void>;
  /** Resolves when everything is stored. */
  empty(): Promise<void>;
}

/** Counts what was handed over and is not stored yet, by the worker's words. */
function createRoom(port: CapturePort): Room {
  const sizes: number[] = [];
  const isFull = (bytes: number) =>
    sizes.length >= onTheWay.messages || (sizes.length > 0 && sizes.reduce((sum, size) => sum + size, bytes) > onTheWay.bytes);
  const stored = async () => {
    await port.next();
    sizes.shift();
  };
  return {
    async take(bytes) {
      while (isFull(bytes)) await stored();
      sizes.push(bytes);
    },
    async empty() {
      while (sizes.length > 0) await stored();
    },
  };
}

/** Down the ladder: the raw source, else what the page shows. `undefined` for a message that can't be had at all. */
async function readOne(context: PageContext, reader: WebmailReader, message: MessageRef): Promise<Read | undefined> {
  try {
    const raw = await reader.source?.(context, message).catch(unlessOver);
    if (raw) return { raw };
    const page = await reader.read?.(context, message);
    return page && { page };
  } catch (error) {
    unlessOver(error);
    return undefined;
  }
}

function unlessOver(error: unknown): undefined {
  if (error instanceof RelaisError || (error instanceof Error && error.name === 'AbortError')) throw error;
}

async function postRaw(port: CapturePort, message: MessageRef, raw: ArrayBuffer): Promise<void> {
  port.post({ kind: 'message', ...clipNames(message), source: 'raw', bytes: raw.byteLength });
  for (let start = 0; start < raw.byteLength; start += chunkBytes) {
    await breathe();
    port.post({ kind: 'chunk', base64: await toBase64(new Uint8Array(raw.slice(start, start + chunkBytes))) });
  }
}

type Failure = Extract<FromPage, { kind: 'failed' }>;

function failureOf(error: unknown): Pick<Failure, 'code' | 'message'> {
  const { code, message } = RelaisError.from(error);
  const known = ['no-thread', 'no-list', 'unknown-webmail', 'webmail-signed-out', 'capture-interrupted', 'capture-too-large'] as const;
  return { code: known.find((name) => name === code) ?? 'unexpected', message: message.slice(0, 2000) };
}
