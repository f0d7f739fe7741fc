/** The undo window: a line in the top layer, above whatever the webmail shows. */
import type { Text } from './face.ts';

export interface ToastEvents {
  onUndo(): void;
  onNote(): void;
  /** The time is over: nobody undid it. */
  onOver(): void;
}

export interface Toast {
  /** Shows the seconds left until `until` (ms since 1970). */
  show(until: number): void;
  hide(): void;
  /** Says a few words for a while. */
  say(words: string): void;
  /** A page that redraws its toolbar takes the toast out of the top layer: back it goes. */
  again(): void;
}

/** Acts on trusted clicks only. Its timer runs only while it is shown. */
export function createToast(root: ShadowRoot, text: (text: Text) => string, events: ToastEvents, now: () => number): Toast {
  const { ownerDocument: document } = root;
  const make = (className: string, name = 'span') => Object.assign(document.createElement(name), { className });
  const toast = make('toast', 'div');
  toast.setAttribute('role', 'status');
  toast.setAttribute('popover', 'manual');
  root.append(toast);
  let until = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const button = (key: string, onClick: () => void) => {
    const element = Object.assign(make('', 'button') as HTMLButtonElement, { type: 'button', textContent: text([key]) });
    element.addEventListener('click', (event) => event.isTrusted && onClick());
    return element;
  };
  const undo = button('button_undo', events.onUndo);
  const note = button('button_addNote', events.onNote);
  // The seconds are for eyes: a reader would say each of them.
  const rest = make('rest');
  rest.setAttribute('aria-hidden', 'true');
  const time = make('time');

  const tick = () => {
    const left = until - now();
    if (left <= 0) {
      hide();
      events.onOver();
      return;
    }
    rest.textContent = text(['button_seconds', String(Math.ceil(left / 1000))]);
    timer = setTimeout(tick, left % 1000 || 1000);
  };
  const raise = (shown: boolean) => {
    if (toast.isConnected) toast.togglePopover?.(shown);
  };
  const hide = () => {
    clearTimeout(timer);
    timer = undefined;
    until = 0;
    raise(false);
    toast.replaceChildren();
  };
  return {
    show(end) {
      if (end === until) return;
      hide();
      until = end;
      time.style.animationDuration = `${Math.max(0, until - now())}ms`;
      raise(true);
      // Filled after it is shown, so that screen readers take it for news.
      toast.append(Object.assign(make('said'), { textContent: text(['button_held']) }), rest, undo, note, time);
      tick();
    },
    hide,
    say(words) {
      hide();
      raise(true);
      toast.append(words);
      timer = setTimeout(hide, 5_000);
    },
    again() {
      if (timer !== undefined) raise(true);
    },
  };
}
