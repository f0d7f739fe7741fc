/** The real toolbar popup, which Playwright does not list as a page: driven over its own debugging session. */
import type { Session } from './chromium.ts';
import { found, until } from './until.ts';

export interface Popup {
  evaluate<Value>(expression: string): Promise<Value>;
  /** Waits until the expression is true in the popup; one that throws, as in a document still loading, is not. */
  waitFor(expression: string, milliseconds?: number): Promise<void>;
  click(selector: string): Promise<void>;
  /** A click in the middle of what the expression gives, as of an element in a shadow root. */
  clickAt(expression: string): Promise<void>;
  type(text: string): Promise<void>;
  /** A key with modifiers: 1 Alt, 2 Ctrl, 4 Meta, 8 Shift. */
  press(key: string, modifiers?: number): Promise<void>;
  screenshot(): Promise<Buffer>;
  send(method: string, parameters?: object): Promise<unknown>;
  /** Whether it is still open. */
  isOpen(): Promise<boolean>;
  /** Resolves when it is gone by itself. */
  closed(): Promise<void>;
  /** Esc, and waits until it is gone. */
  close(): Promise<void>;
}

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

const keyCodes: Readonly<Record<string, number>> = {
  Tab: 9,
  Enter: 13,
  Escape: 27,
  ' ': 32,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  a: 65,
};
/** What a key writes, where it does: without it a browser presses no button. */
const keyTexts: Readonly<Record<string, string>> = { Enter: '\r', ' ': ' ' };

/** Attaches to the popup that is open, or that opens within the time. */
export function realPopup(session: Session, milliseconds = 10_000): Promise<Popup> {
  return unlisted(session, `chrome-extension://${session.id}/popup.html`, milliseconds);
}

/** The same for any page that Playwright does not list, as those of private windows. `start`: how its address begins. */
export async function unlisted({ cdp }: Session, start: string, milliseconds = 10_000): Promise<Popup> {
  const { defaultBrowserContextId: usual } = (await cdp.send('Target.getBrowserContexts')) as { defaultBrowserContextId?: string };
  // Playwright attaches to tabs and not to the popup: that tells it from popup.html opened as a tab. Private windows are a context of their own.
  const popups = async () =>
    (await cdp.send('Target.getTargets')).targetInfos.filter((one) => one.type === 'page' && one.url.startsWith(start));
  const target = await found(
    `${start} is open`,
    async () => (await popups()).find((one) => !one.attached || one.browserContextId !== usual),
    milliseconds,
  );
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  cdp.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    const answer = JSON.parse(event.message) as Answer;
    const waiting = pending.get(answer.id ?? -1);
    if (answer.error) waiting?.reject(new Error(answer.error.message));
    else waiting?.resolve(answer.result);
  });
  // A popup that closes answers nothing any more: whoever waits is told.
  cdp.on('Target.detachedFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    for (const { reject } of pending.values()) reject(new Error('The popup closed'));
  });

  function send(method: string, parameters: object = {}): Promise<unknown> {
    const id = ++last;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    pending.set(id, { resolve, reject });
    cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params: parameters }) }).catch(reject);
    return promise;
  }
  async function evaluate<Value>(expression: string): Promise<Value> {
    const answer = (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as {
      readonly result: { readonly value: Value };
      readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
    };
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    return answer.result.value;
  }
  const popup: Popup = {
    send,
    evaluate,
    waitFor: async (expression, limit = 10_000) => {
      let why = 'it stayed false';
      const isTrue = () =>
        evaluate<boolean>(`Boolean(${expression})`).catch((error: unknown) => {
          why = String(error);
          return false;
        });
      await until(`${expression} in the popup`, isTrue, limit).catch(async (late: Error) => {
        const text = await evaluate<string>('document.body.innerText').catch(String);
        throw new Error(`${late.message}; ${why}. It shows: ${text.slice(0, 300)}`);
      });
    },
    click: (selector) => popup.clickAt(`document.querySelector(${JSON.stringify(selector)})`),
    clickAt: async (expression) => {
      const [x, y] = await evaluate<[number, number]>(
        `(() => { const box = (${expression}).getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()`,
      );
      for (const type of ['mousePressed', 'mouseReleased'])
        await send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
    },
    type: async (text) => {
      await send('Input.insertText', { text });
    },
    press: async (key, modifiers = 0) => {
      const event = { key, code: key === ' ' ? 'Space' : key, modifiers, windowsVirtualKeyCode: keyCodes[key] ?? 0 };
      const text = modifiers === 0 ? keyTexts[key] : undefined;
      await send('Input.dispatchKeyEvent', { ...event, type: 'keyDown', ...(text !== undefined && { text }) });
      // A key that closes the popup takes the session along before it is released.
      await send('Input.dispatchKeyEvent', { ...event, type: 'keyUp' }).catch(() => undefined);
    },
    screenshot: async () => Buffer.from(((await send('Page.captureScreenshot', { format: 'png' })) as { data: string }).data, 'base64'),
    isOpen: async () => (await popups()).some((one) => one.targetId === target.targetId),
    closed: () => until('the popup is closed', async () => !(await popup.isOpen())),
    // Pressed again where the popup's document was not there yet to hear it.
    close: () =>
      until(
        'the popup is closed',
        async () => {
          if (!(await popup.isOpen())) return true;
          await popup.press('Escape').catch(() => undefined);
          return false;
        },
        10_000,
        200,
      ),
  };
  return popup;
}
