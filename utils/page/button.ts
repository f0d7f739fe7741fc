/** The element in the page: an open shadow root with two real buttons and the toast. */
import { applyStyle } from './button-style.ts';
import type { Face, Text } from './face.ts';
import { createIcon } from './icon.ts';
import { tag } from './place.ts';
import { createToast, type Toast, type ToastEvents } from './toast.ts';

export interface ButtonEvents extends ToastEvents {
  onSend(): void;
  onChoose(): void;
  /** What is being collected is not wanted any more. */
  onStop(): void;
}

export interface Button {
  readonly host: HTMLElement;
  readonly toast: Toast;
  /** `possible` is false while no message is open: both buttons are disabled then. `changed`: the self-check misses something. */
  show(face: Face, possible: boolean, changed: boolean): void;
}

/** Builds the button, in no page yet. Acts on trusted clicks only. */
export function createButton(document: Document, text: (text: Text) => string, events: ButtonEvents, now: () => number): Button {
  const host = document.createElement(tag);
  const root = host.attachShadow({ mode: 'open' });
  applyStyle(root);
  const send = document.createElement('button');
  const more = document.createElement('button');
  const label = document.createElement('span');
  const bar = document.createElement('span');
  send.className = 'send';
  more.className = 'more';
  label.className = 'label';
  bar.className = 'bar';
  send.type = more.type = 'button';
  send.append(createIcon(document, 'ticket'), label);
  const icons = { down: createIcon(document, 'down'), stop: createIcon(document, 'stop') };
  bar.append(send, more);
  root.append(bar);
  const toast = createToast(root, text, events, now);

  send.addEventListener('click', (event) => {
    if (event.isTrusted && send.ariaDisabled !== 'true') events.onSend();
  });
  more.addEventListener('click', (event) => {
    // The second click of two was meant for what stood there at the first.
    if (event.isTrusted && event.detail < 2) (stops ? events.onStop : events.onChoose)();
  });
  // Webmails listen for keys and clicks everywhere: Enter here must not open the selected message there.
  for (const type of ['click', 'dblclick', 'mousedown', 'keydown', 'keyup', 'keypress'])
    host.addEventListener(type, (event) => event.stopPropagation());

  let shown = '';
  let stops = false;
  return {
    host,
    toast,
    show(face, possible, changed) {
      const said = text(face.label);
      const state = JSON.stringify([face, said, possible, changed]);
      if (state === shown) return;
      shown = state;
      label.textContent = said;
      send.title = [said, face.facts, changed && text(['button_changed'])].filter(Boolean).join('\n');
      send.toggleAttribute('data-changed', changed);
      send.dataset.phase = face.phase;
      send.toggleAttribute('data-busy', face.busy);
      send.ariaDisabled = String(face.busy);
      send.disabled = !possible && face.phase !== 'reload';
      stops = face.stops === true;
      more.replaceChildren(icons[stops ? 'stop' : 'down']);
      more.ariaLabel = more.title = text([stops ? 'button_stop' : 'button_more']);
      more.disabled = !possible || face.phase === 'reload' || face.stops === false;
    },
  };
}
