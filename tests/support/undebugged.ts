/**
 * Chromium with the extension and no debugger at its worker, which never rests while Playwright watches it. Pages are
 * driven over the protocol alone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findChromium } from '../../scripts/chromium.ts';
import { flags } from './chromium.ts';
import { extensionId, unpackedExtension } from './extension.ts';
import { until } from './until.ts';

export interface UndebuggedPage {
  evaluate<Value>(expression: string): Promise<Value>;
  waitFor(expression: string, milliseconds?: number): Promise<void>;
  /** A click of the mouse on the element that the expression gives. */
  click(expression: string): Promise<void>;
  type(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface Undebugged {
  open(url: string): Promise<UndebuggedPage>;
  workerRuns(): Promise<boolean>;
  close(): Promise<void>;
}

interface Answer {
  readonly id?: number;
  readonly result?: object;
  readonly error?: { readonly message: string };
}
interface Target {
  readonly type: string;
  readonly url: string;
}

export async function launchUndebugged(profile: string): Promise<Undebugged> {
  const folder = unpackedExtension();
  const own = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--disable-background-networking'];
  const browser = spawn(findChromium() ?? '', [...flags, ...own, `--load-extension=${folder}`, 'about:blank']);
  const socket = new WebSocket(await addressIn(browser));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  socket.addEventListener('message', ({ data }) => {
    const { id = -1, result, error } = JSON.parse(String(data)) as Answer;
    if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  let last = 0;
  async function send<Result>(method: string, params: object = {}, sessionId?: string): Promise<Result> {
    const id = ++last;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
    return answer.promise as Promise<Result>;
  }
  const targets = async () => (await send<{ targetInfos: readonly Target[] }>('Target.getTargets')).targetInfos;

  async function open(url: string): Promise<UndebuggedPage> {
    const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url });
    const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    const page: UndebuggedPage = {
      async evaluate<Value>(expression: string) {
        const given = { expression, awaitPromise: true, returnByValue: true };
        const { result, exceptionDetails } = await send<{
          readonly result: { readonly value: Value };
          readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
        }>('Runtime.evaluate', given, sessionId);
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
        return result.value;
      },
      waitFor: (expression, milliseconds) =>
        until(expression, () => page.evaluate<boolean>(`Boolean(${expression})`).catch(() => false), milliseconds),
      async click(expression) {
        await page.waitFor(expression);
        const [x, y] = await page.evaluate<[number, number]>(
          `(() => { const box = (${expression}).getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()`,
        );
        for (const type of ['mousePressed', 'mouseReleased'])
          await send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 }, sessionId);
      },
      type: (text) => send('Input.insertText', { text }, sessionId),
      close: () => send('Target.closeTarget', { targetId }),
    };
    return page;
  }
  return {
    open,
    workerRuns: async () => (await targets()).some(({ type, url }) => type === 'service_worker' && url.includes(extensionId)),
    async close() {
      const ended = new Promise((resolve) => browser.once('exit', resolve));
      // It may be gone before it answers.
      void send('Browser.close');
      await ended;
    },
  };
}

/** Where it listens, as it says when it starts. */
async function addressIn({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('Chromium has no output');
  for await (const line of createInterface(stderr)) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error('Chromium ended before it listened');
}
