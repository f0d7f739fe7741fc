/**
 * Has a captured thread understood in a document of ours, never in the webmail's tab: an offscreen document in
 * Chromium, the same page in a frame of the event page in Firefox.
 */
import { browser, type Runtime } from '../browser.ts';
import type { CapturedThread } from '../core/captured.ts';
import { RelaisError } from '../core/errors.ts';
import type { Thread } from '../core/thread.ts';
import { type PrepareReply, type PrepareRequest, preparePortName } from '../mail/prepare-port.ts';

const page = '/offscreen.html';

interface Waiting {
  readonly resolve: (thread: Thread) => void;
  readonly reject: (error: unknown) => void;
}

const waiting = new Map<string, Waiting>();
let port: Runtime.Port | undefined;
let arrived: ((port: Runtime.Port) => void) | undefined;

/** Takes the document's port; `false` for any other port. Call from the worker's `onConnect`. */
export function acceptPrepare(candidate: Runtime.Port): boolean {
  if (candidate.name !== preparePortName) return false;
  if (!candidate.sender?.url?.startsWith(browser.runtime.getURL(page))) {
    candidate.disconnect();
    return true;
  }
  port = candidate;
  candidate.onMessage.addListener((message: unknown) => settle(message as PrepareReply));
  candidate.onDisconnect.addListener(() => {
    if (port === candidate) port = undefined;
    for (const [id, { reject }] of waiting) {
      waiting.delete(id);
      reject(new RelaisError('unexpected', 'The preparing document went away'));
    }
  });
  arrived?.(candidate);
  arrived = undefined;
  return true;
}

/** Opens the document while the page is still being read. */
export function openAhead(): void {
  if (!port) openDocument().catch(() => undefined);
}

/** Understands a thread. Rejects when the document can't be opened or goes away; the captured bytes stay stored. */
export async function prepareThread(captured: CapturedThread, internalDomains: readonly string[]): Promise<Thread> {
  const to = port ?? (await openDocument());
  const id = crypto.randomUUID();
  const answer = new Promise<Thread>((resolve, reject) => waiting.set(id, { resolve, reject }));
  const request: PrepareRequest = { id, captured, internalDomains };
  to.postMessage(request);
  return answer;
}

function settle(message: PrepareReply): void {
  const found = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.ok) found?.resolve(message.thread);
  else found?.reject(RelaisError.fromRecord(message.error));
}

let opening: Promise<Runtime.Port> | undefined;

function openDocument(): Promise<Runtime.Port> {
  opening ??= open().finally(() => {
    opening = undefined;
  });
  return opening;
}

async function open(): Promise<Runtime.Port> {
  const connected = new Promise<Runtime.Port>((resolve) => {
    arrived = resolve;
  });
  if (import.meta.env.FIREFOX) openFrame();
  else await openOffscreen();
  return port ?? connected;
}

/** The little of a document that an event page needs here; the worker is checked without the DOM. */
interface EventPage {
  querySelectorAll(selector: 'iframe'): Iterable<{ remove(): void }>;
  createElement(name: 'iframe'): { src: string };
  readonly body: { append(child: object): void };
}

function openFrame(): void {
  const { document } = globalThis as unknown as { document: EventPage };
  for (const old of document.querySelectorAll('iframe')) old.remove();
  const frame = document.createElement('iframe');
  frame.src = page;
  document.body.append(frame);
}

interface Offscreen {
  hasDocument(): Promise<boolean>;
  createDocument(options: { url: string; reasons: string[]; justification: string }): Promise<void>;
  closeDocument(): Promise<void>;
}

/** A document that lost its worker closes itself; one that is still there has a dead port, and a new one is made. */
async function openOffscreen(): Promise<void> {
  const { offscreen } = (globalThis as unknown as { chrome: { offscreen: Offscreen } }).chrome;
  if (await offscreen.hasDocument()) await offscreen.closeDocument();
  await offscreen.createDocument({
    url: page,
    reasons: ['DOM_PARSER'],
    justification: 'Reads and sanitises mail outside the webmail page',
  });
}
