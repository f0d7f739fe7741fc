/** What mail tests share: a blob store in memory, sources as strings, and a thread from them. */
import type { CapturedMessage, CapturedThread } from '../../../utils/core/captured.ts';
import type { Thread } from '../../../utils/core/thread.ts';
import type { PrepareContext } from '../../../utils/mail/interface.ts';
import { prepare } from '../../../utils/mail/prepare.ts';

export interface Memory extends PrepareContext {
  readonly blobs: Map<string, Blob>;
  readonly writes: string[];
}

/** Blobs in a map; a key that is not there rejects, as the real store does. */
export function memory(internalDomains: readonly string[] = []): Memory {
  const blobs = new Map<string, Blob>();
  const writes: string[] = [];
  return {
    blobs,
    writes,
    internalDomains,
    readBlob: (key) => {
      const blob = blobs.get(key);
      return blob ? Promise.resolve(blob) : Promise.reject(new Error(`No blob ${key}`));
    },
    writeBlob: (key, blob) => {
      blobs.set(key, blob);
      writes.push(key);
      return Promise.resolve();
    },
  };
}

/** A source from lines, with the line ends of the wire. Characters up to U+00FF are bytes where `binary` is set. */
export function source(lines: readonly string[], binary = false): Uint8Array<ArrayBuffer> {
  const text = lines.join('\r\n');
  return binary ? Uint8Array.from(text, (char) => char.charCodeAt(0)) : new TextEncoder().encode(text);
}

type Given = Uint8Array<ArrayBuffer> | Omit<CapturedMessage, 'id'>;

/** Prepares messages as they were handed over: `m1`, `m2` … */
export async function prepareAll(given: readonly Given[], change: Partial<CapturedThread> = {}, context = memory()): Promise<Thread> {
  const messages = given.map((entry, index): CapturedMessage => {
    const id = `m${index + 1}`;
    // Not `instanceof`: jsdom's window and its platform have a `Uint8Array` each.
    if (!ArrayBuffer.isView(entry)) return { id, ...entry };
    context.blobs.set(`c1/${id}`, new Blob([entry]));
    return { id, source: 'raw', blob: `c1/${id}` };
  });
  return prepare({ captureId: 'c1', account: 'camille@example.org', messages, gaps: [], ...change }, context);
}

/** The one message of a thread of one. */
export async function prepareOne(given: Given, context = memory()) {
  const thread = await prepareAll([given], {}, context);
  const message = thread.messages[0];
  if (!message) throw new Error('No message');
  return { message, thread, context };
}

/** Bytes of a stored file. */
export async function bytesOf(context: Memory, key: string): Promise<Uint8Array> {
  return new Uint8Array(await (await context.readBlob(key)).arrayBuffer());
}
