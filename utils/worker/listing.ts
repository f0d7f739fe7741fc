/** Asks the page in a tab for its list of threads. */
import * as v from 'valibot';
import { fromPageSchema, type ListedThread, type ToPage } from '../core/captured.ts';
import { RelaisError } from '../core/errors.ts';
import { injectCapture } from './injecting.ts';

export interface PageList {
  readonly origin: string;
  readonly webmail: string;
  readonly threads: readonly ListedThread[];
}

/** Rejects with `no-list` where there is none, and like a capture otherwise. */
export async function readList(tabId: number): Promise<PageList> {
  const { port, origin } = await injectCapture(tabId, 0);
  const { promise, resolve, reject } = Promise.withResolvers<PageList>();
  port.onMessage.addListener((raw: unknown) => {
    const { success, output } = v.safeParse(fromPageSchema, raw);
    if (success && output.kind === 'listed') resolve({ origin, webmail: output.webmail, threads: output.threads });
    else if (success && output.kind === 'failed') reject(new RelaisError(output.code, output.message));
    else reject(new RelaisError('forbidden-message', 'Something else than a list'));
    port.disconnect();
  });
  port.onDisconnect.addListener(() => reject(new RelaisError('capture-interrupted', 'The page went away')));
  const wanted: ToPage = { kind: 'wanted', what: 'list' };
  port.postMessage(wanted);
  return promise;
}
