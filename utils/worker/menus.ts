/** Relais in the browser's own menus: of a page, and of the toolbar icon. Browsers forget them: made again at every start. */
import { browser } from '../browser.ts';

export interface MenuActs {
  /** Reads what is open in the tab and asks where it goes. */
  readonly send: (tabId: number) => void;
}

/** Call once the browser has forgotten nothing that others are making. */
export async function makeMenus(): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: 'send', title: browser.i18n.getMessage('contextSend'), contexts: ['page', 'selection'] });
  browser.contextMenus.create({ id: 'handover', title: browser.i18n.getMessage('contextHandover'), contexts: ['action'] });
}

/** Call while the worker starts. */
export function listenToMenus({ send }: MenuActs): void {
  browser.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    if (menuItemId === 'handover') void browser.tabs.create({ url: browser.runtime.getURL('/handover.html') });
    else if (tab?.id !== undefined) send(tab.id);
  });
}
