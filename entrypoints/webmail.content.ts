/** The button. Registered by the worker for origins that the person granted; nothing heavy is imported here. */
import { defineContentScript } from 'wxt/utils/define-content-script';
import { askThrough } from '../utils/messaging.ts';
import type { Text } from '../utils/page/face.ts';
import { replaceEarlier } from '../utils/page/instance.ts';
import { type ButtonRuntime, keepButton } from '../utils/page/keep.ts';

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
    void start(replaceEarlier(document));
  },
});

async function start(signal: AbortSignal): Promise<void> {
  const { i18n, runtime } = api();
  const pages = runtime && (await askThrough(runtime, 'page.loaded', {}).catch(() => undefined));
  if (!pages || signal.aborted) return;
  // After an update nothing can be asked any more, not even for a text: what is said then is read before.
  const last = new Map(['button_reload', 'button_more', 'button_changed'].map((key) => [key, i18n.getMessage(key, [])]));
  keepButton({
    document,
    pages,
    runtime: () => api().runtime,
    text: ([key, ...values]: Text) => last.get(key) ?? (api().runtime?.id ? i18n.getMessage(key, values) : ''),
    signal,
  });
}
