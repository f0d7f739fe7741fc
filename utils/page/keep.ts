/** Keeps one button in one page: in its place, showing the state of the open thread, passing on what its person does. */
import { RelaisError } from '../core/errors.ts';
import type { WebmailPage } from '../core/webmail-page.ts';
import { askThrough, type Runtime } from '../messaging.ts';
import type { ButtonChanged, ButtonState } from '../views.ts';
import { findFrame, findMessages, findPage, findPeople, findThread, shownIds } from '../webmail/find.ts';
import { createButton } from './button.ts';
import { faceOf, type Text, ticketUrl } from './face.ts';
import { createHealth } from './health.ts';
import { floating, isInPlace, placeButton, removeButton } from './place.ts';
import { watchPage } from './watch.ts';

/** The part of `runtime` that the button needs. `id` is gone once the extension was updated or removed. */
export interface ButtonRuntime extends Runtime {
  readonly id?: string | undefined;
  readonly onMessage: {
    addListener(listener: (message: unknown) => void): void;
    removeListener(listener: (message: unknown) => void): void;
  };
}

export interface Keeping {
  readonly document: Document;
  /** The webmails that this page may be. */
  readonly pages: readonly WebmailPage[];
  /** The extension's `runtime`, asked for each time: it goes away with an update. */
  runtime(): ButtonRuntime | undefined;
  text(text: Text): string;
  readonly signal: AbortSignal;
  readonly now?: () => number;
}

const idle: ButtonState = { phase: 'idle' };
/** A route takes no more messages. */
const most = 500;

/** What the worker gives anew: the button stays, and is asked about again. */
export type Renew = (pages: readonly WebmailPage[]) => void;

