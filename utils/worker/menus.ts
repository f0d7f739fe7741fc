/** Relais in the browser's own menus: of a page, of a field, of the toolbar icon. Browsers forget them: made again at every start. */
import { browser } from '../browser.ts';
import { t } from '../i18n.ts';
import type { Settings } from '../settings/schema.ts';
import { mailboxesOf, putAddress } from './addresses.ts';

const cc = 'cc:';

let making: Promise<void> = Promise.resolve();

/** One after the other: two at once would make everything twice. */
export function makeMenus(settings: Pick<Settings, 'mailIn'>): Promise<void> {
  making = making.then(() => make(settings)).catch((error: unknown) => console.error('menus', error));
  return making;
}

async function make(settings: Pick<Settings, 'mailIn'>): Promise<void> {
  const { contextMenus } = browser;
  await contextMenus.removeAll();
  contextMenus.create({ id: 'send', title: t('contextSend'), contexts: ['page', 'selection'] });
  contextMenus.create({ id: 'handover', title: t('contextHandover'), contexts: ['action'] });
  for (const mailbox of mailboxesOf(settings))
    contextMenus.create({ id: `${cc}${mailbox}`, title: t('contextCc', mailbox.replaceAll('&', '&&')), contexts: ['editable'] });
}

/** Call while the worker starts. `send`: what is open in the tab. */
export function listenToMenus(send: (tabId: number) => void): void {
  browser.contextMenus.onClicked.addListener(({ menuItemId, frameId }, tab) => {
    const id = String(menuItemId);
    if (id === 'handover') void browser.tabs.create({ url: browser.runtime.getURL('/handover.html') });
    else if (tab?.id === undefined) return;
    else if (id.startsWith(cc)) void putAddress(tab.id, id.slice(cc.length), frameId);
    else send(tab.id);
  });
}
