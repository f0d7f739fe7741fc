/** The browser's own menu over a page, which is no part of the page: opened by the pointer, and read in the browser's window. */

interface Menu extends Element {
  readonly state: string;
  activateItem(item: Element): void;
  hidePopup(): void;
}

/** Runs in the browser's window: takes the entry that is called so from the menu that is open, or closes it where there is none. */
export function takeFromMenu(name: string): 'not open' | 'not there' | 'taken' {
  const menu = document.getElementById('contentAreaContextMenu') as Menu | null;
  if (menu?.state !== 'open') return 'not open';
  const item = [...menu.querySelectorAll(':scope > menuitem')].find((one) => one.getAttribute('label') === name);
  if (item) menu.activateItem(item);
  else menu.hidePopup();
  return item ? 'taken' : 'not there';
}
