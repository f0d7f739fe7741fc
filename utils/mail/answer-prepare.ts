/** Answers the worker's requests on a port, one after the other. Wired in `entrypoints/offscreen`. */
import { RelaisError } from '../core/errors.ts';
import type { Prepare, PrepareContext } from './interface.ts';
import type { PrepareAlive, PrepareReply, PrepareRequest } from './prepare-port.ts';

/** The part of `runtime.Port` that is needed here. */
export interface PreparePort {
  postMessage(message: unknown): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

export interface PrepareParts {
  readonly prepare: Prepare;
  openBlobs(): Promise<{ read: PrepareContext['readBlob']; write: PrepareContext['writeBlob'] }>;
  /** Called once, when the port has dropped. */
  gone(): void;
}

/** Shorter than the half minute after which a browser stops a worker that hears nothing. */
const aliveEvery = 20_000;

/** Serves until the port drops. Threads are large: one at a time, in the order asked. */
export function answerPrepare(port: PreparePort, parts: PrepareParts): void {
  let isOpen = true;
  let last: Promise<void> = Promise.resolve();
  const post = (message: PrepareReply | PrepareAlive) => {
    if (isOpen) port.postMessage(message);
  };
  port.onDisconnect.addListener(() => {
    isOpen = false;
    parts.gone();
  });
  port.onMessage.addListener((message) => {
    // Only the worker holds the other end.
    const request = message as PrepareRequest;
    last = last.then(async () => {
      if (!isOpen) return;
      const timer = setInterval(() => post({ id: 'alive', alive: true }), aliveEvery);
      const answer = await reply(request, parts);
      clearInterval(timer);
      try {
        post(answer);
      } catch (thrown) {
        // Browsers carry 64 MB at once and no more.
        post({ id: request.id, ok: false, error: new RelaisError('capture-too-large', String(thrown)).record() });
      }
    });
  });
}

async function reply({ id, captured, internalDomains }: PrepareRequest, parts: PrepareParts): Promise<PrepareReply> {
  try {
    const blobs = await parts.openBlobs();
    return { id, ok: true, thread: await parts.prepare(captured, { readBlob: blobs.read, writeBlob: blobs.write, internalDomains }) };
  } catch (thrown) {
    return { id, ok: false, error: RelaisError.from(thrown).record() };
  }
}
