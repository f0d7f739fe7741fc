/** Which capture belongs to which tab, while the browser runs. Lost with the session, like the tabs. */
import { browser } from '../browser.ts';

export interface TabCapture {
  readonly captureId: string;
  readonly origin: string;
  readonly threadKey: string;
  /** Where the tab was then, as far as the browser tells. */
  readonly url?: string;
  /** Ids of the open thread's messages, as far as the page tells them. */
  readonly messages?: readonly string[];
  /** When a click asked for what is to be seen of this thread. */
  readonly askedAt?: number;
}

const keyOf = (tabId: number) => `tab:${tabId}`;

/** What is known of the messages of the same thread stays. */
export async function rememberTab(tabId: number, capture: TabCapture): Promise<void> {
  const before = await captureOfTab(tabId);
  const isSame = before?.origin === capture.origin && before.threadKey === capture.threadKey;
  const messages = capture.messages ?? (isSame ? before.messages : undefined);
  const url = await addressOf(tabId);
  await browser.storage.session.set({ [keyOf(tabId)]: { ...capture, ...(url !== undefined && { url }), ...(messages && { messages }) } });
}

async function addressOf(tabId: number): Promise<string | undefined> {
  return (await browser.tabs.get(tabId).catch(() => undefined))?.url;
}

export async function captureOfTab(tabId: number): Promise<TabCapture | undefined> {
  const key = keyOf(tabId);
  return (await browser.storage.session.get(key))[key] as TabCapture | undefined;
}

/** The same, unless the tab has gone elsewhere since. Pages without a button don't tell what they open: their address does. */
export async function captureShownIn(tabId: number): Promise<TabCapture | undefined> {
  const [known, url] = await Promise.all([captureOfTab(tabId), addressOf(tabId)]);
  return known?.url === url || known?.url === undefined || url === undefined ? known : undefined;
}

/** The tab shows this thread now, of which there is no capture: a popup that is opened must show no other one's. */
export async function forgetOthers(tabId: number, open: Pick<TabCapture, 'origin' | 'threadKey'>): Promise<void> {
  const known = await captureOfTab(tabId);
  if (known && (known.origin !== open.origin || known.threadKey !== open.threadKey)) await forgetTab(tabId);
}

export async function forgetTab(tabId: number): Promise<void> {
  await browser.storage.session.remove(keyOf(tabId));
}

/** Every tab whose thread has a capture or a ticket. */
export async function rememberedTabs(): Promise<readonly (TabCapture & { tabId: number })[]> {
  const stored = await browser.storage.session.get(null);
  return Object.entries(stored).flatMap(([key, value]) =>
    key.startsWith('tab:') ? [{ ...(value as TabCapture), tabId: Number(key.slice(4)) }] : [],
  );
}
