/** The popup's page kept open beside the web page: Chromium's side panel, Firefox's sidebar. */
import { browser } from '../browser.ts';

/** Chromium's, which the types don't know yet. */
interface SidePanel {
  readonly sidePanel?: { open(options: { readonly windowId: number }): Promise<void> };
}

/** Opens it in this window; `undefined` where the browser has none. Must be called within a click, before anything is awaited. */
export function opensBeside(): ((windowId: number) => Promise<void>) | undefined {
  const { sidePanel } = browser as SidePanel;
  if (sidePanel) return (windowId) => sidePanel.open({ windowId });
  // Phones have none, whatever the types say.
  const sidebar = browser.sidebarAction as typeof browser.sidebarAction | undefined;
  return sidebar && (() => sidebar.open());
}

/** Calls back when another tab of this window comes to the front, and when the one there goes elsewhere. */
export function onTabInFront(changed: () => void): void {
  browser.tabs.onActivated.addListener(changed);
  browser.tabs.onUpdated.addListener((_id, { status, url }, { active }) => {
    if (active && (url !== undefined || status === 'complete')) changed();
  });
}
