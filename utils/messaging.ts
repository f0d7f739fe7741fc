/** `ask()` from pages and content scripts; `answer()` in the worker (`answering.ts`). */
import { type ErrorRecord, RelaisError } from './core/errors.ts';
import type { Answer, Input, RouteName } from './routes.ts';

export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: ErrorRecord };

/** The part of `runtime` that `ask` needs, so that the button script can do without the polyfill. */
export interface Runtime {
  sendMessage(message: unknown): Promise<unknown>;
}

/**
 * Asks the worker. Rejects with the worker's `RelaisError`. A worker that dies as the message arrives may answer
 * `undefined`, or reject, without having done anything: asked once more, so every route is safe to repeat.
 */
export async function askThrough<Name extends RouteName>(runtime: Runtime, name: Name, input: Input<Name>): Promise<Answer<Name>> {
  const reply = (await send(runtime, name, input)) ?? (await send(runtime, name, input));
  if (!isReply(reply)) throw new RelaisError('worker-unreachable', `No answer to ${name}`);
  if (!reply.ok) throw RelaisError.fromRecord(reply.error);
  return (reply.value ?? undefined) as Answer<Name>;
}

async function send(runtime: Runtime, name: string, input: unknown): Promise<unknown> {
  try {
    return await runtime.sendMessage({ name, input });
  } catch {
    return undefined;
  }
}

function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && 'ok' in value;
}
