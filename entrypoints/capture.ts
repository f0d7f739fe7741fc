/**
 * Injected into a tab when its person wants the open thread; hands it over through the port `capture` and is done.
 * Asked again for a thread that is still being handed over, the newer capture takes its place.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { type OpenPort, openPort, type RawPort } from '../utils/page/capture-port.ts';
import { handOver } from '../utils/page/hand-over.ts';
import { selectionReader } from '../utils/page/selected.ts';
import { fetchWithin } from '../utils/page/source.ts';
import type { PageContext } from '../utils/webmail/adapter.ts';
import { findPage } from '../utils/webmail/find.ts';
import { pages, readerFor } from '../utils/webmail/index.ts';

interface Api {
  readonly runtime: { connect(info: { name: string }): RawPort };
}

/** Captures under way in this page, by thread; in our own world, where the page sees nothing of it. */
const guard = Symbol.for('relais.capture');

export default defineUnlistedScript(() => {
  const api = (Reflect.get(globalThis, 'browser') ?? Reflect.get(globalThis, 'chrome')) as Api;
  const running = (Reflect.get(globalThis, guard) ?? new Map<string, OpenPort>()) as Map<string, OpenPort>;
  Reflect.set(globalThis, guard, running);

  const url = new URL(document.URL);
  const page = findPage(pages, document, url);
  const key = page?.openThread(document, url);
  // A known webmail with nothing open may still be asked for what is marked in it.
  const reader = (key !== undefined && page && readerFor(page.id)) || selectionReader;
  const name = key ?? url.href;
  running.get(name)?.close();

  const capture = openPort(api.runtime.connect({ name: 'capture' }));
  running.set(name, capture);
  const context: PageContext = { document, url, signal: capture.signal, fetch: fetchWithin(url, capture.signal) };
  const webmail = page && reader !== selectionReader ? page.id : 'selection';
  void handOver(capture.port, { webmail, context, reader })
    .catch(() => {})
    .finally(() => {
      if (running.get(name) === capture) running.delete(name);
      capture.close();
    });
});
