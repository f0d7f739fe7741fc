/** Which capture belongs to which tab, while the browser runs. Lost with the session, like the tabs. */
import { browser } from '../browser.ts';

export interface TabCapture {
  readonly captureId: string;
  readonly origin: string;
  readonly threadKey: string;
}

const keyOf = (tabId: number) => `tab:${tabId}`;

export async function rememberTab(tabId: number, capture: TabCapture): Promise<void> {
  await browser.storage.session.set({ [keyOf(tabId)]: capture });
}

export async function captureOfTab(tabId: number): Promise<TabCapture | undefined> {
  const key = keyOf(tabId);
  return (await browser.storage.session.get(key))[key] as TabCapture | undefined;
}

export async function forgetTab(tabId: number): Promise<void> {
  await browser.storage.session.remove(keyOf(tabId));
}

/** Every tab that shows a thread which was captured. */
export async function tabsOf(captureId: string): Promise<readonly { tabId: number; threadKey: string }[]> {
  const stored = await browser.storage.session.get(null);
  return Object.entries(stored).flatMap(([key, value]) =>
    key.startsWith('tab:') && (value as TabCapture).captureId === captureId
      ? [{ tabId: Number(key.slice(4)), threadKey: (value as TabCapture).threadKey }]
      : [],
  );
}
