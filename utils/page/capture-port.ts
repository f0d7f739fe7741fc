import type { FromPage, ToPage } from '../core/captured.ts';
import type { CapturePort } from './hand-over.ts';

/** The part of an extension port that is used here. */
export interface RawPort {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

export interface OpenPort {
  readonly port: CapturePort;
  /** Ends when either side closes: nobody waits for this capture any more. */
  readonly signal: AbortSignal;
  close(): void;
}

/** A port as `handOver` wants it. */
export function openPort(port: RawPort): OpenPort {
  const closed = new AbortController();
  const heard: ToPage[] = [];
  let wanted: { resolve: (word: ToPage) => void; reject: (reason: unknown) => void } | undefined;
  port.onMessage.addListener((message) => {
    if (!isWord(message)) return;
    if (wanted) wanted.resolve(message);
    else heard.push(message);
    wanted = undefined;
  });
  const end = () => {
    closed.abort();
    wanted?.reject(closed.signal.reason);
  };
  port.onDisconnect.addListener(end);
  return {
    signal: closed.signal,
    close() {
      port.disconnect();
      end();
    },
    port: {
      post(message: FromPage) {
        closed.signal.throwIfAborted();
        port.postMessage(message);
      },
      next: () =>
        new Promise((resolve, reject) => {
          const word = heard.shift();
          if (closed.signal.aborted) reject(closed.signal.reason);
          else if (word) resolve(word);
          else wanted = { resolve, reject };
        }),
    },
  };
}

function isWord(message: unknown): message is ToPage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    ['wanted', 'go', 'stop', 'stored'].includes(String(message.kind))
  );
}
