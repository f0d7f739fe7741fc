/**
 * Injected into a tab when its person wants the open thread; hands it over through the port `capture` and is done.
 * Answers `running` when the same thread is being handed over already.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { openPort, type RawPort } from '../utils/page/capture-port.ts';
import { handOver } from '../utils/page/hand-over.ts';
import { selectionReader } from '../utils/page/selected.ts';
import { fetchWithin } from '../utils/page/source.ts';
import type { PageContext } from '../utils/webmail/adapter.ts';
import { findPage } from '../utils/webmail/find.ts';
import { pages, readerFor } from '../utils/webmail/index.ts';

interface Api {
  readonly runtime: { connect(info: { name: string }): RawPort };
}

/** Threads under way in this page; in our own world, where the page sees nothing of it. */
const guard = Symbol.for('relais.capture');

export default defineUnlistedScript(() => {
  const api = (Reflect.get(globalThis, 'browser') ?? Reflect.get(globalThis, 'chrome')) as Api;
  const running = (Reflect.get(globalThis, guard) ?? new Set<string>()) as Set<string>;
  Reflect.set(globalThis, guard, running);

  const url = new URL(document.URL);
  const page = findPage(pages, document, url);
  const key = page?.openThread(document, url);
  // A known webmail with nothing open may still be asked for what is marked in it.
  const reader = (key !== undefined && page && readerFor(page.id)) || selectionReader;
  const name = key ?? url.href;
  if (running.has(name)) return 'running';
  running.add(name);

  const raw = api.runtime.connect({ name: 'capture' });
  const { port, signal } = openPort(raw);
  const context: PageContext = { document, url, signal, fetch: fetchWithin(url, signal) };
  void handOver(port, { webmail: page && reader !== selectionReader ? page.id : 'selection', context, reader })
    .catch(() => {})
    .finally(() => {
      running.delete(name);
      raw.disconnect();
    });
  return 'started';
});
