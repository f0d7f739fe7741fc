/** Mail files as a thread, prepared as the extension does it, in a document of jsdom's. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import type { Thread } from '../../utils/core/thread.ts';
import { UsageError } from './endpoint.ts';

export interface Mails {
  readonly thread: Thread;
  readonly readBlob: (key: string) => Promise<Blob>;
}

/** Preparing needs these by name, as in a page. */
const globals = ['window', 'document', 'DOMParser', 'Node', 'NodeFilter', 'Element', 'HTMLElement', 'XMLSerializer'] as const;

export async function readMails(files: readonly string[], internalDomains: readonly string[]): Promise<Mails> {
  const { window } = new JSDOM('<!doctype html><title></title>');
  for (const name of globals) Object.assign(globalThis, { [name]: window[name] });
  // Only now: the sanitiser looks for its document when it is loaded.
  const { prepare } = await import('../../utils/mail/prepare.ts');
  // A mail without a Message-ID is known by its bytes, whatever its place on the command line; named twice, it is one.
  const sources = new Map(files.map(bytesOf).map((bytes) => [createHash('sha256').update(bytes).digest('hex').slice(0, 20), bytes]));
  const blobs = new Map([...sources].map(([id, bytes]) => [`mails/${id}`, new Blob([bytes])]));
  const readBlob = async (key: string): Promise<Blob> => {
    const blob = blobs.get(key);
    if (blob === undefined) throw new Error(`No bytes under ${key}`);
    return blob;
  };
  const messages = [...sources.keys()].map((id) => ({ id, source: 'raw' as const, blob: `mails/${id}` }));
  const thread = await prepare(
    { captureId: 'mails', messages, gaps: [] },
    { readBlob, internalDomains, writeBlob: async (key, blob) => void blobs.set(key, blob) },
  );
  return { thread, readBlob };
}

function bytesOf(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (thrown) {
    throw new UsageError(`${file}: ${thrown instanceof Error ? thrown.message : 'unreadable'}`);
  }
}
