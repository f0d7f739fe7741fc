/** Puts the capture script into a tab, and gives the port that it opens. */
import { browser, type Runtime } from '../browser.ts';
import { RelaisError } from '../core/errors.ts';

/** The script in its page. */
export interface Injected {
  readonly port: Runtime.Port;
  readonly tabId: number;
  /** The page's own address, also where the script is in a frame. */
  readonly url: string;
  readonly origin: string;
}

interface Expected {
  /** Where the script was put: 0 is the page itself. */
  readonly frameId: number;
  /** Whose page is wanted. */
  readonly origin: string | undefined;
  readonly connected: PromiseWithResolvers<Injected>;
}

/** Tabs whose capture script was just injected. Lost with the worker: the script is then refused and says so. */
const expected = new Map<number, Expected>();

/**
 * Rejects with `no-thread` where no script may go, and with `capture-interrupted` where the tab is asked once more
 * meanwhile, or has gone from `origin` to another: a page that takes a click must not pass it on to another webmail.
 */
export async function injectCapture(tabId: number, frameId: number, origin?: string): Promise<Injected> {
  const connected = Promise.withResolvers<Injected>();
  expected.get(tabId)?.connected.reject(new RelaisError('capture-interrupted', 'Captured again'));
  expected.set(tabId, { frameId, origin, connected });
  try {
    await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: ['/capture.js'] });
  } catch (cause) {
    expected.delete(tabId);
    throw new RelaisError('no-thread', 'This page can not be read', {}, { cause });
  }
  return connected.promise;
}

/** Takes the capture script's port; `false` for any other port. Call from the worker's `onConnect`. */
export function acceptCapture(port: Runtime.Port): boolean {
  if (port.name !== 'capture') return false;
  const { sender } = port;
  const tabId = sender?.tab?.id;
  const url = sender?.frameId === 0 ? sender.url : (sender?.tab?.url ?? sender?.url);
  const wanted = tabId === undefined ? undefined : expected.get(tabId);
  if (!wanted || tabId === undefined || url === undefined || sender?.frameId !== wanted.frameId) {
    port.disconnect();
    return true;
  }
  expected.delete(tabId);
  const { origin } = new URL(url);
  if (wanted.origin === undefined || wanted.origin === origin) wanted.connected.resolve({ port, tabId, url, origin });
  else {
    port.disconnect();
    wanted.connected.reject(new RelaisError('capture-interrupted', 'Another page took the place of the one that was clicked'));
  }
  return true;
}

/** A frame other than the page itself where words are marked, among those that Relais may see. */
export async function findMarkedFrame(tabId: number): Promise<number | undefined> {
  const isMarked = () => {
    const { getSelection } = globalThis as unknown as { getSelection(): { toString(): string } | null };
    return Boolean(getSelection()?.toString().trim());
  };
  const frames = await browser.scripting.executeScript({ target: { tabId, allFrames: true }, func: isMarked }).catch(() => []);
  return frames.find(({ frameId, result }) => frameId !== 0 && result === true)?.frameId;
}
