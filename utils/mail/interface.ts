/** What `prepare` is asked and gives, whichever document it runs in. */
import type { CapturedThread } from '../core/captured.ts';
import type { Thread } from '../core/thread.ts';

export interface PrepareContext {
  readBlob(key: string): Promise<Blob>;
  /** Stores bytes under a key below the capture's own; resolves when they are on disk. */
  writeBlob(key: string, blob: Blob): Promise<void>;
  readonly internalDomains: readonly string[];
}

/** Understands a captured thread. Broken mail still becomes a message with its original and a gap; never throws for content. */
export type Prepare = (captured: CapturedThread, context: PrepareContext) => Promise<Thread>;
