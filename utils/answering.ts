/** The worker's end of `messaging.ts`: who may ask, what it must look like, what comes back. */
import * as v from 'valibot';
import { browser, type Runtime } from './browser.ts';
import { RelaisError } from './core/errors.ts';
import type { Reply } from './messaging.ts';
import { type Answer, type Parsed, type RouteName, routes } from './routes.ts';

/** Where a message came from, as the browser says it; never as the message says it. */
export interface From {
  /** Absent for our own pages. */
  readonly webmail?: { readonly origin: string; readonly url: string; readonly tabId: number; readonly frameId: number };
}

export type Handlers = { readonly [Name in RouteName]: (input: Parsed<Name>, from: From) => Promise<Answer<Name>> };

/** Answers every route; a missing handler does not compile. Call while the worker starts, before anything is awaited. */
export function answer(handlers: Handlers): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    if (!isRequest(message)) return undefined;
    return reply(handlers, message, sender);
  });
}

async function reply(handlers: Handlers, message: { name: RouteName; input: unknown }, sender: Runtime.MessageSender): Promise<Reply> {
  try {
    const from = origin(message.name, sender);
    const parsed = v.safeParse(routes[message.name].schema, message.input);
    if (!parsed.success) throw new RelaisError('forbidden-message', `${message.name}: ${parsed.issues[0].message}`);
    const handler = handlers[message.name] as (input: unknown, from: From) => Promise<unknown>;
    return { ok: true, value: (await handler(parsed.output, from)) ?? null };
  } catch (error) {
    const known = RelaisError.from(error);
    if (known.code === 'unexpected') console.error(message.name, known.cause ?? known);
    return { ok: false, error: known.record() };
  }
}

function isRequest(message: unknown): message is { name: RouteName; input: unknown } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'name' in message &&
    typeof message.name === 'string' &&
    Object.hasOwn(routes, message.name)
  );
}

/** Refuses a page where our own pages are expected, and the other way round. */
function origin(name: RouteName, sender: Runtime.MessageSender): From {
  const own = sender.id === browser.runtime.id && sender.url?.startsWith(browser.runtime.getURL('')) === true;
  if (routes[name].from === 'extension') {
    if (!own) throw new RelaisError('forbidden-message', `${name} from a page`);
    return {};
  }
  const tabId = sender.tab?.id;
  if (own || sender.id !== browser.runtime.id || tabId === undefined || sender.url === undefined || sender.frameId !== 0) {
    throw new RelaisError('forbidden-message', `${name} from an unknown sender`);
  }
  return { webmail: { origin: new URL(sender.url).origin, url: sender.url, tabId, frameId: 0 } };
}