/** Starts keeping; ends, and takes the button away, when the signal does. */
export function keepButton({ document, pages, runtime, text, signal, now = Date.now }: Keeping): Renew {
  let page: WebmailPage | undefined;
  let threadKey: string | undefined;
  let state = idle;
  /** Ids of the messages in the page, and its people, as they were when they were last told. */
  let named: string | undefined = '';
  /** Thread in its undo window; its person may have opened another one since. */
  let heldKey: string | undefined;
  let told = 0;
  let frame: HTMLIFrameElement | undefined;
  let hidden = false;
  let toldUnknown = false;

  const isOutdated = () => runtime()?.id === undefined;
  /** What the button said last: one that was outdated since has to say so first. */
  let outdated = false;
  const draw = () => {
    outdated = isOutdated();
    button.show(faceOf(state, outdated), threadKey !== undefined, (health.missing() ?? []).length > 0);
  };
  const learn = (key: string, news: ButtonState) => {
    if (key === threadKey) state = news;
    if (news.phase === 'held') {
      heldKey = key;
      button.toast.show(news.until);
    } else if (key === heldKey) {
      heldKey = undefined;
      button.toast.hide();
    }
    draw();
  };

  /** Asks the worker. What it pushed meanwhile is newer than its answer. */
  const ask = async (key: string, question: (port: Runtime, webmail: string) => Promise<ButtonState>) => {
    const before = told;
    const port = runtime();
    if (port?.id === undefined || !page) return draw();
    try {
      const answer = await question(port, page.id);
      if (told === before || key !== threadKey) learn(key, answer);
      return answer;
    } catch (error) {
      if (isOutdated()) draw();
      else learn(key, { phase: 'attention', error: RelaisError.from(error).record() });
    }
  };
  const click = (way: 'send' | 'choose') => {
    const key = threadKey;
    if (key !== undefined) void ask(key, (port, webmail) => askThrough(port, 'button.clicked', { webmail, threadKey: key, way }));
  };
  const stop = () => {
    const key = threadKey;
    if (key === undefined) return;
    void ask(key, (port) => askThrough(port, 'capture.stopped', { threadKey: key })).then((answer) => {
      if (answer?.phase === 'idle') button.toast.say(text(['button_stopped']));
    });
  };
  const answerHeld = (name: 'send.undone' | 'send.confirmed' | 'note.wanted') => {
    const key = heldKey;
    heldKey = undefined;
    button.toast.hide();
    if (key !== undefined) void ask(key, (port) => askThrough(port, name, { threadKey: key }));
  };

  const report = (webmail: string | null, missing?: readonly string[]) => {
    const port = runtime();
    const found = missing === undefined ? {} : { missing: [...missing] };
    if (port?.id !== undefined) void askThrough(port, 'page.checked', { webmail, ...found }).catch(() => {});
  };
  const health = createHealth(
    document,
    (missing) => {
      report(page?.id ?? null, missing);
      draw();
      seen();
    },
    signal,
  );

  const button = createButton(
    document,
    text,
    {
      onSend() {
        const saidSo = outdated;
        // What the person sees may be newer than what the button was told.
        look();
        const url = ticketUrl(state);
        if (saidSo) document.defaultView?.location.reload();
        else if (isOutdated()) draw();
        else if (url) document.defaultView?.open(url, '_blank', 'noopener');
        else if (state.phase === 'idle' || state.phase === 'grown') {
          click('send');
          state = { phase: 'collecting', received: 0, expected: 0 };
          draw();
        } else click('choose');
      },
      onChoose() {
        look();
        click('choose');
      },
      onStop: stop,
      onUndo: () => answerHeld('send.undone'),
      onNote: () => answerHeld('note.wanted'),
      onOver: () => answerHeld('send.confirmed'),
    },
    now,
  );

  let seen: () => void = () => {};
  const onLoad = () => seen();
  const look = () => {
    const url = new URL(document.URL);
    page ??= recognise(url);
    if (!page) return;
    followFrame(page);
    const open = findThread(page, document, url);
    if (open !== undefined) health.check(page);
    // A page that has changed for good keeps its button, above the page.
    const slots = open !== undefined && health.missing()?.includes('slot') ? [...page.slots, floating] : page.slots;
    // The page is only searched for a place when the button has none, or one that nobody sees.
    if ((hidden || !isInPlace(document, slots, button.host)) && !placeButton(document, slots, button.host)) return;
    button.toast.again();
    if (isOutdated()) draw();
    const messages = open === undefined ? [] : findMessages(page, document, open);
    const people = open === undefined ? [] : findPeople(page, document);
    const names = [...messages.map(({ id }) => id), ...people].join('\n');
    if (open === threadKey && names === named) return;
    named = names;
    if (open !== threadKey) {
      threadKey = open;
      state = idle;
      draw();
    }
    if (open === undefined) return;
    const told = {
      ...(messages.length > 0 && { messages: shownIds(messages).slice(0, most) }),
      ...(people.length > 0 && { people: people.slice(0, most) }),
    };
    void ask(open, (port, webmail) => askThrough(port, 'thread.opened', { webmail, threadKey: open, ...told }));
  };
  const recognise = (url: URL): WebmailPage | undefined => {
    const found = findPage(pages, document, url);
    if (found || !toldUnknown) report(found?.id ?? null);
    toldUnknown = true;
    return found;
  };
  const followFrame = (adapter: WebmailPage) => {
    const found = findFrame(adapter, document);
    if (found === frame) return;
    frame?.removeEventListener('load', onLoad);
    frame = found;
    frame?.addEventListener('load', onLoad);
  };
  const hear = (message: unknown) => {
    if (!isButtonChanged(message) || (message.threadKey !== threadKey && message.threadKey !== heldKey)) return;
    told += 1;
    learn(message.threadKey, message.state);
  };

  draw();
  runtime()?.onMessage.addListener(hear);
  seen = watchPage(document, look, signal);
  // A slot that the page hides and shows again changes no element: the button's size tells.
  const Sizes = document.defaultView?.ResizeObserver;
  const sizes =
    Sizes &&
    new Sizes((entries) => {
      hidden = button.host.isConnected && entries.at(-1)?.contentRect.width === 0;
      seen();
    });
  sizes?.observe(button.host);
  signal.addEventListener('abort', () => {
    sizes?.disconnect();
    frame?.removeEventListener('load', onLoad);
    button.toast.hide();
    removeButton(button.host, page?.slots ?? []);
    if (!isOutdated()) runtime()?.onMessage.removeListener(hear);
  });
  return (given) => {
    pages = given;
    page = undefined;
    named = undefined;
    health.forget();
    seen();
  };
}

function isButtonChanged(message: unknown): message is ButtonChanged {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    message.kind === 'button.changed' &&
    'threadKey' in message &&
    'state' in message
  );
}
