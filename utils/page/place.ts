/**
 * Puts the button where an adapter's slots say. Three cases: no slot in the page → `false`, the button there already →
 * nothing is touched, missing or in another place → put there. Dead copies, which a page makes when it redraws its
 * toolbar from its own markup, go.
 */
import type { Slot } from '../webmail/adapter.ts';
import { matches } from './select.ts';

export const tag = 'relais-button';

/** Above the page, where an adapter's own slots are all gone. */
export const floating: Slot = {
  selector: 'body',
  since: '2026-11',
  where: 'append',
  fit: {
    '--relais-position': 'fixed',
    '--relais-inset': 'auto 24px 24px auto',
    '--relais-layer': '2147483000',
    '--relais-background': 'Canvas',
    '--relais-color': 'CanvasText',
  },
};

interface Place {
  readonly slot: Slot;
  readonly anchor: Element;
}

/** Whether the button stands in the page afterwards. */
export function placeButton(document: Document, slots: readonly Slot[], host: HTMLElement): boolean {
  const place = findPlace(document, slots);
  for (const copy of document.querySelectorAll(tag)) if (copy !== host) withWrapper(copy, slots).remove();
  if (!place) {
    if (host.isConnected) removeButton(host, slots);
    return false;
  }
  const { slot, anchor } = place;
  const parent = slot.where === 'append' || slot.where === 'prepend' ? anchor : anchor.parentNode;
  const placed = withWrapper(host, slots);
  if (host.isConnected && placed.parentNode === parent) return true;
  if (host.isConnected) placed.remove();
  fit(host, slot);
  insert(anchor, slot, wrap(document, slot, host));
  return true;
}

/**
 * Whether the button still stands in the best slot there is, as far as its neighbours and a search for better anchors
 * tell: cheap enough for every frame, since nothing is asked that makes the browser compute styles.
 */
export function isInPlace(document: Document, slots: readonly Slot[], host: HTMLElement): boolean {
  if (!host.isConnected) return false;
  const placed = withWrapper(host, slots);
  for (const slot of slots) {
    // From the settings may come a selector that no browser understands.
    try {
      if (anchorOf(slot, placed)?.matches(slot.selector)) return true;
      if (document.querySelector(slot.selector)) return false;
    } catch {}
  }
  return false;
}

function anchorOf({ where }: Slot, placed: Element): Element | null {
  if (where === 'before') return placed.nextElementSibling;
  if (where === 'after') return placed.previousElementSibling;
  return placed.parentElement;
}

/** Takes the button out of the page, with the element it was wrapped in. */
export function removeButton(host: Element, slots: readonly Slot[]): void {
  withWrapper(host, slots).remove();
}

/** The first slot with a visible anchor; where none is visible, the first with any. */
function findPlace(document: Document, slots: readonly Slot[]): Place | undefined {
  let hidden: Place | undefined;
  for (const slot of slots) {
    for (const anchor of matches(document, slot.selector)) {
      const place = { slot, anchor };
      if (anchor.checkVisibility?.() ?? true) return place;
      hidden ??= place;
    }
  }
  return hidden;
}

function withWrapper(host: Element, slots: readonly Slot[]): Element {
  const parent = host.parentElement;
  return parent && parent.childElementCount === 1 && slots.some((slot) => slot.wrap === parent.localName) ? parent : host;
}

function wrap(document: Document, slot: Slot, host: HTMLElement): Element {
  if (!slot.wrap) return host;
  const wrapper = document.createElement(slot.wrap);
  if (slot.wrap === 'li') wrapper.setAttribute('role', 'none');
  wrapper.append(host);
  return wrapper;
}

function insert(anchor: Element, slot: Slot, element: Element): void {
  if (slot.where === 'append') anchor.append(element);
  else if (slot.where === 'prepend') anchor.prepend(element);
  else if (slot.where === 'before') anchor.before(element);
  else anchor.after(element);
}

function fit(host: HTMLElement, slot: Slot): void {
  host.removeAttribute('style');
  for (const [name, value] of Object.entries(slot.fit ?? {})) host.style.setProperty(name, value);
}
