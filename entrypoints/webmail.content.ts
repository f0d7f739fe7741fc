/** The button. Registered by the worker for origins that the person granted; nothing heavy is imported here. */
import { defineContentScript } from 'wxt/utils/define-content-script';
import { coalesced } from '../utils/core/coalesced.ts';
import type { WebmailPage } from '../utils/core/webmail-page.ts';
import { askThrough } from '../utils/messaging.ts';
import type { Text } from '../utils/page/face.ts';
import { standAlone } from '../utils/page/instance.ts';
import { type ButtonRuntime, keepButton, type Renew } from '../utils/page/keep.ts';

interface Api {
  readonly runtime?: ButtonRuntime;
  readonly i18n: { getMessage(key: string, values: string[]): string };
}

/** Both names are the browser's own: no polyfill in webmail pages. */
const api = (): Api => (Reflect.get(globalThis, 'browser') ?? Reflect.get(globalThis, 'chrome')) as Api;

export default defineContentScript({
  registration: 'runtime',
  matches: [],
  runAt: 'document_end',
  main() {
    let renew: Renew | undefined;
    // Put in once more, what the worker gives may be news: settings were changed, or it did not answer before.
    const learn = coalesced(async () => {
      const { runtime } = api();
      const pages = runtime && (await askThrough(runtime, 'page.loaded', {}).catch(() => undefined));
      if (!pages || !signal || signal.aborted) return;
      if (renew) renew(pages);
      else renew = start(pages, signal);
    });
    const signal = standAlone(
      document,
      () => api().runtime?.id !== undefined,
      () => void learn(),
    );
    if (signal) void learn();
  },
});

function start(pages: readonly WebmailPage[], signal: AbortSignal): Renew {
  const { i18n } = api();
  // After an update nothing can be asked any more, not even for a text: what is said then is read before.
  const last = new Map(['button_reload', 'button_more', 'button_changed'].map((key) => [key, i18n.getMessage(key, [])]));
  return keepButton({
    document,
    pages,
    runtime: () => api().runtime,
    text: ([key, ...values]: Text) => last.get(key) ?? (api().runtime?.id ? i18n.getMessage(key, values) : ''),
    signal,
  });
}
