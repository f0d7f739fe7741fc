/** The button. Registered by the worker for origins that the person granted; nothing heavy is imported here. */
import { defineContentScript } from 'wxt/utils/define-content-script';
import type { Text } from '../utils/page/face.ts';
import { replaceEarlier } from '../utils/page/instance.ts';
import { type ButtonRuntime, keepButton } from '../utils/page/keep.ts';
import { findPage } from '../utils/webmail/find.ts';
import { pages } from '../utils/webmail/index.ts';

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
    const { i18n } = api();
    keepButton({
      document,
      find: () => findPage(pages, document, new URL(document.URL)),
      runtime: () => api().runtime,
      text: ([key, ...values]: Text) => i18n.getMessage(key, values),
      signal: replaceEarlier(document),
    });
  },
});
