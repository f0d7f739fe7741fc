/** WebDriver BiDi over the browser's own socket: messages with numbers, and functions that run in a page or in the browser's window. */

export interface Bidi {
  send(method: string, parameters: object): Promise<unknown>;
  /** Runs a function, JSON in and out, as if a person had just clicked. */
  run(context: string, work: (...input: never[]) => unknown, input: readonly unknown[]): Promise<unknown>;
}

interface Evaluated {
  readonly type: string;
  readonly result?: { readonly value?: string };
  readonly exceptionDetails?: { readonly text: string };
}

interface BidiAnswer {
  readonly id?: number;
  readonly type: string;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

/** `address` is what the browser says when it starts to listen. */
export async function connect(address: string): Promise<Bidi> {
  const socket = new WebSocket(`${address}/session`);
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as BidiAnswer;
    const asked = waiting.get(answer.id ?? -1);
    waiting.delete(answer.id ?? -1);
    if (answer.type === 'error') asked?.reject(new Error(`${answer.error}: ${answer.message}`));
    else asked?.resolve(answer.result);
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox closed the socket'));
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error(`No answer at ${address}`)), { once: true });
  });
  function send(method: string, params: object): Promise<unknown> {
    const id = ++last;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, { resolve, reject });
    socket.send(JSON.stringify({ id, method, params }));
    return promise;
  }
  return {
    send,
    run: async (context, work, input) => {
      const expression = `(async () => JSON.stringify(await (${work})(...${JSON.stringify(input)})))()`;
      const answer = (await send('script.evaluate', {
        expression,
        target: { context },
        awaitPromise: true,
        userActivation: true,
      })) as Evaluated;
      if (answer.type !== 'success') throw new Error(answer.exceptionDetails?.text);
      return answer.result?.value === undefined ? undefined : JSON.parse(answer.result.value);
    },
  };
}
